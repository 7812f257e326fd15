"""Run a list of jobs to a results file, from wherever an earlier sitting stopped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from routewright.compare.child import run_in_child
from routewright.compare.job import Job
from routewright.compare.journal import Journal, kept_by_us
from routewright.compare.machine import context
from routewright.compare.record import MAX_ATTEMPTS, Outcome, Record, record_of
from routewright.compare.workers import Execute, Local, Workers


@dataclass(frozen=True)
class Report:
    """What a sitting did, by the keys of its jobs.

    Attributes:
        done: runs of this sitting.
        skipped: jobs that were settled before.
        low_share: jobs that never had their core to themselves, whatever the number of attempts.
        failed: jobs that crashed; the next sitting tries them again.
    """

    done: int
    skipped: int
    low_share: tuple[str, ...]
    failed: tuple[str, ...]


def run(
    jobs: Iterable[Job],
    path: str | Path,
    *,
    execute: Execute = run_in_child,
    workers: Workers | None = None,
    attempts: int = MAX_ATTEMPTS,
    on_record: Callable[[Record], None] | None = None,
) -> Report:
    """Run the jobs in their order and append each as one JSON line when it ends.

    Jobs that the file holds already are skipped. Runs whose share of a core was below ``MIN_SHARE``
    are run again when the others are through, at most ``attempts`` times in all: what disturbed
    them may be gone by then. This process alone writes the file, whoever runs the jobs.

    Args:
        jobs: what to run, as ``plan`` orders it.
        path: JSON lines, made or continued.
        execute: how to run one job: ``run_in_child`` (a fresh single-thread process) or
            ``routewright.compare.execute.execute`` (in this process, with the threads it has).
        workers: where; None is this machine, one job at a time.
        attempts: runs of a job, until one has its core to itself.
        on_record: called with each record after it is on disk.

    Raises:
        FormatError: if the file is none of runs, or another process writes to it.
    """
    with kept_by_us(Path(path)):
        return _run(jobs, path, workers or Local(execute=execute), attempts, on_record)


def _run(
    jobs: Iterable[Job], path: str | Path, workers: Workers, attempts: int, on_record: Callable[[Record], None] | None
) -> Report:
    todo, journal = list({job.key: job for job in jobs}.values()), Journal(path)
    skipped = sum(journal.settled(job.key, attempts) for job in todo)
    done, crashed = 0, set[str]()
    for _ in range(attempts):
        left = [job for job in todo if job.key not in crashed and not journal.settled(job.key, attempts)]
        for job, outcome in workers.ended(left):
            record = _append(job, outcome, journal)
            done += 1
            if record.error:
                crashed.add(job.key)
            if on_record is not None:
                on_record(record)
    return Report(done, skipped, _low_share(todo, journal), tuple(sorted(crashed)))


def _append(job: Job, outcome: Outcome, journal: Journal) -> Record:
    attempt = journal.attempts(job.key) + 1
    record = record_of(job, outcome, attempt=attempt, context=context())
    journal.append(record)
    return record


def _low_share(jobs: list[Job], journal: Journal) -> tuple[str, ...]:
    asked = {job.key for job in jobs}
    runs = [record for record in journal.records if record.key in asked and not record.error]
    fine = {record.key for record in runs if record.clean or record.unsupported}
    return tuple(sorted({record.key for record in runs} - fine))
