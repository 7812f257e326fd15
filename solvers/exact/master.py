"""Shares of routes that visit every client once at the least cost, and the prices that follow: a linear program."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from routewright.solvers.exact.column import Column, Columns
from routewright.solvers.exact.kernel.labels import NEVER, Floats
from routewright.solvers.exact.network import Network
from routewright.solvers.exact.program import Mask, Program, Row

SOME = 1e-7
"""A share below is none."""
ROOM = 500
"""Columns that a part begins with."""


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
    """The program of a part of all solutions, and the columns and rows of all parts.

    Args:
        network: that is covered.
        lacking: raw price of a client that is not visited, no less than a known solution costs.
    """

    def __init__(self, network: Network, lacking: float) -> None:
        self._network, self._lacking = network, lacking
        self._pool = Columns(network.size)
        self._rows: list[Row] = []
        self._cuts: list[int] = []
        self._forbidden = np.zeros((network.size, network.size), dtype=np.bool_)
        self._prices = network.cost
        self._program = Program(network, lacking)

    def add(self, columns: Iterable[Column]) -> int:
        """Routes; how many of them it did not have yet."""
        fresh = [number for number in map(self._pool.add, columns) if number not in self._program.numbers]
        for number in fresh:
            if not self._pool[number].sum(self._forbidden):
                self._program.add(number, self._pool[number])
        return len(fresh)

    def cut(self, row: Row) -> None:
        """Another row, which all solutions keep."""
        self._cuts.append(self.note(row))
        self._program.constrain(self._cuts[-1], row)

    def note(self, row: Row) -> int:
        """Another row, which the parts keep that name its number."""
        self._rows.append(row)
        return len(self._rows) - 1

    def restrict(self, rows: frozenset[int], forbidden: Mask) -> None:
        """To a part of all solutions: with some of the rows that were noted, and without ways that are forbidden.

        Cuts without a price in the last part are forgotten, and so are, for now, columns that prices make dear.
        """
        self._cuts = [number for number in self._cuts if self._program.price(number)]
        self._forbidden = forbidden
        self._program = Program(self._network, self._lacking)
        may = np.flatnonzero(self._pool.sums(forbidden) == 0)
        dear = self._pool.sums(self._prices)[may]
        for number in may[np.argsort(dear, kind="stable")[:ROOM]].tolist():
            self._program.add(number, self._pool[number])
        for number in (*self._cuts, *sorted(rows)):
            self._program.constrain(number, self._rows[number])

    def solve(self, seconds: float) -> Shares:
        """The shares of least cost.

        Args:
            seconds: that there are.

        Raises:
            NoPricesError: if the library finds none.
        """
        self._program.solve(seconds)
        self._prices = self._network.cost - self._program.prices()
        reduced = self._prices.copy()
        reduced[self._forbidden] = NEVER
        np.fill_diagonal(reduced, NEVER)
        used = [(self._pool[number], share) for number, share in self._program.shares() if share > SOME]
        return Shares(self._program.value, reduced, used, self._program.missing < SOME)


def entering(clients: Sequence[int], size: int) -> Mask:
    """Ways into a set of clients, [n, n]."""
    inside = np.zeros(size, dtype=np.bool_)
    inside[list(clients)] = True
    return np.asarray(~inside[:, None] & inside[None, :])
