"""One call that compares solvers."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from routewright.compare.comparison import Comparison
from routewright.compare.files import instance_files
from routewright.compare.job import Job, SolverSpec, plan, plan_batches
from routewright.compare.journal import Journal, read_records
from routewright.compare.known import must_be_there, spec_of
from routewright.compare.progress import RunProgress
from routewright.compare.record import MAX_ATTEMPTS, Record
from routewright.compare.reference_table import read_reference_costs
from routewright.compare.runner import Report, run
from routewright.compare.table import rows
from routewright.compare.workers import Local, Workers
from routewright.compare.yardstick import measured, yardsticks
from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.solvers.solve import check_whole

Given = str | SolverSpec | Callable[..., Any]

BEST = "best"
"""As ``reference``: the best cost of the comparison, whatever is published."""


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
        RoutewrightError: if something named is not there, or makes no sense.
    """
    specs, budgets, batch_budgets = _specs(solvers), _seconds(time_limit), _seconds(batch_limit)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = Path(results) if results is not None else folder / "results.jsonl"
        kept = path.with_suffix(".instances") if results is not None else folder / "instances"
        files = instance_files([instances] if isinstance(instances, (str, Path, Instance)) else instances, kept)
        given, source = _reference_costs(reference)
        numbers = _seeds(seeds)
        jobs = plan(specs, files, seeds=numbers, budgets=budgets, rounding=rounding) if budgets else []
        batches = plan_batches(specs, files, seeds=numbers, budgets=batch_budgets, rounding=rounding)
        place = _workers(workers, cluster)
        watch = stack.enter_context(RunProgress(_left(jobs + batches, path, attempts), shown=progress))
        report = run(jobs + batches, path, workers=place, attempts=attempts, on_record=watch)
        watch.close()
        labels = [spec.label for spec in specs]
        return _comparison(
            labels, files, budgets, (jobs, batches), path, report, given, source,
            published=reference != BEST, rounding=rounding,
        )  # fmt: skip


def _comparison(
    labels: Sequence[str],
    files: Sequence[Path],
    budgets: tuple[float, ...],
    jobs: tuple[list[Job], list[Job]],
    path: Path,
    report: Report,
    given: Mapping[str, float],
    source: str,
    *,
    published: bool,
    rounding: str,
) -> Comparison:
    """Of the runs that were asked for; the file may hold others too."""
    there = read_records(path) if path.exists() else []
    single, batches = (_asked(there, each) for each in jobs)
    table = rows(single, budgets) if single else []
    by = yardsticks(table, batches, given, source, published=published)
    found = tuple(measured(table, by))
    names = {file.stem: file for file in files}
    return Comparison(
        tuple(labels), names, budgets, tuple(single), tuple(batches), found, by, report, path, rounding
    )  # fmt: skip


def _left(jobs: Iterable[Job], path: Path, attempts: int) -> int:
    journal = Journal(path)
    return sum(not journal.settled(key, attempts) for key in {job.key for job in jobs})


def _asked(records: Iterable[Record], jobs: Iterable[Job]) -> list[Record]:
    keys = {job.key for job in jobs}
    return [record for record in records if record.key in keys]


def _specs(solvers: str | Sequence[Given] | Mapping[str, Given]) -> list[SolverSpec]:
    if isinstance(solvers, str):
        solvers = [word for word in solvers.split(",") if word]
    if callable(solvers):
        solvers = [solvers]
    if isinstance(solvers, Mapping):
        found = [_called(spec_of(solver, name), name) for name, solver in solvers.items()]
    else:
        found = [spec_of(solver) for solver in solvers]
    if not found:
        raise RoutewrightError("no solvers are named")
    labels = [spec.label for spec in found]
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice is not None:
        raise RoutewrightError(f"solver {twice!r} is named twice; give a mapping from names to solvers")
    for spec in found:
        must_be_there(spec)
    return found


def _called(spec: SolverSpec, name: str) -> SolverSpec:
    """The spec by another name; its runs are kept apart from those of others that were once called so."""
    if "|" in name or not name:
        raise RoutewrightError(f"name of a solver is {name!r}, must be a word without |")
    own = f"{spec.module.rsplit('/', 1)[-1]} {spec.words} {spec.fingerprint}"
    return replace(spec, name=name, fingerprint=hashlib.sha256(own.encode()).hexdigest()[:8])


def _seconds(limits: float | Sequence[float]) -> tuple[float, ...]:
    given = limits if isinstance(limits, Sequence) else (limits,)
    for value in given:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
            raise RoutewrightError(f"time limit is {value!r}, must be a number of seconds > 0")
    return tuple(sorted({float(value) for value in given}))


def _seeds(seeds: int | Iterable[int]) -> list[int]:
    if isinstance(seeds, Iterable):
        found = list(dict.fromkeys(seeds))
        for seed in found:
            check_whole("seed", seed, 0)
        return found
    check_whole("seeds", seeds, 1)
    return list(range(1, seeds + 1))


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
