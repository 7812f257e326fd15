"""Solutions of a genetic search, those that overload vehicles apart, ranked by cost and by likeness.

Biased fitness, survival and parents are those of Vidal (2022, section 3.5 and 3.6). As in a run's ``Pool``, what many
others are like is of little use, however good it is.
"""

from threading import Lock
from typing import NamedTuple

import numpy as np

from routewright.solvers.search.kernel.model import Int64, Problem
from routewright.solvers.search.ranks import Float64, better_of_two, little_use

LEAST = 25
"""Solutions of each sort after a selection."""
GENERATION = 40
"""So many more before the next one."""
ELITE = 4
"""Cheapest solutions that survive whatever they are like."""
REDRAWN = 3
"""Draws after which both parents may be the same."""
CLOSE = 5
"""Most similar others that tell how alike a solution is."""


class Individual(NamedTuple):
    """A solution as a genetic search knows it."""

    tour: Int64  # [n] clients of all routes
    cuts: Int64  # [R+1] how many of them stand before each route, and n
    cost: int  # of arcs
    overload: int  # units of load beyond capacity, of all vehicles together
    after: Int64  # [N] the node that follows each client
    before: Int64  # [N] the one before


def individual(problem: Problem, tour: Int64, cuts: Int64) -> Individual:
    """Routes with what is asked of them.

    Args:
        problem: of the routes.
        tour: [n] clients.
        cuts: [R+1] ascending; no route is empty.
    """
    first, last = cuts[:-1], cuts[1:] - 1
    following = np.append(tour[1:], 0)
    following[last] = 0
    preceding = np.append(0, tour[:-1])
    preceding[first] = 0
    after, before = np.zeros((2, len(problem.load)), np.int64)
    after[tour], before[tour] = following, preceding
    cost = int(problem.cost[tour, following].sum() + problem.cost[0, tour[first]].sum())
    loads = np.add.reduceat(problem.load[tour], first)
    return Individual(tour, cuts, cost, int(np.maximum(loads - problem.capacity, 0).sum()), after, before)


class Group:
    """Individuals of one sort.

    Args:
        nodes: of the problem.
    """

    def __init__(self, nodes: int) -> None:
        most = LEAST + GENERATION + 1
        self.members: list[Individual] = []
        self._after, self._before = np.zeros((2, most, nodes), np.int64)
        self._apart = np.full((most, most), np.inf)

    def add(self, new: Individual, price: float) -> None:
        """Take one in; when there are too many, those of least use leave."""
        place = len(self.members)
        after, before = self._after[:place, 1:], self._before[:place, 1:]
        other = (new.after[1:] != after) & (new.after[1:] != before)
        ends = (new.before[1:] == 0) & (before != 0) & (after != 0)
        apart = (other.sum(1) + ends.sum(1)) / new.after.size
        self._apart[place, :place] = self._apart[:place, place] = apart
        self._after[place], self._before[place] = new.after, new.before
        self.members.append(new)
        if place >= LEAST + GENERATION:
            while len(self.members) > LEAST:
                self._drop(self._least_useful(price))

    def ranks(self, price: float) -> Float64:
        """How little use each is, 0 to 2."""
        count = len(self.members)
        close = max(0, min(CLOSE, count - 1) - 1)
        apart = np.partition(self._apart[:count, :count], close, axis=1)[:, : close + 1].sum(axis=1)
        ranks: Float64 = little_use(self._costs(price), apart, ELITE) / max(1, count - 1)
        return ranks

    def _costs(self, price: float) -> Float64:
        return np.array([each.cost + price * each.overload for each in self.members])

    def _least_useful(self, price: float) -> int:
        count = len(self.members)
        ranks = self.ranks(price)
        ranks[self._apart[:count, :count].min(axis=1) == 0.0] += 2.0  # twice the same
        ranks[int(np.argmin(self._costs(price)))] = -1.0
        return int(np.argmax(ranks))

    def _drop(self, place: int) -> None:
        del self.members[place]
        count = len(self.members)
        for rows in (self._after, self._before, self._apart, self._apart.T):
            rows[place:count] = rows[place + 1 : count + 1].copy()
        np.fill_diagonal(self._apart, np.inf)


class Population:
    """Feasible solutions and others, of which two are drawn to be parents. May be used by several threads.

    Args:
        nodes: of the problem.
    """

    def __init__(self, nodes: int) -> None:
        self._feasible = Group(nodes)
        self._overloaded = Group(nodes)
        self._lock = Lock()
        self.best: Individual | None = None

    def add(self, new: Individual, price: float) -> None:
        """Take a solution in."""
        with self._lock:
            if new.overload:
                self._overloaded.add(new, price)
                return
            self._feasible.add(new, price)
            if self.best is None or new.cost < self.best.cost:
                self.best = new

    def parents(self, price: float, random: np.random.Generator) -> tuple[Individual, Individual]:
        """Two of all, each the better of two drawn at random; they may be the same."""
        with self._lock:
            groups = [group for group in (self._feasible, self._overloaded) if group.members]
            members = [each for group in groups for each in group.members]
            ranks = np.concatenate([group.ranks(price) for group in groups])
        one = other = better_of_two(ranks, random)
        for _ in range(REDRAWN):
            if other != one:
                break
            other = better_of_two(ranks, random)
        return members[one], members[other]
