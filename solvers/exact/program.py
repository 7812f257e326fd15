"""The linear program of routes in OR-Tools' GLOP, to which columns and rows are added."""

from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.exact.column import Column
from routewright.solvers.exact.kernel.labels import Floats
from routewright.solvers.exact.network import Network

Mask = NDArray[np.bool_]


LONGEST = 2.0
"""Seconds that a linear program may take."""


class NoPricesError(Exception):
    """The library gave a linear program up."""


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


class Program:
    """Shares of columns, by the numbers that they have elsewhere.

    Args:
        network: each of whose clients is visited once.
        lacking: price of what is missing.
    """

    def __init__(self, network: Network, lacking: float) -> None:
        from ortools.linear_solver import pywraplp

        self._size, self._lacking, self._vehicles = network.size, lacking, network.vehicles
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        self._lp.SetSolverSpecificParametersAsString("use_preprocessing: false")  # which would begin anew each time
        self._cost = self._lp.Objective()
        self._cover = [self._lp.Constraint(1.0, 1.0) for _ in range(1, network.size)]
        self._fleet = self._lp.Constraint(-inf, float(network.vehicles))
        self._missing = [self._miss(row) for row in self._cover]
        self._rows: dict[int, tuple[Row, Any]] = {}
        self._shares: list[Any] = []
        self._columns: list[Column] = []
        self.numbers: dict[int, int] = {}

    def _miss(self, row: Any) -> Any:
        missed = self._lp.NumVar(0.0, inf, "")
        self._cost.SetCoefficient(missed, self._lacking)
        row.SetCoefficient(missed, 1.0)
        return missed

    def add(self, number: int, column: Column) -> None:
        """Another column."""
        share = self._lp.NumVar(0.0, inf, "")
        self._cost.SetCoefficient(share, column.cost)
        self._fleet.SetCoefficient(share, 1.0)
        for node in set(column.nodes):
            self._cover[node - 1].SetCoefficient(share, float(column.nodes.count(node)))
        for row, constraint in self._rows.values():
            _weigh(row, constraint, column, share)
        self.numbers[number] = len(self._shares)
        self._shares.append(share)
        self._columns.append(column)

    def constrain(self, number: int, row: Row) -> None:
        """Another row."""
        constraint = self._lp.Constraint(row.least, row.most)
        for column, share in zip(self._columns, self._shares, strict=True):
            _weigh(row, constraint, column, share)
        if row.least > 0:
            self._missing.append(self._miss(constraint))
        self._rows[number] = row, constraint

    def solve(self, seconds: float = LONGEST) -> None:
        """From where it ended; anew where that went wrong, for the library may go round in circles.

        Args:
            seconds: that there are; the library gets a third of them for each of three tries.

        Raises:
            NoPricesError: if the library gives up.
        """
        from ortools.linear_solver import pywraplp

        self._lp.SetTimeLimit(max(1, int(1000 * min(LONGEST, seconds / 3))))
        if self._lp.Solve() == self._lp.OPTIMAL:
            return
        status = None
        for algorithm in (pywraplp.MPSolverParameters.PRIMAL, pywraplp.MPSolverParameters.DUAL):
            anew = pywraplp.MPSolverParameters()
            anew.SetIntegerParam(anew.INCREMENTALITY, anew.INCREMENTALITY_OFF)
            anew.SetIntegerParam(anew.LP_ALGORITHM, algorithm)
            status = self._lp.Solve(anew)
            if status == self._lp.OPTIMAL:
                return
        raise NoPricesError(status)

    @property
    def value(self) -> float:
        """What all prices come to: cost of the shares, or less where the library's prices are not exact."""
        total = sum(row.dual_value() for row in self._cover) + self._fleet_price * self._vehicles
        for number, (row, _) in self._rows.items():
            price = self.price(number)
            total += price * row.least if price > 0 else price * row.most if price < 0 else 0.0
        return float(total)

    @property
    def _fleet_price(self) -> float:
        return min(0.0, float(self._fleet.dual_value()))

    @property
    def missing(self) -> float:
        """How much is missing."""
        return float(sum(missed.solution_value() for missed in self._missing))

    def shares(self) -> Iterator[tuple[int, float]]:
        """Of each column."""
        for number, place in self.numbers.items():
            yield number, float(self._shares[place].solution_value())

    def price(self, number: int) -> float:
        """Of a row, of the sign that it must have; 0 where it is not there."""
        if number not in self._rows:
            return 0.0
        row, constraint = self._rows[number]
        price = float(constraint.dual_value())
        return max(0.0, price) if row.most == inf else min(0.0, price) if row.least <= 0 else price

    def prices(self) -> Floats:
        """Of each way, [n, n]: of the client that it leads to, of a vehicle, and of all rows that count it."""
        table = np.zeros((self._size, self._size))
        table[:, 1:] += np.array([row.dual_value() for row in self._cover])[None, :]
        table[0] += self._fleet_price
        for number, (row, _) in self._rows.items():
            price = self.price(number)
            if price:
                table[row.ways] += price
        return table


def _weigh(row: Row, constraint: Any, column: Column, share: Any) -> None:
    times = column.sum(row.ways)
    if times:
        constraint.SetCoefficient(share, times)
