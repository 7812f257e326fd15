"""Jobs over several processes, some of which are killed."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Thread

import pytest

from routewright.compare import child
from routewright.compare.child import LostError
from routewright.compare.functions import function_spec
from routewright.compare.job import Job, SolverSpec
from routewright.compare.journal import read_records
from routewright.compare.record import Outcome
from routewright.compare.runner import run
from routewright.compare.workers import Local
from routewright.solvers.cluster import MAX_LOSSES
from tests.compare import made
from tests.compare.functions_of_ours import broken
from tests.compare.square import SINGLE_ROUTES_COST, write_square

FAKE = str(Path(__file__).with_name("fake_solver.py"))


def jobs(folder: Path, names: str) -> list[Job]:
    return [made.job(folder, name=name) for name in names]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_job_ends_once_whatever_the_number_of_workers(count: int, tmp_path: Path) -> None:
    asked = jobs(tmp_path, "ABCDEFG")
    ended = [job.instance.stem for job, _ in Local(count, lambda job: made.outcome()).ended(asked)]
    assert sorted(ended) == list("ABCDEFG")


def test_so_many_run_at_a_time_and_begin_in_their_order(tmp_path: Path) -> None:
    begun: list[str] = []
    at_once: list[int] = []
    running: set[str] = set()

    def slow(job: Job) -> Outcome:
        begun.append(job.instance.stem)
        running.add(job.instance.stem)
        at_once.append(len(running))
        time.sleep(0.05)
        running.discard(job.instance.stem)
        return made.outcome()

    assert len(list(Local(2, slow).ended(jobs(tmp_path, "ABCDEF")))) == 6
    assert begun == list("ABCDEF")
    assert max(at_once) == 2


@pytest.mark.parametrize("count", [1, 2])
def test_what_a_killed_worker_was_at_is_begun_anew(count: int, tmp_path: Path) -> None:
    calls: Counter[str] = Counter()

    def killed_once(job: Job) -> Outcome:
        calls[job.instance.stem] += 1
        if job.instance.stem == "B" and calls["B"] == 1:
            raise LostError("ended by signal 9")
        return made.outcome()

    run(jobs(tmp_path, "ABC"), tmp_path / "runs.jsonl", workers=Local(count, killed_once))
    records = read_records(tmp_path / "runs.jsonl")
    assert sorted(record.instance for record in records) == ["A", "B", "C"]
    assert not any(record.error for record in records)
    assert calls == {"A": 1, "B": 2, "C": 1}


def test_a_job_whose_workers_are_killed_again_and_again_is_a_crash(tmp_path: Path) -> None:
    calls = []

    def killed(job: Job) -> Outcome:
        calls.append(job)
        raise LostError("ended by signal 9")

    report = run(jobs(tmp_path, "A"), tmp_path / "runs.jsonl", workers=Local(1, killed))
    assert len(calls) == MAX_LOSSES
    assert report.failed == (made.job(tmp_path).key,)
    assert "ended by signal 9" in read_records(tmp_path / "runs.jsonl")[0].error


def test_a_real_process_that_is_killed_loses_nothing_and_counts_once(tmp_path: Path) -> None:
    square = write_square(tmp_path)
    asked = [Job(SolverSpec("fake", FAKE), square, seed, 0.3) for seed in (1, 2, 3)]
    killed: list[int] = []

    def kill_the_first() -> None:
        while not killed:
            for process in tuple(child._running):
                os.kill(process.pid, signal.SIGKILL)
                killed.append(process.pid)
            time.sleep(0.01)

    killer = Thread(target=kill_the_first)
    killer.start()
    report = run(asked, tmp_path / "runs.jsonl", workers=Local(2), attempts=1)
    killer.join()
    assert killed
    records = read_records(tmp_path / "runs.jsonl")
    assert sorted(record.seed for record in records) == [1, 2, 3]
    assert {record.cost for record in records} == {SINGLE_ROUTES_COST}
    assert (report.done, report.failed) == (3, ())


def test_processes_end_with_the_one_that_waits_for_them(tmp_path: Path) -> None:
    job = Job(SolverSpec("fake", FAKE), write_square(tmp_path), 1, 60.0)
    command = [sys.executable, "-m", "routewright.compare.child", str(tmp_path / "answer")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        process.stdin.write(job.to_json() + "\n")
        process.stdin.close()  # as when we are killed
        assert process.wait(timeout=50) == 1


def test_what_a_function_here_raises_is_an_error_of_its_run(tmp_path: Path) -> None:
    here = function_spec(lambda instance, time_limit, seed: broken(instance, time_limit, seed), "mine")
    report = run([Job(here, write_square(tmp_path), 1, 0.1)], tmp_path / "runs.jsonl")
    assert len(report.failed) == 1
    assert read_records(tmp_path / "runs.jsonl")[0].error == "RuntimeError: no idea"
