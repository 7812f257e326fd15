"""Shares of routes that visit every client once at the least cost, and the prices that follow: a linear program."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.exact.column import Column
from routewright.solvers.exact.kernel.labels import NEVER, Floats
from routewright.solvers.exact.network import Network

SOME = 1e-7
"""A share below is none."""

Mask = NDArray[np.bool_]


class Row(NamedTuple):
    """How often some ways must and may be taken by all routes together.

    Attributes:
        ways: [n, n] which.
        least: times.
        most: times.
    """

    ways: Mask
    least: float
    most: float = inf


class Shares(NamedTuple):
    """A solution of the program.

    Attributes:
        value: raw cost, with a price for what is missing.
        reduced: [n, n] cost of each way less its prices.
        used: routes and their shares.
        whole: whether nothing is missing.
    """

    value: float
    reduced: Floats
    used: list[tuple[Column, float]]
    whole: bool

    def flow(self, size: int) -> Floats:
        """How much each way is taken, [n, n]."""
        table = np.zeros((size, size))
        for column, share in self.used:
            np.add.at(table, (column.starts, column.ends), share)
        return table


class Master:
    """The program, with the columns and rows found so far.

    Args:
        network: that is covered.
        lacking: raw price of a client that is not visited, no less than a known solution costs.
    """

    def __init__(self, network: Network, lacking: float) -> None:
        from ortools.linear_solver import pywraplp

        self._network, self._lacking = network, lacking
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        self._cost = self._lp.Objective()
        self._cover = [self._lp.Constraint(1.0, 1.0) for _ in range(1, network.size)]
        self._fleet = self._lp.Constraint(-inf, float(network.vehicles))
        self._columns: list[Column] = []
        self._shares: list[object] = []
        self._known: set[tuple[int, ...]] = set()
        self._rows: list[tuple[Row, object]] = []
        self._local: set[int] = set()
        self._missing = [self._miss(row) for row in self._cover]
        self._forbidden = np.zeros((network.size, network.size), dtype=np.bool_)

    def _miss(self, row: object) -> object:
        missed = self._lp.NumVar(0.0, inf, "")
        self._cost.SetCoefficient(missed, self._lacking)
        row.SetCoefficient(missed, 1.0)  # type: ignore[attr-defined]
        return missed

    def add(self, columns: Iterable[Column]) -> int:
        """Routes; how many of them it did not have yet."""
        before = len(self._columns)
        for column in columns:
            if column.nodes in self._known:
                continue
            self._known.add(column.nodes)
            share = self._lp.NumVar(0.0, inf if column.sum(self._forbidden) == 0 else 0.0, "")
            self._cost.SetCoefficient(share, column.cost)
            self._fleet.SetCoefficient(share, 1.0)
            for node in set(column.nodes):
                self._cover[node - 1].SetCoefficient(share, float(column.nodes.count(node)))
            for row, constraint in self._rows:
                self._weigh(row, constraint, column, share)
            self._columns.append(column)
            self._shares.append(share)
        return len(self._columns) - before

    @staticmethod
    def _weigh(row: Row, constraint: object, column: Column, share: object) -> None:
        times = column.sum(row.ways)
        if times:
            constraint.SetCoefficient(share, times)  # type: ignore[attr-defined]

    def constrain(self, row: Row, *, local: bool = False) -> int:
        """Another row, of all solutions or, if ``local``, of those that ``restrict`` is told about; its number."""
        constraint = self._lp.Constraint(row.least, row.most)
        for column, share in zip(self._columns, self._shares, strict=True):
            self._weigh(row, constraint, column, share)
        if row.least > 0:
            self._missing.append(self._miss(constraint))
        self._rows.append((row, constraint))
        if local:
            self._local.add(len(self._rows) - 1)
        return len(self._rows) - 1

    def restrict(self, rows: frozenset[int], forbidden: Mask) -> None:
        """To a part of all solutions: with some of the local rows, and without ways that are forbidden in it."""
        for number in self._local:
            row, constraint = self._rows[number]
            bounds = (row.least, row.most) if number in rows else (-inf, inf)
            constraint.SetBounds(*bounds)  # type: ignore[attr-defined]
        self._forbidden = forbidden
        for column, share in zip(self._columns, self._shares, strict=True):
            share.SetUb(0.0 if column.sum(forbidden) else inf)  # type: ignore[attr-defined]

    def solve(self) -> Shares:
        """The shares of least cost."""
        status = self._lp.Solve()
        assert status == self._lp.OPTIMAL, f"the linear program ended with status {status}"
        reduced = self._network.cost.copy()
        reduced[:, 1:] -= np.array([row.dual_value() for row in self._cover])[None, :]
        reduced[0] -= self._fleet.dual_value()
        for row, constraint in self._rows:
            price = constraint.dual_value()  # type: ignore[attr-defined]
            if price:
                reduced[row.ways] -= price
        reduced[self._forbidden] = NEVER
        np.fill_diagonal(reduced, NEVER)
        shares = [share.solution_value() for share in self._shares]  # type: ignore[attr-defined]
        used = [(column, share) for column, share in zip(self._columns, shares, strict=True) if share > SOME]
        missing = sum(missed.solution_value() for missed in self._missing)  # type: ignore[attr-defined]
        return Shares(float(self._cost.Value()), reduced, used, missing < SOME)


def entering(clients: Sequence[int], size: int) -> Mask:
    """Ways into a set of clients, [n, n]."""
    inside = np.zeros(size, dtype=np.bool_)
    inside[list(clients)] = True
    return np.asarray(~inside[:, None] & inside[None, :])
