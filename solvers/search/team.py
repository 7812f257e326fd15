"""Several threads on one instance: each anneals with a seed of its own, then they breed and combine together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import NamedTuple

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Pace, cooling_of, mean_arc
from routewright.solvers.search.combine import Combiner
from routewright.solvers.search.genetic import Genetic, suits
from routewright.solvers.search.kernel.model import FAR, Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.phases import Phases, Task, habit
from routewright.solvers.search.pool import Member, Pool
from routewright.solvers.search.population import Population
from routewright.solvers.search.session import Session, begun


class Board:
    """The best solution of all threads, reported to the monitor as it improves."""

    def __init__(self, model: Model, monitor: Monitor) -> None:
        self._model = model
        self._monitor = monitor
        self._lock = Lock()
        self.best: Member | None = None

    def wants(self, total: int) -> bool:
        """Whether a solution of that cost would be the best so far."""
        best = self.best
        return best is None or total < best.total

    def offer(self, member: Member, iterations: int) -> None:
        """Take a solution if it is better than all before."""
        with self._lock:
            if not self.wants(member.total):
                return
            self.best = member
        if member.total < FAR:
            self._monitor.improved(self._model.reported(member.total), iterations)


class Shared(NamedTuple):
    """What threads have in common."""

    board: Board
    pool: Pool
    population: Population


def search(model: Model, start: Nodes, monitor: Monitor, seed: int, threads: int, done: int = 0) -> tuple[Nodes, int]:
    """Anneal from ``start``, breed and combine until ``monitor.done``.

    Args:
        model: what is asked.
        start: feasible routes: clients, after each route the kind of its vehicle.
        monitor: of the run.
        seed: of the first thread.
        threads: that work together.
        done: iterations before.

    Returns:
        (best solution, iterations up to the end of the first thread).
    """
    shared = Shared(Board(model, monitor), Pool(model.first), Population(model.n_nodes))

    def member(number: int) -> int:
        session = begun(model, seed + number * 7919, start)
        breeds = suits(model, session.best_total, session.problem.fleet)
        phases = Phases(monitor, habit(model), model.n_visits, threads, done, breeds=breeds)
        return _run(session, start, monitor, phases, shared, done)

    if threads == 1:
        last = member(0)
    else:
        with ThreadPoolExecutor(threads) as executor:
            last, *_ = executor.map(member, range(threads))
    assert shared.board.best is not None
    return shared.board.best.flat, last


def _run(session: Session, start: Nodes, monitor: Monitor, phases: Phases, shared: Shared, done: int) -> int:
    board, pool, population = shared
    first = _member(session)
    board.offer(first, done)
    unit = mean_arc(session)
    pace = Pace(monitor)
    cooling = cooling_of(session.model)
    combiner = Combiner(session, pool, pace, unit)
    genetic: Genetic | None = None
    before = phases.at(done)
    while not monitor.done(done):
        now = phases.at(done)
        if now[:2] != before[:2]:
            if before.task is Task.ANNEAL and session.is_sound:
                pool.add(_member(session))
            bred = None if genetic is None else genetic.best
            if bred is not None:
                pool.add(bred)
            if now.task is Task.ANNEAL:
                session.load_flat(start)
            elif not pool.members:  # no annealing has ended yet with routes that keep all limits
                pool.add(first)
        if now.task is Task.BREED:
            genetic = genetic or Genetic(session.model, session.seed, session.problem.fleet, population)
            done += genetic.step()
            bred = genetic.best if board.wants(genetic.best_total) else None
            if bred is not None:
                board.offer(bred, done)
        else:
            if now.task is Task.ANNEAL:
                done += pace.run(session, done, unit * cooling.at(now.share))
            else:
                done += combiner.step(monitor, done)
            if board.wants(session.best_total):
                board.offer(_member(session), done)
        before = now
    return done


def _member(session: Session) -> Member:
    return Member(session.best_total, session.best_flat)
