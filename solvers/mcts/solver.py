"""Tours by walks that a heatmap guides and that learn from what pays.

The first tour is any, improved by exchanges of two ways and by walks from all cities until none pays. Where the authors
then begin another tour, we kick this one and walk from the cities that the kick has touched, at a temperature that
falls, as ``lk`` does: ten times closer to the best tour of 500 cities after five seconds.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers import lk
from routewright.solvers.answer import Answer
from routewright.solvers.lk.kernel.model import Cities
from routewright.solvers.lk.problem import Problem, problem
from routewright.solvers.lk.session import FEWEST
from routewright.solvers.lk.solver import order_of, solution_of
from routewright.solvers.mcts.guiding import by_distance, by_matrix
from routewright.solvers.mcts.heatmap import KNOWN, Floats, checked, from_file
from routewright.solvers.mcts.kernel.guide import Guide, Settings
from routewright.solvers.mcts.session import Session
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Pace
from routewright.solvers.stop import Stop
from routewright.solvers.tours import symmetric

WALKS = 2_000
"""Between two looks at the clock, before the first kick."""
KICKS = 50
"""Of a slice where only walks are limited, so that runs repeat exactly."""
HEAT = 1.0
"""Temperature at the beginning, in mean ways."""
CANDIDATES = 8
"""Of each city at least, where tours are kicked; the five that suit restarts were further from the best."""
TRIES = 5
"""Walks from each city that was touched."""


class Tuned(NamedTuple):
    """Settings that Pan et al. (2025) found best for so many cities and more.

    Attributes:
        cities: from which on they hold.
        curiosity: alpha.
        reward: beta.
        walks: per city that may fail in a row before another tour is begun.
        candidates: of each city.
        depth: ways of a walk.
    """

    cities: int
    curiosity: float
    reward: float
    walks: int
    candidates: int
    depth: int


TUNED = (Tuned(0, 0.0, 10.0, 5, 5, 200), Tuned(1_000, 1.0, 10.0, 5, 5, 200), Tuned(10_000, 0.0, 10.0, 10, 20, 200))


def supports(instance: Instance) -> list[str]:
    """Tours, the same there and back."""
    reasons = lk.supports(instance)
    if not reasons and not symmetric(instance):
        reasons.append("ways that differ there and back")
    return reasons


def prepare(instance: Instance, stop: Stop) -> None:
    """Compile kernels, or load them from disk."""
    lk.prepare(instance, stop)
    tiny = Instance.build(coords=np.arange(2.0 * FEWEST).reshape(-1, 2) ** 2, vehicles=1)
    run(tiny, Monitor(Stop(iterations=50 * FEWEST)))  # walks that fail, then kicks


def run(
    instance: Instance,
    monitor: Monitor,
    *,
    seed: int = 0,
    threads: int = 1,
    initial_solution: Solution | None = None,
    heatmap: "str | Floats" = "prior",
    curiosity: float | None = None,
    reward: float | None = None,
    walks: int | None = None,
    candidates: int | None = None,
    depth: int | None = None,
    restarts: bool = False,
) -> Answer:
    """Search until ``monitor.done``. An iteration is one walk.

    Args:
        instance: a tour.
        monitor: of the run.
        seed: of the random numbers.
        threads: one is used.
        initial_solution: the first tour to begin with.
        heatmap: ``prior`` (rank of the distance), ``softdist`` (softmax of distances), ``none``, the name of a .npy
            file, or [n, n] numbers, depot first: how likely each way is.
        curiosity: of the settings, as are the following; None for those tuned for the number of cities.
        reward: for ways that paid.
        walks: per city that may fail in a row.
        candidates: of each city.
        depth: ways of a walk.
        restarts: whether to begin another tour where walks fail, as the authors do, instead of kicking this one.
    """
    if instance.n_clients + 1 < FEWEST:
        return lk.run(instance, monitor, seed=seed, threads=threads, initial_solution=initial_solution)
    asked = problem(instance)
    if candidates is None and not restarts:
        candidates = max(CANDIDATES, _tuned(asked).candidates)
    given = _settings(asked, curiosity=curiosity, reward=reward, walks=walks, candidates=candidates, depth=depth)
    guide = _guide(asked, heatmap, given.candidates)
    patience = given.walks * len(asked.nodes)
    session = Session(asked.asked, guide, Settings(given.curiosity, given.reward, given.depth, patience, TRIES), seed)
    start = order_of(instance, initial_solution)
    found = _Run(instance, asked, session, monitor)
    found.descend(None if start is None else asked.of_places(start))
    return found.restart() if restarts else found.kick()


def _settings(asked: Problem, **given: float | None) -> Tuned:
    """Those tuned for the number of cities, but for what is given.

    Raises:
        RoutewrightError: if a number makes no sense.
    """
    tuned = _tuned(asked)
    for name, value in given.items():
        least = 0 if name in {"curiosity", "reward"} else 1
        if value is not None and (isinstance(value, (bool, str)) or not value >= least):
            raise RoutewrightError(f"mcts: {name} is {value!r}, must be a number >= {least}")
    return tuned._replace(
        **{name: type(getattr(tuned, name))(value) for name, value in given.items() if value is not None}
    )


def _tuned(asked: Problem) -> Tuned:
    return [row for row in TUNED if row.cities <= len(asked.nodes)][-1]


def _guide(asked: Problem, heatmap: "str | Floats", candidates: int) -> Guide:
    if isinstance(heatmap, str) and heatmap in KNOWN:
        return by_distance(asked, KNOWN[heatmap], candidates)
    cities = len(asked.nodes)
    heat = from_file(Path(heatmap), cities) if isinstance(heatmap, str) else checked(heatmap, cities)
    return by_matrix(heat, candidates)


class _Run:
    """One run; the session is at its start."""

    def __init__(self, instance: Instance, asked: Problem, session: Session, monitor: Monitor) -> None:
        self._instance, self._asked, self._session, self._monitor = instance, asked, session, monitor
        self._pace = Pace(monitor, least=5, fixed=KICKS)

    def descend(self, first: Cities | None = None) -> None:
        """To a tour that no walk makes shorter, from a given one or from any."""
        session, monitor = self._session, self._monitor
        session.begin(first)
        self._report()
        while not (session.stuck or monitor.done(session.walks)):
            session.walk(WALKS)
            self._report()

    def restart(self) -> Answer:
        """Again and again until the monitor is done."""
        while not self._monitor.done(self._session.walks):
            self.descend()
        return self._answer()

    def kick(self) -> Answer:
        """Kick the tour until the monitor is done."""
        session, monitor = self._session, self._monitor
        mean = self._asked.driven(session.length) / len(self._asked.nodes)
        kicks = 0
        while not monitor.done(session.walks):
            kicks += self._pace.run(session, kicks, HEAT * mean * (1.0 - monitor.share(session.walks)))
            self._report()
        return self._answer()

    def _answer(self) -> Answer:
        return Answer(solution_of(self._asked.order(self._session.best)), self._session.walks)

    def _report(self) -> None:
        if self._session.keep():
            cost = self._asked.raw(self._session.shortest) / self._instance.scale
            self._monitor.improved(cost, self._session.walks)
