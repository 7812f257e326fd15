"""The best solutions of a run, shared by its threads."""

from threading import Lock
from typing import NamedTuple

import numpy as np

from routewright.solvers.search.kernel.model import Nodes

SIZE = 12
"""Solutions that a pool holds."""


class Member(NamedTuple):
    """A solution and what it costs."""

    total: int  # whole units
    flat: Nodes  # clients with the kind of the vehicle after each route


class Pool:
    """Solutions of different cost. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._members: list[Member] = []
        self._lock = Lock()

    @property
    def members(self) -> tuple[Member, ...]:
        """All solutions."""
        return tuple(self._members)

    def add(self, member: Member) -> None:
        """Take a solution in, unless one of the same cost is there; the dearest leaves a full pool."""
        with self._lock:
            if any(member.total == other.total for other in self._members):
                return
            self._append(member)

    def replace(self, old: Member, new: Member) -> None:
        """Put a solution in the place of a dearer one; equals of the new one leave."""
        with self._lock:
            self._members = [other for other in self._members if other is not old and other.total != new.total]
            self._append(new)

    def _append(self, member: Member) -> None:
        self._members.append(member)
        if len(self._members) > SIZE:  # compared by cost: a removal by value would compare arrays
            dearest = max(range(len(self._members)), key=lambda place: self._members[place].total)
            del self._members[dearest]

    def pair(self, random: np.random.Generator) -> tuple[Member, Member]:
        """Two members drawn at random, the better one first; the same twice if there is only one."""
        with self._lock:
            drawn = [self._members[place] for place in random.permutation(len(self._members))[:2]]
        drawn.sort(key=lambda member: member.total)
        return drawn[0], drawn[-1]
