"""Run one job in a fresh process with one thread, so that no run inherits another's memory or cache."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from routewright.compare.job import Job
from routewright.compare.machine import single_thread, without_paths
from routewright.compare.record import Outcome, as_pairs

PATIENCE = 600.0
"""Seconds a process may take beyond four budgets: reading, a first compilation, judging."""

KILLS = {getattr(signal, name) for name in ("SIGKILL", "SIGTERM") if hasattr(signal, name)}
"""Signals by which a process is ended from outside; those of its own mistakes are others."""

_running: set[subprocess.Popen[str]] = set()


class LostError(Exception):
    """The process of a job was killed from outside, which says nothing about the job."""


def run_in_child(job: Job) -> Outcome:
    """Execute a job elsewhere; a crash or a hang becomes an outcome with an error.

    Raises:
        LostError: if the process was killed.
    """
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "outcome.json"
        command = [sys.executable, "-m", "routewright.compare.child", str(answer)]
        seconds = 4 * job.budget + PATIENCE
        try:
            code, complaints = _run(command, job, seconds)
        except subprocess.TimeoutExpired:
            return Outcome(error=f"no answer after {seconds:g} s")
        if -code in KILLS:
            raise LostError(f"ended by signal {-code}")
        if code != 0 or not answer.exists():
            return Outcome(error=_last_line(complaints) or f"exit code {code}")
        return _outcome(answer.read_text(encoding="utf-8"))


def end_children() -> None:
    """End the processes of jobs that this process waits for."""
    for process in tuple(_running):
        process.kill()


def _run(command: list[str], job: Job, seconds: float) -> tuple[int, str]:
    """Exit code and complaints. The input stays open while we live: its end tells the child that we are gone."""
    environment = os.environ | single_thread()
    if not job.batch:  # CPU seconds are what is compared
        environment["CUDA_VISIBLE_DEVICES"] = ""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
        process = subprocess.Popen(  # noqa: S603 (our own module)
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints, env=environment, text=True
        )
        _running.add(process)
        try:
            assert process.stdin is not None
            process.stdin.write(job.to_json() + "\n")
            process.stdin.flush()
            code = process.wait(timeout=seconds)
        except BrokenPipeError:  # it ended before it read
            code = process.wait(timeout=seconds)
        finally:
            process.kill()
            process.wait()
            _running.discard(process)
            _close(process)
        complaints.seek(0)
        return code, complaints.read()


def _close(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        process.stdin.close()


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return without_paths(lines[-1])[:300] if lines else ""


def _outcome(text: str) -> Outcome:
    values = json.loads(text)
    for name in ("violations", "unsupported"):
        values[name] = tuple(values[name])
    return Outcome(**as_pairs(values))


def _leave_with_parent() -> None:
    """Wait for the end of the input, that is of the process that asked, and end at once."""
    os.read(sys.stdin.fileno(), 1)  # sys.stdin.read would hold a lock that a crash waits for
    os._exit(1)


def main() -> None:
    """Read a job from standard input and write its outcome to the file named on the command line."""
    from routewright.compare.execute import execute

    job = Job.from_json(sys.stdin.readline())
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    outcome = execute(job)
    Path(sys.argv[1]).write_text(json.dumps(asdict(outcome), allow_nan=False), encoding="utf-8")
    sys.stderr.flush()
    os._exit(0)  # without waiting for the thread that reads


if __name__ == "__main__":
    main()
