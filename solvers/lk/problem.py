"""From an Instance to the kernels' cities, and back."""

from dataclasses import dataclass
from math import floor, log2

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.lk import start
from routewright.solvers.lk.kernel.model import NEAREST, UP, Asked, Cities, Floats
from routewright.solvers.lk.near import near_by_matrix, near_on_plane

LONGEST = 1 << 28
"""Whole units that the longest way of a matrix may have."""
FINEST = 1 << 40
"""Whole units that the plane is wide where distances are not rounded."""
PLAIN = {"none": NEAREST, "round": NEAREST, "ceil": UP}
"""Rules of rounding that kernels know."""


@dataclass(frozen=True)
class Problem:
    """A tour as the kernels see it.

    Attributes:
        asked: cities; of ways that differ there and back each place is two of them.
        nodes: of the instance, depot first, for each place.
        price: raw cost of a whole unit.
        bound: sum of what ways cost too little that every tour has, in whole units.
        fixed: places of which the second follows the first on every tour, where ways else are the same there and back.
    """

    asked: Asked
    nodes: NDArray[np.int64]
    price: float
    bound: int = 0
    fixed: tuple[int, int] | None = None

    @property
    def twofold(self) -> bool:
        """Whether each place is two cities: where it is entered, p, and where it is left, p + the number of places."""
        return self.asked.stride == 2

    def begin(self) -> Cities:
        """A tour to begin with."""
        asked = self.asked
        if self.twofold:
            return self.of_places(_nearest_neighbour(asked.matrix, len(self.nodes)))
        if len(asked.matrix):
            return start.by_matrix(asked.matrix, asked.near)
        return start.on_plane(asked.places, asked.near, self._length)

    def _length(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Floats:
        return np.asarray(np.linalg.norm(self.asked.places[starts] - self.asked.places[ends], axis=-1))

    def of_places(self, order: NDArray[np.int64] | Cities) -> Cities:
        """The tour of places in order."""
        if not self.twofold:
            return order.astype(np.int32)
        return np.column_stack([order, order + len(self.nodes)]).astype(np.int32).ravel()

    def order(self, tour: Cities) -> NDArray[np.int64]:
        """Nodes of a tour in order, the depot first."""
        places = len(self.nodes)
        if self.twofold:
            at = int(np.flatnonzero(tour == 0)[0])
            if tour[(at + 1) % len(tour)] != places:  # it is left before it is entered: the tour runs backwards
                tour = tour[::-1]
            tour = tour[tour < places]
        if self.fixed is not None:
            first, second = self.fixed
            at = int(np.flatnonzero(tour == first)[0])
            if tour[(at + 1) % places] != second:
                tour = tour[::-1]
        return self.nodes[np.roll(tour, -int(np.flatnonzero(tour == 0)[0]))]

    def raw(self, length: int) -> float:
        """Raw cost of a tour's length."""
        return self.driven(length) * self.price

    def driven(self, length: int) -> int:
        """Length between places."""
        return length - self.bound


def on_plane(instance: Instance) -> bool:
    """Whether kernels can compute ways from coordinates."""
    plain = instance.distances is None and instance.metric == "euclidean" and instance.coords is not None
    return plain and instance.rounding in PLAIN


def problem(instance: Instance) -> Problem:
    """Express a tour, see ``support``."""
    nodes = np.concatenate([[0], np.asarray(instance.clients)]).astype(np.int64)
    cost = instance.vehicle_types[0].distance_cost
    if on_plane(instance):
        assert instance.coords is not None
        places = np.ascontiguousarray(instance.coords[nodes], dtype=np.float64)
        extent = float(np.ptp(places, axis=0).max()) or 1.0
        factor = 2.0 ** floor(log2(FINEST / extent)) if instance.rounding == "none" else 1.0
        asked = Asked(places * factor, _no_matrix(), near_on_plane(places), PLAIN[instance.rounding], stride=1)
        return Problem(asked, nodes, cost / factor)
    return _by_matrix(instance, nodes, cost)


def _by_matrix(instance: Instance, nodes: NDArray[np.int64], cost: float) -> Problem:
    ways = np.asarray(instance.distance(nodes[:, None], nodes[None, :], instance.vehicle_types[0].profile))
    longest = float(ways.max()) or 1.0
    factor = 1.0 if instance.exact and longest <= LONGEST else 2.0 ** floor(log2(LONGEST / longest))
    whole = np.rint(ways * factor).astype(np.int32)
    bound, fixed = 0, _fixed_way(whole)
    if fixed is not None:
        whole[fixed[0]] = whole[:, fixed[0]]
        bound = -2 * int(whole.max()) - 1
        whole[fixed] += bound
        whole[fixed[::-1]] += bound
    if np.array_equal(whole, whole.T):
        asked = Asked(np.zeros((0, 2)), whole, near_by_matrix(whole), NEAREST, stride=1)
        return Problem(asked, nodes, cost / factor, bound, fixed)
    matrix, far = _twofold(whole)
    near = near_by_matrix(np.where(matrix == -far, far, matrix))
    asked = Asked(np.zeros((0, 2)), matrix, near, NEAREST, stride=2)
    return Problem(asked, nodes, cost / factor, bound=-far * len(nodes))


def _fixed_way(ways: Cities) -> tuple[int, int] | None:
    """The only affordable way out of a place, where all that differs there and back is that it is the only one."""
    differs = ways != ways.T
    place = int(differs.sum(axis=1).argmax())
    ends = np.flatnonzero(~differs[place])
    others = np.delete(ways, place, axis=0)
    if len(ends) != 2 or np.delete(np.delete(differs, place, axis=0), place, axis=1).any():
        return None
    if ways[place, differs[place]].min(initial=LONGEST) <= others.max(axis=1).sum(dtype=np.int64):
        return None
    return place, int(ends[ends != place][0])


def _twofold(ways: Cities) -> tuple[Cities, int]:
    """Jonker & Volgenant (1983): from where a place is left to where the next is entered, ways are those there.

    Each place holds its two cities together by a way of less than nothing, which no exchange removes.
    """
    places = len(ways)
    far = 2 * int(ways.max()) + 1
    matrix = np.full((2 * places, 2 * places), far, np.int32)
    matrix[places:, :places] = ways
    matrix[:places, places:] = ways.T
    inside = np.arange(places)
    matrix[inside, inside + places] = matrix[inside + places, inside] = -far
    return matrix, far


def _nearest_neighbour(matrix: Cities, places: int) -> NDArray[np.int64]:
    """From the depot always to the nearest place that is left."""
    order, free = np.zeros(places, np.int64), np.ones(places, np.bool_)
    free[0] = False
    for number in range(1, places):
        left = np.flatnonzero(free)
        order[number] = left[matrix[places + order[number - 1], left].argmin()]
        free[order[number]] = False
    return order


def _no_matrix() -> Cities:
    return np.zeros((0, 0), np.int32)
