"""Run a list of jobs to a results file, from wherever an earlier sitting stopped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from routewright.compare.child import run_in_child
from routewright.compare.job import Job
from routewright.compare.journal import Journal
from routewright.compare.machine import context
from routewright.compare.record import MAX_ATTEMPTS, Outcome, Record, record_of


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
    execute: Callable[[Job], Outcome] = run_in_child,
    on_record: Callable[[Record], None] | None = None,
) -> Report:
    """Run the jobs in their order, one at a time, and append each as one JSON line when it ends.

    Jobs that the file holds already are skipped. Runs whose share of a core was below ``MIN_SHARE``
    are run again when the others are through, at most ``MAX_ATTEMPTS`` times in all: what disturbed
    them may be gone by then.

    Args:
        jobs: what to run, as ``plan`` orders it.
        path: JSON lines, made or continued.
        execute: how to run one job: ``run_in_child`` (a fresh single-thread process) or
            ``routewright.compare.execute.execute`` (in this process, with the threads it has).
        on_record: called with each record after it is on disk.
    """
    todo, journal = list(jobs), Journal(path)
    skipped = sum(journal.settled(job.key) for job in todo)
    done, crashed = 0, set[str]()
    for _ in range(MAX_ATTEMPTS):
        for job in todo:
            if job.key in crashed or journal.settled(job.key):
                continue
            record = _attempt(job, journal, execute)
            done += 1
            if record.error:
                crashed.add(job.key)
            if on_record is not None:
                on_record(record)
    return Report(done, skipped, _low_share(todo, journal), tuple(sorted(crashed)))


def _attempt(job: Job, journal: Journal, execute: Callable[[Job], Outcome]) -> Record:
    attempt = journal.attempts(job.key) + 1
    record = record_of(job, execute(job), attempt=attempt, context=context())
    journal.append(record)
    return record


def _low_share(jobs: list[Job], journal: Journal) -> tuple[str, ...]:
    asked = {job.key for job in jobs}
    runs = [record for record in journal.records if record.key in asked and not record.error]
    fine = {record.key for record in runs if record.clean or record.unsupported}
    return tuple(sorted({record.key for record in runs} - fine))
