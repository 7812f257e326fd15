"""Many instances at once, over threads or processes."""

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from typing import Any

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.solvers.cluster import HERE, Cluster
from routewright.solvers.interrupt import interrupt_all
from routewright.solvers.preparing import prepare
from routewright.solvers.registry import Together, choose, load
from routewright.solvers.result import Failure, Result
from routewright.solvers.solve import check_arguments, check_whole, solve
from routewright.solvers.stop import Stop
from routewright.solvers.together import solve_together

__all__ = ["Failure", "solve_batch"]


def solve_batch(
    instances: Sequence[Instance],
    *,
    solver: str = "auto",
    time_limit: float | None = None,
    stop: Stop | None = None,
    seed: int = 0,
    threads: int = 1,
    workers: int = 1,
    processes: bool = False,
    cluster: str | None = None,
    progress: bool = False,
    on_result: Callable[[int, Result | Failure], None] | None = None,
) -> list[Result | Failure]:
    """Solve each of ``instances`` by itself, several at a time.

    An instance that fails does not take the others with it: a ``Failure`` stands in its place. Ctrl-C
    ends the batch: threads stop at once with the best they have, processes and clusters at the limit of the
    instance they are at; what was not begun is a failure too.

    A solver that is quicker with many at once, as ``neural`` is, takes instances of one size together: they share
    the sum of their times, and ``threads`` times ``workers`` threads.

    Args:
        instances: the problems.
        solver: as in ``solve``, for each instance.
        time_limit: seconds for each instance.
        stop: further limits for each instance; on CPU seconds only where each worker has a clock of its own.
        seed: of the random numbers, the same for each instance.
        threads: for each instance.
        workers: instances at a time.
        processes: whether workers are processes of their own. They use several cores even for what
            Python does itself, which tells below a second an instance; a script that asks for them
            needs ``if __name__ == "__main__":``.
        cluster: Ray's address of machines that work instead, such as ``ray://HOST:PORT``; ``local`` for a runtime of
            this machine. Routewright must be installed there, in the same version. Each instance is solved by itself.
        progress: whether to draw a bar on a terminal.
        on_result: called with the place of an instance and its result, in the order in which they end.

    Returns:
        Results and failures in the order of ``instances``.

    Raises:
        RoutewrightError: if an argument makes no sense for any instance, or there is no such cluster.
    """
    check_whole("workers", workers, 1)
    whole = check_arguments(time_limit, stop, seed, threads)
    at_once = cluster is None and solver != "auto" and isinstance(load(solver), Together)
    elsewhere = processes or cluster is not None
    found: list[Result | Failure] = [Failure("interrupted before it was begun") for _ in instances]
    with _bar(len(found), progress) as advance:

        def keep(place: int, outcome: Result | Failure) -> None:
            found[place] = outcome
            advance()
            if on_result is not None:
                on_result(place, outcome)

        if at_once:
            with suppress(KeyboardInterrupt):  # one that came while nothing was solved
                for outcomes in solve_together(solver, instances, whole, seed, threads * workers):
                    for place, outcome in outcomes:
                        found[place] = outcome  # all of them, before anything else can be interrupted
                    for place, outcome in outcomes:
                        keep(place, outcome)
        else:
            if stop is not None and stop.cpu is not None and workers > 1 and not elsewhere:
                raise RoutewrightError(
                    "stop: CPU seconds are those of all workers together; ask for processes, or limit wall"
                )
            one = partial(_attempt, solver=solver, time_limit=time_limit, stop=stop, seed=seed, threads=threads)
            if cluster in (None, HERE):
                _prepare(instances, solver, whole)
            with _executor(workers, processes, cluster, threads) as executor:
                _one_by_one(executor, one, instances, keep, found)
    return found


def _one_by_one(
    executor: Executor,
    one: Callable[[Instance], Result | Failure],
    instances: Sequence[Instance],
    keep: Callable[[int, Result | Failure], None],
    found: list[Result | Failure],
) -> None:
    places: dict[Future[Result | Failure], int] = {}
    try:
        places |= {executor.submit(one, instance): place for place, instance in enumerate(instances)}
        for future in as_completed(places):
            keep(places[future], _outcome(future))
    except BaseException as error:
        _end(places)
        if not isinstance(error, KeyboardInterrupt):
            raise
        for future, place in places.items():
            if not future.cancelled():
                found[place] = _outcome(future)


def _end(futures: Iterable[Future[Result | Failure]]) -> None:
    """Cancel what was not begun and wait for the rest, asking it to end."""
    running = [future for future in futures if not future.cancel()]
    while running:
        interrupt_all()  # again, should a run have begun since
        running = list(wait(running, timeout=0.1).not_done)


def _attempt(instance: Instance, **options: Any) -> Result | Failure:
    try:
        return solve(instance, **options)
    except RoutewrightError as error:
        return Failure.of(error)


def _outcome(future: Future[Result | Failure]) -> Result | Failure:
    error = future.exception()
    return future.result() if error is None else Failure.of(error)


def _executor(workers: int, processes: bool, cluster: str | None, threads: int) -> Executor:
    if cluster is not None:
        return Cluster(cluster, workers, threads)
    if processes:
        # A fork of a process with threads, such as those of numerical libraries, may hang.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_parent)
    return ThreadPoolExecutor(workers)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _prepare(instances: Sequence[Instance], solver: str, stop: Stop) -> None:
    """Compile, or write to disk for processes, before any clock starts."""
    for instance in instances:
        try:
            module = load(choose(solver, instance))
        except RoutewrightError:
            continue
        prepare(module, instance, stop)


@contextmanager
def _bar(total: int, wanted: bool) -> Iterator[Callable[[], None]]:
    """A bar on stderr; yields what moves it on by one."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, disable=not (wanted and console.is_terminal), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
