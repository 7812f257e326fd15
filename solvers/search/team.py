"""Several threads on one instance: each anneals with a seed of its own, and the best is shared."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import anneal
from routewright.solvers.search.kernel.model import Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.session import Routes, Session

MEETINGS = (0.6, 0.8)
"""Elapsed shares at which every thread goes on from the best solution of all."""


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


def search(model: Model, start: Routes, monitor: Monitor, seed: int, threads: int) -> tuple[Nodes, int]:
    """Anneal from ``start`` until ``monitor.done``.

    Returns:
        (best solution: clients with a 0 after each route, iterations of the first thread).
    """
    board = Board(model, monitor)

    def member(number: int) -> int:
        session = Session(model, seed + number * 7919, max_routes(model, start))
        session.load(start)
        board.offer(session, 0)
        meetings = list(MEETINGS) if threads > 1 else []

        def after_slice(done: int) -> None:
            if meetings and monitor.share(done) >= meetings[0]:
                meetings.pop(0)
                if board.flat is not None:
                    session.load_flat(board.flat)
            board.offer(session, done)

        return anneal(session, monitor, after_slice)

    if threads == 1:
        done = member(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            done, *_ = pool.map(member, range(threads))
    assert board.flat is not None
    return board.flat, done


def max_routes(model: Model, routes: Routes) -> int:
    """Room for routes beyond those there are."""
    return min(model.problem.fleet, len(routes) + max(10, len(routes) // 3))
