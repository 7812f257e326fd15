"""Jobs on a Ray cluster, or on a Ray runtime of this machine: ``pip install routewright[ray]``.

A job travels with the files it reads, so that the machines of a cluster need nothing but Routewright and the solvers,
in the same versions. Each job is a process of its own there too. Ray begins a job anew whose worker was killed.
"""

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from pathlib import Path

from routewright.compare.functions import HERE
from routewright.compare.job import Job
from routewright.compare.machine import this_machine, without_paths
from routewright.compare.record import Outcome
from routewright.compare.reference import sources
from routewright.compare.workers import Local
from routewright.data.errors import RoutewrightError
from routewright.policies.cards import FOLDER, card_file, found_at, weights_file
from routewright.solvers.cluster import Cluster

Contents = dict[str, bytes]
"""Files by their names."""


class Ray:
    """Workers of a Ray runtime, which is entered when it is made.

    Args:
        address: such as ``ray://HOST:PORT``; ``local`` starts a runtime here.
        count: jobs at a time.

    Raises:
        RoutewrightError: if Ray is not installed, or there is no cluster at the address.
    """

    def __init__(self, address: str, count: int) -> None:
        self._cluster, self._count = Cluster(address, count), count

    def ended(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Begin the jobs in their order; each and its outcome in the order in which they end.

        Raises:
            RoutewrightError: if a solver is a function that only this process can call.
        """
        left, running = iter(jobs), dict[Future[Outcome], Job]()
        try:
            while True:
                while len(running) < self._count and (job := next(left, None)) is not None:
                    running[self._cluster.submit(run_shipped, *shipped(job))] = job
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), _outcome(future)
        finally:
            if running:
                self._cluster.end_running()


def _outcome(future: Future[Outcome]) -> Outcome:
    error = future.exception()
    if error is None:
        return future.result()
    cause = getattr(error, "cause", None) or error  # what Ray's own error wraps
    return Outcome(error=without_paths(f"{type(cause).__name__}: {cause}".splitlines()[0])[:300])


def shipped(job: Job) -> tuple[str, Contents]:
    """A job as text, its paths cut to names, and the files of these names: instances, routes, code and policies.

    Raises:
        RoutewrightError: if the solver is a function that only this process can call.
    """
    if job.solver.module.startswith(HERE):
        raise RoutewrightError(
            f"solver {job.solver.name!r} cannot travel to a cluster: it must be a function at the top of a module or "
            "script, by its own name"
        )
    place, mark, function = job.solver.module.partition(":")
    code = [Path(place)] if place.endswith(".py") else []
    weights = _weights(job.solver.words)
    known = [file for path in job.files for file in reversed(sources(path))]  # of one name, the nearest comes last
    files = [*known, *job.files, *code, *weights]
    module = f"{code[0].name}{mark}{function}" if code else job.solver.module
    words = weights[0].stem if weights else job.solver.words
    bare = replace(
        job,
        solver=replace(job.solver, module=module, words=words),
        instance=Path(job.instance.name),
        batch=tuple(Path(path.name) for path in job.batch),
    )
    return bare.to_json(), {file.name: file.read_bytes() for file in files}


def run_shipped(text: str, contents: Contents) -> Outcome:
    """Run a job that came with its files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in contents.items():
            (folder / file).write_bytes(content)
        bare = Job.from_json(text)
        module, words = bare.solver.module, bare.solver.words
        if module.partition(":")[0].endswith(".py"):
            module = str(folder / module)
        if f"{words}.json" in contents:
            words = str(folder / words)
        job = replace(
            bare,
            solver=replace(bare.solver, module=module, words=words),
            instance=folder / bare.instance,
            batch=tuple(folder / path for path in bare.batch),
        )
        outcome = next(outcome for _, outcome in Local().ended([job]))
        return replace(outcome, where=this_machine())


def _weights(words: str) -> list[Path]:
    """Card and weights of a policy of the user's; those that ship are there already."""
    if not words:
        return []
    stem = found_at(words)
    files = [card_file(stem), weights_file(stem)]
    return files if stem.parent != FOLDER and all(file.is_file() for file in files) else []
