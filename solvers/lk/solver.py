"""Lin-Kernighan steps to a local optimum, then kicks, at a temperature that falls.

Where a tour was made longer by little, the next kicks begin from it by chance (Martin, Otto & Felten 1991), since what
they do elsewhere does not depend on it; the temperature is the mean way at the beginning and 0 at the end.
"""

from collections.abc import Sequence
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.lk.problem import Problem, problem
from routewright.solvers.lk.session import FEWEST, Session
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Pace
from routewright.solvers.stop import Stop

FIXED_SLICE = 500
"""Kicks of a slice where only their number is limited, so that runs repeat exactly."""
LOOKS = 2_000
"""Cities that a slice of the descent looks at."""
HEAT = 1.0
"""Temperature at the beginning, in mean ways."""
ENDLESS = 1_000
"""Kicks per city after which a run without limit begins to cool again."""


def run(
    instance: Instance, monitor: Monitor, *, seed: int = 0, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Search until ``monitor.done``. An iteration is one kick."""
    if instance.n_clients == 0:
        return Answer(Solution(), 0, bound=0.0)
    asked = problem(instance)
    if len(asked.nodes) < FEWEST:
        order = _shortest(instance, asked.nodes)
        monitor.improved(_cost(instance, order), 0)
        return Answer(solution_of(order), 0, bound=_cost(instance, order))
    given = order_of(instance, initial_solution)
    tour = asked.begin() if given is None else asked.of_places(given)
    return Run(instance, asked, Session(asked.asked, tour, seed), monitor).finish()


def prepare(instance: Instance, stop: Stop) -> None:
    """Compile kernels, or load them from disk."""
    asked = problem(Instance.build(coords=np.arange(2.0 * FEWEST).reshape(-1, 2) ** 2, vehicles=1))
    session = Session(asked.asked, asked.begin(), 0)
    session.descend(1)
    while session.descend(LOOKS):
        pass
    session.improve(1, 1.0)


class Run:
    """One run.

    Args:
        instance: that is solved.
        asked: as the kernels see it.
        session: at its start.
        monitor: of the run.
    """

    def __init__(self, instance: Instance, asked: Problem, session: Session, monitor: Monitor) -> None:
        self._instance, self._asked, self._session, self._monitor = instance, asked, session, monitor
        self._best, self._tour = session.length, session.tour
        self._pace = Pace(monitor, least=5, fixed=FIXED_SLICE)
        self._report(0)

    def finish(self) -> Answer:
        """The best tour when the monitor is done."""
        session, done = self._session, 0
        while session.descend(LOOKS):
            self._report(0)
            if self._monitor.done(0):
                break
        self._report(0)
        mean = self._asked.driven(session.length) / len(self._tour)
        while not self._monitor.done(done):
            done += self._pace.run(session, done, HEAT * mean * (1.0 - self._share(done)))
            self._report(done)
        return Answer(solution_of(self._asked.order(self._tour)), done)

    def _share(self, done: int) -> float:
        if self._pace.timed or self._monitor.stop.iterations is not None:
            return self._monitor.share(done)
        lap = ENDLESS * len(self._tour)
        return (done % lap) / lap

    def _report(self, done: int) -> None:
        """Remember the tour if it is the best so far."""
        if self._session.length < self._best or done == 0:
            self._best, self._tour = self._session.length, self._session.tour
            self._monitor.improved(self._asked.raw(self._best) / self._instance.scale, done)


def solution_of(order: Sequence[int] | NDArray[np.int64]) -> Solution:
    """The route through nodes in order, the depot first."""
    return Solution.from_routes([list(map(int, order[1:]))])


def order_of(instance: Instance, given: Solution | None) -> NDArray[np.int64] | None:
    """Places of a start in order; None where it is no whole tour."""
    if given is None or len(given) != 1 or sorted(given.routes[0].stops) != list(instance.clients):
        return None
    return np.array([0, *(node - instance.clients.start + 1 for node in given.routes[0].stops)])


def _shortest(instance: Instance, nodes: NDArray[np.int64]) -> list[int]:
    """The best order of a few nodes, the depot first."""
    rest = map(int, nodes[1:])
    return min(([0, *order] for order in permutations(rest)), key=lambda order: _cost(instance, order))


def _cost(instance: Instance, order: Sequence[int]) -> float:
    """Reported cost of a tour."""
    stops = np.array([*order, order[0]])
    vehicle = instance.vehicle_types[0]
    ways = instance.distance(stops[:-1], stops[1:], vehicle.profile)
    return float(vehicle.distance_cost * ways.sum() / instance.scale)
