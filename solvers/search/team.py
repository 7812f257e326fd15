"""Several threads on one instance: each anneals with a seed of its own, then they combine what all found."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Pace, cooling_of, mean_arc
from routewright.solvers.search.combine import Combiner
from routewright.solvers.search.flat import kinds
from routewright.solvers.search.kernel.model import Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.phases import Phases, Task, habit
from routewright.solvers.search.pool import Member, Pool
from routewright.solvers.search.session import Session, max_routes


class Board:
    """The best solution of all threads, reported to the monitor as it improves."""

    def __init__(self, model: Model, monitor: Monitor) -> None:
        self._model = model
        self._monitor = monitor
        self._lock = Lock()
        self.total: int | None = None
        self.flat: Nodes | None = None

    def offer(self, session: Session, iterations: int) -> None:
        """Take the session's best if it is better than all before."""
        with self._lock:
            if self.total is not None and session.best_total >= self.total:
                return
            self.total = session.best_total
            self.flat = session.best_flat
        if session.is_complete:
            self._monitor.improved(self._model.reported(session.best_total), iterations)


def search(model: Model, start: Nodes, monitor: Monitor, seed: int, threads: int, done: int = 0) -> tuple[Nodes, int]:
    """Anneal from ``start``, and combine, until ``monitor.done``.

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
    board = Board(model, monitor)
    pool = Pool(model.first)

    def member(number: int) -> int:
        session = Session(model, seed + number * 7919, room)
        phases = Phases(monitor, habit(model), model.n_visits, threads, done)
        return _run(session, start, monitor, phases, pool, board, done)

    if threads == 1:
        last = member(0)
    else:
        with ThreadPoolExecutor(threads) as executor:
            last, *_ = executor.map(member, range(threads))
    assert board.flat is not None
    return board.flat, last


def _run(session: Session, start: Nodes, monitor: Monitor, phases: Phases, pool: Pool, board: Board, done: int) -> int:
    session.load_flat(start)
    first = Member(session.best_total, session.best_flat)
    board.offer(session, done)
    unit = mean_arc(session)
    pace = Pace(monitor)
    cooling = cooling_of(session.model)
    combiner = Combiner(session, pool, pace, unit)
    before = phases.at(done)
    while not monitor.done(done):
        now = phases.at(done)
        if before.task is Task.ANNEAL and now[:2] != before[:2] and session.is_sound:
            pool.add(Member(session.best_total, session.best_flat))
        if now.task is Task.COMBINE:
            if not pool.members:  # no annealing has ended yet with routes that keep all limits
                pool.add(first)
            done += combiner.step(monitor, done)
        else:
            if now[:2] != before[:2]:
                session.load_flat(start)
            done += pace.run(session, done, unit * cooling.at(now.share))
        board.offer(session, done)
        before = now
    return done
