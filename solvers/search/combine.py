"""New solutions from those of a pool: exchange of routes and annealing around the seams, or annealing of an area.

The exchange follows the selective route exchange of Nagata & Bräysy (2010, Operations Research Letters
38): some routes next to each other give way to the routes of another solution that cover the most of
the same clients. Clients that are then visited twice leave their old routes, those not visited at all
are inserted greedily. What differs is what follows: a short annealing, its ruins drawn around the
clients of changed routes alone. As many iterations go into the best solution: an area of it is melted
and cooled slowly.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Cooling, Pace
from routewright.solvers.search.flat import Tour, joined, tours
from routewright.solvers.search.kernel.model import COUNT, FAR, NEVER, START, Int64, Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.pool import Member, Pool
from routewright.solvers.search.session import Session

EXCHANGED = 0.25
"""Share of the routes that an exchange takes at most."""
EXCHANGED_CLIENTS = 150
"""Clients of these routes at most, about."""
SEAM = Cooling(hot=0.1, cold=0.02)
SEAM_ITERATIONS = 80
"""Per client of a changed route."""


class Area(NamedTuple):
    """How a part of a solution is annealed by itself."""

    clients: int
    cooling: Cooling
    iterations: int  # per client


AREA = Area(clients=120, cooling=Cooling(hot=0.1, cold=0.02), iterations=600)
WINDOWS_AREA = Area(clients=60, cooling=Cooling(hot=0.25, cold=0.02), iterations=150)
STEPS = 8
"""Temperatures of a short annealing, at least."""


class Plan(NamedTuple):
    """A short annealing."""

    tours: list[Tour]  # to begin with
    lost: Nodes  # clients to insert first
    around: Int64  # [A] clients around which it ruins
    cooling: Cooling
    iterations: int  # per client of these


class Exchange(NamedTuple):
    """A solution with routes of another."""

    tours: list[Tour]  # no client on two of them
    lost: Nodes  # clients that no route visits any more
    changed: Int64  # clients of changed routes, and the lost ones; none where both solutions are the same


class Combiner:
    """Makes a solution of two of a pool, or a better one of the best, in turn.

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
        self._lead = 0  # iterations of exchanges beyond those of areas

    def step(self, monitor: Monitor, before: int) -> int:
        """Try once, unless ``monitor.done``.

        Args:
            monitor: of the run.
            before: iterations of the run so far.

        Returns:
            Iterations done.
        """
        if self._lead < 0:
            first, second = self._pool.pair(self._random)
            plan = self._exchange(first, second)
            if plan is not None:
                done = self._anneal(plan, monitor, before)
                self._lead += done
                if self._found.total // FAR <= first.total // FAR:  # as many clients served
                    self._pool.add(self._found)
                return done
        best = self._pool.best
        done = self._anneal(self._area(best), monitor, before)
        self._lead -= done
        if self._found.total < best.total:
            self._pool.replace(best, self._found)
        return done

    @property
    def _found(self) -> Member:
        return Member(self._session.best_total, self._session.best_flat)

    def _exchange(self, first: Member, second: Member) -> Plan | None:
        """Some routes of the second in the first; None where both are the same."""
        model = self._session.model
        mine, other = tours(first.flat, model.first), tours(second.flat, model.first)
        mixed, lost, changed = exchange(model, mine, other, self._random)
        return Plan(mixed, lost, changed, SEAM, SEAM_ITERATIONS) if len(changed) else None

    def _area(self, member: Member) -> Plan:
        """What lies around a client drawn at random."""
        model = self._session.model
        asked = WINDOWS_AREA if model.is_timed else AREA
        clients = model.problem.near[self._random.integers(model.first, model.n_nodes), : asked.clients]
        nobody = np.zeros(0, np.uint16)
        return Plan(tours(member.flat, model.first), nobody, clients.astype(np.int64), asked.cooling, asked.iterations)

    def _anneal(self, plan: Plan, monitor: Monitor, before: int) -> int:
        session = self._session
        session.load_flat(_flat(plan.tours))
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


def _flat(tours: Sequence[Tour]) -> Nodes:
    return joined([tour.clients for tour in tours], [tour.kind for tour in tours])


def exchange(model: Model, mine: list[Tour], other: list[Tour], random: np.random.Generator) -> Exchange:
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
    centre = int(random.choice(different[int(random.integers(len(different)))].clients))
    leaving = _nearest(mine, model.problem.near[centre], _count(mine, random))
    item = _items(model)
    left = _marked([mine[number] for number in leaving], item)
    overlap = [left[item[tour.clients]].mean() for tour in other]
    order = np.argsort(overlap, kind="stable")[::-1][: len(leaving)]
    staying = [tour for number, tour in enumerate(mine) if number not in leaving]
    coming = _affordable(model, [other[number] for number in order], staying)
    taken = _marked(coming, item)
    kept = [Tour(tour.clients[~taken[item[tour.clients]]], tour.kind) for tour in staying]
    mixed = [*coming, *(tour for tour in kept if _may_leave(model, tour))]
    lost = np.flatnonzero((left | _marked(staying, item)) & ~_marked(mixed, item))
    changed = [tour.clients for tour in _new(mixed, mine)]
    return Exchange(mixed, lost.astype(np.uint16), np.unique(np.concatenate([lost, *changed])).astype(np.int64))


def _items(model: Model) -> Int64:
    """What each client is a visit to: himself, or the first client of his group [N]."""
    return np.arange(model.n_nodes) if model.fleet is None else model.fleet.group


def _affordable(model: Model, coming: list[Tour], staying: list[Tour]) -> list[Tour]:
    """Those of ``coming`` for which there is a vehicle beside ``staying``."""
    if model.fleet is None:
        return coming
    left = model.fleet.limits[:, COUNT].copy()
    np.subtract.at(left, [tour.kind for tour in staying], 1)
    found = []
    for tour in coming:
        if left[tour.kind] > 0:
            left[tour.kind] -= 1
            found.append(tour)
    return found


def _may_leave(model: Model, tour: Tour) -> bool:
    """Whether there are clients, and a vehicle may drive to the first of them."""
    if not len(tour.clients):
        return False
    start = 0 if model.fleet is None else model.fleet.doors[tour.kind, START]
    return bool(model.problem.cost[start, tour.clients[0]] < NEVER)


def _count(tours: list[Tour], random: np.random.Generator) -> int:
    """How many routes an exchange takes."""
    mean_size = sum(len(tour.clients) for tour in tours) / len(tours)
    most = min(EXCHANGED * len(tours), EXCHANGED_CLIENTS / mean_size)
    return 1 + int(random.integers(max(1, int(most))))


def _nearest(tours: list[Tour], near: Nodes, count: int) -> list[int]:
    """Numbers of the first routes that a list of near clients meets."""
    route_of = {client: number for number, tour in enumerate(tours) for client in tour.clients.tolist()}
    met = dict.fromkeys(route_of[client] for client in near.tolist() if client in route_of)
    return list(met)[:count]


def _marked(tours: list[Tour], item: Int64) -> NDArray[np.bool_]:
    """Whether tours visit each item [N]."""
    marks = np.zeros(len(item), np.bool_)
    for tour in tours:
        marks[item[tour.clients]] = True
    return marks


def _new(tours: list[Tour], old: list[Tour]) -> list[Tour]:
    """Routes that are not some old one in another order."""
    known = {_contents(tour) for tour in old}
    return [tour for tour in tours if _contents(tour) not in known]


def _contents(tour: Tour) -> tuple[int, frozenset[int]]:
    return tour.kind, frozenset(tour.clients.tolist())
