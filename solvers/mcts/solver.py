"""Tours by walks that a heatmap guides and that learn from what pays, again and again from new beginnings."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers import lk
from routewright.solvers.answer import Answer
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

WALKS = 2_000
"""Of a slice where only their number is limited, so that runs repeat exactly."""


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
    if not reasons and instance.distances is not None:
        ways = instance.distances[instance.vehicle_types[0].profile]
        if not np.array_equal(ways, ways.T):
            reasons.append("ways that differ there and back")
    return reasons


def prepare(instance: Instance) -> None:
    """Compile kernels, or load them from disk."""
    lk.prepare(instance)
    tiny = Instance.build(coords=np.arange(2.0 * FEWEST).reshape(-1, 2) ** 2, vehicles=1)
    run(tiny, Monitor(Stop(iterations=1)))


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
    """
    if instance.n_clients + 1 < FEWEST:
        return lk.run(instance, monitor, seed=seed, threads=threads, initial_solution=initial_solution)
    asked = problem(instance)
    given = _settings(asked, curiosity=curiosity, reward=reward, walks=walks, candidates=candidates, depth=depth)
    guide = _guide(asked, heatmap, given.candidates)
    patience = given.walks * len(asked.nodes)
    session = Session(asked.asked, guide, Settings(given.curiosity, given.reward, given.depth, patience), seed)
    start = order_of(instance, initial_solution)
    return _Run(instance, asked, session, monitor).finish(None if start is None else asked.of_places(start))


def _settings(asked: Problem, **given: float | None) -> Tuned:
    """Those tuned for the number of cities, but for what is given.

    Raises:
        RoutewrightError: if a number makes no sense.
    """
    tuned = [row for row in TUNED if row.cities <= len(asked.nodes)][-1]
    for name, value in given.items():
        least = 0 if name in {"curiosity", "reward"} else 1
        if value is not None and (isinstance(value, (bool, str)) or not value >= least):
            raise RoutewrightError(f"mcts: {name} is {value!r}, must be a number >= {least}")
    return tuned._replace(
        **{name: type(getattr(tuned, name))(value) for name, value in given.items() if value is not None}
    )


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
        self._pace = Pace(monitor, least=100, fixed=WALKS)

    def finish(self, first: "np.ndarray[tuple[int, ...], np.dtype[np.int32]] | None") -> Answer:
        """The best tour when the monitor is done."""
        session, done = self._session, 0
        session.begin(first)
        self._report(0)
        while not self._monitor.done(done):
            if session.stuck:
                session.begin()
            before = session.walks
            self._pace.run(session, done, 0.0)
            done += max(1, session.walks - before)
            self._report(done)
        return Answer(solution_of(self._asked.order(session.best)), done)

    def _report(self, done: int) -> None:
        if self._session.keep():
            self._monitor.improved(self._asked.raw(self._session.shortest) / self._instance.scale, done)
