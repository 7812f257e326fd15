"""Routes as the sum of the ways that they take."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.exact.kernel.labels import Floats

Table = Floats | NDArray[np.bool_]


class Column(NamedTuple):
    """A route, which may come back to a client.

    Attributes:
        nodes: of the network, in order, without the depot.
        cost: raw.
        starts: [W] where its ways begin.
        ends: [W] where its ways end.
    """

    nodes: tuple[int, ...]
    cost: float
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def sum(self, table: Table) -> float:
        """Of the numbers [n, n] of its ways."""
        return float(table[self.starts, self.ends].sum())


def column(nodes: list[int], cost: Floats) -> Column:
    """The route through ``nodes``."""
    way = np.array([0, *nodes, 0])
    starts, ends = way[:-1], way[1:]
    return Column(tuple(nodes), float(cost[starts, ends].sum()), starts, ends)


class Columns:
    """All columns found so far, by number.

    Args:
        size: nodes of the network.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._found: list[Column] = []
        self._numbers: dict[tuple[int, ...], int] = {}

    def __getitem__(self, number: int) -> Column:
        return self._found[number]

    def add(self, found: Column) -> int:
        """Its number, a new one if it is new."""
        if found.nodes not in self._numbers:
            self._numbers[found.nodes] = len(self._found)
            self._found.append(found)
        return self._numbers[found.nodes]

    def sums(self, table: Table) -> Floats:
        """What ``Column.sum`` gives for each of them."""
        if not self._found:
            return np.zeros(0)
        flat = np.concatenate([each.starts * self._size + each.ends for each in self._found])
        first = np.cumsum([0, *(len(each.starts) for each in self._found[:-1])])
        return np.add.reduceat(table.ravel()[flat].astype(np.float64), first)
