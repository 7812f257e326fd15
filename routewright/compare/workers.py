"""Where jobs run: processes of this machine, or another machine's."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event, Lock
from typing import Protocol

from routewright.compare.child import LostError, end_children, run_in_child
from routewright.compare.functions import HERE
from routewright.compare.job import Job
from routewright.compare.machine import without_paths
from routewright.compare.record import Outcome
from routewright.solvers.cluster import MAX_LOSSES

Execute = Callable[[Job], Outcome]

_here = Lock()


class Workers(Protocol):
    """Whoever runs jobs; ``Local`` and ``ray_workers.Ray`` do."""

    def ended(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Begin the jobs in their order; each and its outcome in the order in which they end."""


class Local:
    """Processes of this machine.

    Args:
        count: jobs at a time.
        execute: how to run one.
    """

    def __init__(self, count: int = 1, execute: Execute = run_in_child) -> None:
        self._count, self._execute = count, execute
        self._stopping = Event()

    def ended(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Begin the jobs in their order; each and its outcome in the order in which they end."""
        self._stopping.clear()
        if self._count == 1:
            for job in jobs:
                yield job, self._attempt(job)
        else:
            yield from self._together(jobs)

    def _together(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        with ThreadPoolExecutor(self._count) as pool:
            futures: dict[Future[Outcome], Job] = {pool.submit(self._attempt, job): job for job in jobs}
            try:
                for future in as_completed(futures):
                    yield futures[future], future.result()
            finally:
                self._stopping.set()
                for future in futures:
                    future.cancel()
                if not all(future.done() for future in futures):
                    end_children()

    def _attempt(self, job: Job) -> Outcome:
        if job.solver.module.startswith(HERE):
            return _run_here(job)
        for _ in range(MAX_LOSSES):
            try:
                return self._execute(job)
            except LostError as loss:
                reason = str(loss)
                if self._stopping.is_set():
                    break
        return Outcome(error=f"its process was {reason}, {MAX_LOSSES} times")


def _run_here(job: Job) -> Outcome:
    """In this process, one at a time: its clock is that of all threads."""
    from routewright.compare.execute import execute

    with _here:
        try:
            return execute(job)
        except Exception as error:  # whatever a user's function raises
            return Outcome(error=without_paths(f"{type(error).__name__}: {error}".splitlines()[0])[:300])
