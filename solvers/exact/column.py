"""Routes as the sum of the ways that they take."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.exact.kernel.labels import Floats


class Column(NamedTuple):
    """A route, which may come back to a client.

    Attributes:
        nodes: of the network, in order, without the depot.
        cost: raw.
    """

    nodes: tuple[int, ...]
    cost: float

    @property
    def starts(self) -> list[int]:
        """Where its ways begin."""
        return [0, *self.nodes]

    @property
    def ends(self) -> list[int]:
        """Where its ways end."""
        return [*self.nodes, 0]

    def sum(self, table: Floats | NDArray[np.bool_]) -> float:
        """Of the numbers [n, n] of its ways."""
        return float(table[self.starts, self.ends].sum())


def column(nodes: list[int], cost: Floats) -> Column:
    """The route through ``nodes``."""
    way = [0, *nodes, 0]
    return Column(tuple(nodes), float(cost[way[:-1], way[1:]].sum()))
