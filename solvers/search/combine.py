"""New solutions from those of a pool: exchange of routes, then annealing around the seams.

The exchange follows the selective route exchange of Nagata & Bräysy (2010, Operations Research Letters
38): some routes next to each other give way to the routes of another solution that cover the most of
the same clients. Clients that are then visited twice leave their old routes, those not visited at all
are inserted greedily. What differs is what follows: a short annealing, its ruins drawn around the
clients of changed routes alone. Where two solutions are the same, a small area is annealed hotter.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Cooling, Pace
from routewright.solvers.search.kernel.model import Int64, Nodes
from routewright.solvers.search.model import Model
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
"""Temperatures of a short annealing, at least."""


class Plan(NamedTuple):
    """A short annealing."""

    routes: Routes  # to begin with
    lost: Nodes  # clients to insert first
    around: Int64  # [A] clients around which it ruins
    cooling: Cooling
    iterations: int  # per client of these


class Exchange(NamedTuple):
    """A solution with routes of another."""

    routes: Routes  # no client on two of them
    lost: Nodes  # clients that no route visits any more
    changed: Int64  # clients of changed routes, and the lost ones; none where both solutions are the same


class Combiner:
    """Draws two solutions of a pool, makes one of them, and puts it back if it is better.

    Args:
        session: where to anneal; its solution is lost.
        pool: of at least one solution.
        pace: of the run.
        unit: mean cost of an arc.
    """

    def __init__(self, session: Session, pool: Pool, pace: Pace, unit: float) -> None:
        self._session = session
        self._pool = pool
        self._pace = pace
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
        done = self._anneal(self._plan(split(first.flat), split(second.flat)), monitor, before)
        found = Member(self._session.best_total, self._session.best_flat)
        if found.total < first.total:
            self._pool.replace(first, found)
        return done

    def _plan(self, mine: Routes, other: Routes) -> Plan:
        model = self._session.model
        routes, lost, changed = exchange(model, mine, other, self._random)
        if len(changed):
            return Plan(routes, lost, changed, SEAM, SEAM_ITERATIONS)
        area = model.problem.near[self._random.integers(1, model.n_nodes), :AREA].astype(np.int64)
        return Plan(mine, lost, area, AREA_COOLING, AREA_ITERATIONS)

    def _anneal(self, plan: Plan, monitor: Monitor, before: int) -> int:
        session = self._session
        session.load(plan.routes)
        if not session.is_sound:
            session.load([])
            return 1
        if len(plan.lost):
            session.build(plan.lost)
            session.load_flat(session.current_flat())
        session.focus(plan.around)
        wanted = plan.iterations * len(plan.around)
        done = 0
        while done < wanted and not monitor.done(before + done):
            temperature = self._unit * plan.cooling.at(done / wanted)
            done += self._pace.run(session, before + done, temperature, most=-(-wanted // STEPS))
        session.focus_everywhere()
        return done


def exchange(model: Model, mine: Routes, other: Routes, random: np.random.Generator) -> Exchange:
    """Replace some routes of ``mine`` by those of ``other`` in the same area.

    Args:
        model: what is asked.
        mine: routes of the one solution.
        other: routes of the other.
        random: of the draw.
    """
    different = _new(mine, other)
    if not different:
        return Exchange(mine, np.zeros(0, np.uint16), np.zeros(0, np.int64))
    centre = int(random.choice(different[int(random.integers(len(different)))]))
    leaving = _nearest(mine, model.problem.near[centre], _count(mine, random))
    left = _marked([mine[number] for number in leaving], model.n_nodes)
    overlap = [left[route].mean() for route in other]
    coming = [other[number] for number in np.argsort(overlap, kind="stable")[::-1][: len(leaving)]]
    taken = _marked(coming, model.n_nodes)
    staying = [np.asarray(route)[~taken[route]] for number, route in enumerate(mine) if number not in leaving]
    routes = [*coming, *(route for route in staying if len(route))]
    lost = left & ~taken
    changed = _marked(_new(routes, mine), model.n_nodes) | lost
    return Exchange(routes, np.flatnonzero(lost).astype(np.uint16), np.flatnonzero(changed))


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
