"""Several threads on one instance: each anneals with a seed of its own, then they breed and combine together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import NamedTuple, Protocol

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Pace, cooling_of, mean_arc
from routewright.solvers.search.combine import Combiner
from routewright.solvers.search.flat import kinds
from routewright.solvers.search.genetic import Genetic, suits
from routewright.solvers.search.kernel.model import FAR, Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.phases import Phases, Task, habit
from routewright.solvers.search.pool import Member, Pool
from routewright.solvers.search.population import Population
from routewright.solvers.search.session import Session, max_routes


class Found(Protocol):
    """Who has found a solution: a session, or a genetic search."""

    @property
    def best_total(self) -> int:
        """Cost in whole units; FAR and more where clients are left out that must be served."""

    @property
    def best_flat(self) -> Nodes:
        """Clients with the kind of the vehicle after each route."""


class Board:
    """The best solution of all threads, reported to the monitor as it improves."""

    def __init__(self, model: Model, monitor: Monitor) -> None:
        self._model = model
        self._monitor = monitor
        self._lock = Lock()
        self.total: int | None = None
        self.flat: Nodes | None = None

    def offer(self, found: Found, iterations: int) -> None:
        """Take what was found if it is better than all before."""
        total = found.best_total
        with self._lock:
            if self.total is not None and total >= self.total:
                return
            self.total = total
            self.flat = found.best_flat
        if total < FAR:
            self._monitor.improved(self._model.reported(total), iterations)


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
    room = max_routes(model, len(kinds(start, model.first)))
    shared = Shared(Board(model, monitor), Pool(model.first), Population(model.n_nodes))
    breeds = suits(model)

    def member(number: int) -> int:
        session = Session(model, seed + number * 7919, room)
        phases = Phases(monitor, habit(model), model.n_visits, threads, done, breeds=breeds)
        return _run(session, start, monitor, phases, shared, done)

    if threads == 1:
        last = member(0)
    else:
        with ThreadPoolExecutor(threads) as executor:
            last, *_ = executor.map(member, range(threads))
    assert shared.board.flat is not None
    return shared.board.flat, last


def _run(session: Session, start: Nodes, monitor: Monitor, phases: Phases, shared: Shared, done: int) -> int:
    board, pool, population = shared
    session.load_flat(start)
    first = _member(session)
    board.offer(session, done)
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
            if genetic is not None and genetic.best_total < FAR:
                pool.add(_member(genetic))
            if now.task is Task.ANNEAL:
                session.load_flat(start)
            elif not pool.members:  # no annealing has ended yet with routes that keep all limits
                pool.add(first)
        if now.task is Task.ANNEAL:
            done += pace.run(session, done, unit * cooling.at(now.share))
            board.offer(session, done)
        elif now.task is Task.BREED:
            genetic = genetic or Genetic(session.model, session.seed, population)
            done += genetic.step()
            board.offer(genetic, done)
        else:
            done += combiner.step(monitor, done)
            board.offer(session, done)
        before = now
    return done


def _member(found: Found) -> Member:
    return Member(found.best_total, found.best_flat)
