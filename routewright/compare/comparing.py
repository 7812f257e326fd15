"""One call that compares solvers."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from routewright.compare.comparison import Comparison
from routewright.compare.files import instance_files
from routewright.compare.job import Job
from routewright.compare.journal import Journal, read_records
from routewright.compare.machine import for_one_run
from routewright.compare.objective import VEHICLES_FIRST
from routewright.compare.progress import RunProgress
from routewright.compare.question import BEST, Given, Question, seconds_of, seeds_of, specs_of
from routewright.compare.record import MAX_ATTEMPTS, Record
from routewright.compare.reference import best_known
from routewright.compare.reference_table import read_reference_costs
from routewright.compare.runner import Report, run
from routewright.compare.table import rows
from routewright.compare.workers import Local, Workers
from routewright.compare.yardstick import Yardstick, measured, yardsticks
from routewright.data.errors import RoutewrightError
from routewright.data.formats.read import read
from routewright.data.instance import Instance
from routewright.solvers.solve import check_whole


def compare_solvers(
    instances: str | Path | Instance | Iterable[str | Path | Instance],
    solvers: str | Sequence[Given] | Mapping[str, Given] = "auto",
    *,
    time_limit: float | Sequence[float] = 10.0,
    batch_limit: float | Sequence[float] = (),
    seeds: int | Iterable[int] = 1,
    workers: int = 1,
    cluster: str | None = None,
    reference: str | Path | Mapping[str, float] | None = None,
    results: str | Path | None = None,
    rounding: str = "auto",
    attempts: int = MAX_ATTEMPTS,
    progress: bool = False,
) -> Comparison:
    """Run each solver on each instance with each seed for the same CPU time, one thread each, and judge the answers.

    Solvers take turns, so that a machine that slows down slows all alike. With ``results`` the runs are kept: the
    same call goes on where an earlier one stopped, and no finished run is run again.

    Args:
        instances: files, folders, patterns such as ``"X/*.vrp"``, or instances.
        solvers: names as in ``solve`` (``"search"``, ``"ortools:strategy=savings"``, ``"neural:PATH"``), ``.py`` files
            or functions (``routewright.compare.functions``); one text may name several, with commas between them. A
            mapping gives them names.
        time_limit: CPU seconds, one or several; solvers that work the same whatever their limit run once, for the
            largest, and are read at the others.
        batch_limit: seconds for all instances together, one or several: a second kind of run, in tables of its own.
        seeds: how many, from 1 on, or which.
        workers: runs at a time; for tables to publish one, so that runs do not share caches and memory.
        cluster: address of a Ray cluster (``ray://HOST:PORT``) or ``local`` for a Ray runtime here; None is no Ray.
        reference: what gaps refer to: a CSV with columns ``instance`` and ``best_known``, or a mapping of such costs;
            ``"best"`` for the best cost found here. Published routes (``.sol``) beside an instance count where the
            table says nothing, and the best cost found here where neither does; None is these two alone.
        results: JSON lines, made or continued; None keeps them for this call only.
        rounding: as in ``read``.
        attempts: runs of a job, until one has a core to itself.
        progress: whether to show on a terminal how far it is.

    Raises:
        FormatError: if a file is no instance.
        RoutewrightError: if something else named is not there, or makes no sense.
    """
    if for_one_run():
        raise RoutewrightError(
            "compare_solvers is called at the top of a file that a run has to import: put the call below "
            "'if __name__ == \"__main__\":'"
        )
    place = _workers(workers, cluster)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = Path(results) if results is not None else folder / "results.jsonl"
        items = [instances] if isinstance(instances, (str, Path, Instance)) else list(instances)
        files, objects = instance_files(items, path.with_suffix(".instances"))
        asked = Question(
            specs_of(solvers),
            files,
            objects,
            seeds_of(seeds),
            seconds_of(time_limit),
            seconds_of(batch_limit),
            *_reference_costs(reference),
            rounding=rounding,
        )
        by = _published(asked, wanted=reference != BEST)  # reads all files: complains now, not after hours
        left = _left(asked.all_jobs, path, attempts)
        watch = stack.enter_context(RunProgress(len(left), shown=progress))
        report = run(asked.all_jobs, path, workers=place, attempts=attempts, on_record=watch)
        return _answer(asked, by, path, report)


def _answer(asked: Question, published: Mapping[str, Yardstick], path: Path, report: Report) -> Comparison:
    """Of the runs that were asked for; the file may hold others too."""
    there = read_records(path) if path.exists() else []
    single, batches = _of(there, asked.jobs), _of(there, asked.batches)
    fleets = {record.instance for record in single if record.objective == VEHICLES_FIRST}
    everything = rows(single, asked.budgets) if single else []
    table = [row for row in everything if row.instance not in fleets]
    costs = {file.stem: asked.costs[file.stem] for file in asked.files if file.stem in asked.costs}
    by = yardsticks(table, batches, costs, asked.source, published)
    by = {name: yardstick for name, yardstick in by.items() if name not in fleets}
    return Comparison(
        solvers=tuple(spec.label for spec in asked.specs),
        files={file.stem: file for file in asked.files},
        budgets=asked.budgets,
        records=tuple(single),
        batches=tuple(batches),
        rows=tuple(measured(table, by)),
        fleets=tuple(row for row in everything if row.instance in fleets),
        yardsticks=by,
        report=report,
        results=path,
        rounding=asked.rounding,
        given=asked.given,
    )


def _published(asked: Question, *, wanted: bool) -> dict[str, Yardstick]:
    """Costs of published routes.

    Raises:
        FormatError: if a file is no instance, or routes beside it are none.
        RoutewrightError: if a table of references names none of the instances.
    """
    names = {file.stem for file in asked.files}
    if asked.costs and not names & set(asked.costs):
        raise RoutewrightError(
            f"{asked.source} has costs of none of these instances: it names {next(iter(asked.costs))!r}, for example, "
            f"and there is {next(iter(names))!r}"
        )
    found = {}
    for file in asked.files:
        instance = read(file, rounding=asked.rounding)
        cost, source = best_known(file, instance) if wanted else (None, "")
        if cost is not None:
            found[file.stem] = Yardstick(cost, source)
    return found


def _left(jobs: Iterable[Job], path: Path, attempts: int) -> list[Job]:
    journal = Journal(path)
    return [job for job in {job.key: job for job in jobs}.values() if not journal.settled(job.key, attempts)]


def _of(records: Iterable[Record], jobs: Iterable[Job]) -> list[Record]:
    keys = {job.key for job in jobs}
    return [record for record in records if record.key in keys]


def _reference_costs(reference: str | Path | Mapping[str, float] | None) -> tuple[Mapping[str, float], str]:
    if reference is None or reference == BEST:
        return {}, ""
    if isinstance(reference, Mapping):
        return reference, "given"
    return read_reference_costs(reference), Path(reference).name


def _workers(count: int, cluster: str | None) -> Workers:
    check_whole("workers", count, 1)
    if cluster is None:
        return Local(count)
    from routewright.compare.ray_workers import Ray

    return Ray(cluster, count)
