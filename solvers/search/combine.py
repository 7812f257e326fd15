"""New solutions from those of a pool: exchange of routes, then annealing around the seams.

The exchange follows the selective route exchange of Nagata & Bräysy (2010, Operations Research Letters
38): some routes next to each other give way to the routes of another solution that cover the most of
the same clients. Clients that are then visited twice leave their old routes, those not visited at all
are inserted greedily. What differs is what follows: a short annealing, its ruins drawn around the
clients of changed routes alone. Where two solutions are the same, a small area is annealed hotter.
"""

import sys
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Cooling
from routewright.solvers.search.kernel.model import Int64, Nodes
from routewright.solvers.search.pool import Member, Pool
from routewright.solvers.search.session import Routes, Session, split

EXCHANGED = 0.25
"""Share of the routes that an exchange takes at most."""
EXCHANGED_CLIENTS = 150
"""Clients of these routes at most, about."""
SEAM = Cooling(hot=0.1, cold=0.02)
SEAM_ITERATIONS = 80
"""Per client of a changed route."""
AREA = 60
"""Clients of an area that is annealed by itself."""
AREA_COOLING = Cooling(hot=0.25, cold=0.02)
AREA_ITERATIONS = 150
"""Per client of the area."""
STEPS = 8
"""Temperatures of a short annealing."""


class Plan(NamedTuple):
    """A short annealing."""

    routes: Routes  # to begin with
    around: Int64  # [A] clients around which it ruins
    cooling: Cooling
    iterations: int  # per client of these


class Combiner:
    """Draws two solutions of a pool, makes one of them, and puts it back if it is better.

    Args:
        session: where to anneal; its solution is lost.
        pool: of at least one solution.
        unit: mean cost of an arc.
    """

    def __init__(self, session: Session, pool: Pool, unit: float) -> None:
        self._session = session
        self._pool = pool
        self._unit = unit
        self._random = np.random.default_rng(session.seed)

    def step(self, monitor: Monitor, before: int) -> int:
        """Try once, unless ``monitor.done``.

        Args:
            monitor: of the run.
            before: iterations of the run so far.

        Returns:
            Iterations done.
        """
        first, second = self._pool.pair(self._random)
        routes, seams = exchange(self._session, split(first.flat), split(second.flat), self._random)
        if len(seams):
            plan = Plan(routes, seams, SEAM, SEAM_ITERATIONS)
        else:
            plan = Plan(split(first.flat), self._area(), AREA_COOLING, AREA_ITERATIONS)
        done = self._anneal(plan, monitor, before)
        found = Member(self._session.best_total, self._session.best_flat)
        if found.total < first.total:
            self._pool.replace(first, found)
        return done

    def _area(self) -> Int64:
        near = self._session.problem.near
        around = near[self._random.integers(1, len(near)), :AREA].astype(np.int64)
        return around[around > 0]

    def _anneal(self, plan: Plan, monitor: Monitor, before: int) -> int:
        session = self._session
        session.load(plan.routes)
        if not session.is_sound:
            session.load([])
            return 1
        if session.n_unserved:
            session.build()
            session.load_flat(session.current_flat())
        session.focus(plan.around)
        each = -(-plan.iterations * len(plan.around) // STEPS)
        limit = sys.maxsize if monitor.stop.iterations is None else monitor.stop.iterations
        done = 0
        for step in range(STEPS):
            if monitor.done(before + done):
                break
            iterations = min(each, limit - before - done)
            session.improve(iterations, self._unit * plan.cooling.at(step / (STEPS - 1)))
            done += iterations
        session.focus_everywhere()
        return done


def exchange(session: Session, mine: Routes, other: Routes, random: np.random.Generator) -> tuple[Routes, Int64]:
    """Replace some routes of ``mine`` by those of ``other`` in the same area.

    Args:
        session: of the model; left as it is.
        mine: routes of the one solution.
        other: routes of the other.
        random: of the draw.

    Returns:
        (routes without the clients that no route visits any more, clients of changed routes). No
        client is changed where all routes visit the same clients in both.
    """
    different = _new(mine, other)
    if not different:
        return mine, np.zeros(0, np.int64)
    centre = int(random.choice(different[int(random.integers(len(different)))]))
    leaving = _nearest(mine, session.problem.near[centre], _count(mine, random))
    left = _marked([mine[number] for number in leaving], session.model.n_nodes)
    overlap = [left[route].mean() for route in other]
    coming = [other[number] for number in np.argsort(overlap, kind="stable")[::-1][: len(leaving)]]
    taken = _marked(coming, session.model.n_nodes)
    staying = [np.asarray(route)[~taken[route]] for number, route in enumerate(mine) if number not in leaving]
    routes = [*coming, *(route for route in staying if len(route))]
    changed = _marked(_new(routes, mine), session.model.n_nodes)
    return routes, np.flatnonzero(changed | (left & ~taken))


def _count(routes: Routes, random: np.random.Generator) -> int:
    """How many routes an exchange takes."""
    mean_size = sum(map(len, routes)) / len(routes)
    most = min(EXCHANGED * len(routes), EXCHANGED_CLIENTS / mean_size)
    return 1 + int(random.integers(max(1, int(most))))


def _nearest(routes: Routes, near: Nodes, count: int) -> list[int]:
    """Numbers of the first routes that a list of near clients meets."""
    route_of = {int(client): number for number, route in enumerate(routes) for client in route}
    met = dict.fromkeys(route_of[client] for client in near.tolist() if client in route_of)
    return list(met)[:count]


def _marked(routes: Routes, n_nodes: int) -> NDArray[np.bool_]:
    marks = np.zeros(n_nodes, np.bool_)
    for route in routes:
        marks[route] = True
    return marks


def _new(routes: Routes, old: Routes) -> list[Nodes]:
    """Routes whose clients are not those of any old one."""
    known = {frozenset(np.asarray(route).tolist()) for route in old}
    return [np.asarray(route) for route in routes if frozenset(np.asarray(route).tolist()) not in known]
