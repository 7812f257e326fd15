"""Good and different solutions of a run, shared by its threads.

Who leaves a full pool is chosen by cost and by likeness, as in the hybrid genetic search of Vidal et al.
(2012, Operations Research 60): ranked by cost alone, a pool soon holds one solution many times.
"""

from threading import Lock
from typing import NamedTuple

import numpy as np

from routewright.solvers.search.kernel.model import Int64, Nodes
from routewright.solvers.search.ranks import Float64, better_of_two, little_use, places

SIZE = 12
"""Solutions that a pool holds."""
ELITE = 1
"""So many of the cheapest stay however alike they are."""


class Member(NamedTuple):
    """A solution and what it costs."""

    total: int  # whole units
    flat: Nodes  # clients with the kind of the vehicle after each route


class Pool:
    """Solutions of different cost. All methods may be called from any thread.

    Args:
        first: the least number of a client.
    """

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self._members: list[Member] = []
        self._arcs: list[Int64] = []
        self._apart = np.zeros((0, 0))  # share of the arcs of one that another has not
        self._lock = Lock()

    @property
    def members(self) -> tuple[Member, ...]:
        """All solutions."""
        with self._lock:
            return tuple(self._members)

    @property
    def best(self) -> Member:
        """The cheapest solution."""
        return min(self.members, key=lambda member: member.total)

    def add(self, member: Member) -> None:
        """Take a solution in, unless one of the same cost is there; the least useful leaves a full pool."""
        with self._lock:
            if any(member.total == other.total for other in self._members):
                return
            self._append(member)

    def replace(self, old: Member, new: Member) -> None:
        """Put a solution in the place of a dearer one that it was made of."""
        with self._lock:
            for place in reversed(range(len(self._members))):
                if self._members[place] is old or self._members[place].total == new.total:
                    self._drop(place)
            self._append(new)

    def pair(self, random: np.random.Generator) -> tuple[Member, Member]:
        """Two members, each the better of two drawn at random; the same twice if there is only one."""
        with self._lock:
            ranks = self._ranks()
            one = better_of_two(ranks, random)
            others = np.delete(np.arange(len(ranks)), one)
            other = int(others[better_of_two(ranks[others], random)]) if len(others) else one
            return self._members[one], self._members[other]

    def _ranks(self) -> Float64:
        """How little use each is, by its cost and by how near the most similar other is [M]."""
        cost = np.array([member.total for member in self._members])
        ranks = little_use(cost, self._apart.min(axis=1), ELITE)
        ranks[places(cost) < ELITE] = -1.0
        return ranks

    def _append(self, member: Member) -> None:
        arcs = _arcs(member.flat, self._first)
        size = max(1, len(arcs))  # nobody need be served where all are optional
        apart = [1.0 - len(np.intersect1d(arcs, other, assume_unique=True)) / size for other in self._arcs]
        count = len(self._members)
        grown = np.full((count + 1, count + 1), np.inf)
        grown[:count, :count] = self._apart
        grown[count, :count] = grown[:count, count] = apart
        self._apart = grown
        self._members.append(member)
        self._arcs.append(arcs)
        if count == SIZE:
            self._drop(int(np.argmax(self._ranks())))

    def _drop(self, place: int) -> None:
        del self._members[place], self._arcs[place]
        self._apart = np.delete(np.delete(self._apart, place, axis=0), place, axis=1)


def _arcs(flat: Nodes, first: int) -> Int64:
    """Which nodes are neighbours on a route, whatever the direction and the vehicle; each pair one number."""
    nodes = np.where(flat < first, 0, flat).astype(np.int64)
    before = np.concatenate([[0], nodes[:-1]])
    return np.unique(np.minimum(before, nodes) << 16 | np.maximum(before, nodes))
