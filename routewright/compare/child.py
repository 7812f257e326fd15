"""Run one job in a fresh process with one thread, so that no run inherits another's memory or cache."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from routewright.compare.job import Job
from routewright.compare.machine import single_thread, without_paths
from routewright.compare.record import Outcome

PATIENCE = 600.0
"""Seconds a process may take beyond four budgets: reading, a first compilation, judging."""


def run_in_child(job: Job) -> Outcome:
    """Execute a job elsewhere; a crash or a hang becomes an outcome with an error."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "outcome.json"
        command = [sys.executable, "-m", "routewright.compare.child", str(answer)]
        try:
            done = subprocess.run(  # noqa: S603 (our own module)
                command,
                input=job.to_json(),
                env=os.environ | single_thread(),
                capture_output=True,
                text=True,
                timeout=4 * job.budget + PATIENCE,
            )
        except subprocess.TimeoutExpired as late:
            return Outcome(error=f"no answer after {late.timeout:g} s")
        if done.returncode != 0 or not answer.exists():
            return Outcome(error=_last_line(done.stderr) or f"exit code {done.returncode}")
        return _outcome(answer.read_text(encoding="utf-8"))


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return without_paths(lines[-1])[:300] if lines else ""


def _outcome(text: str) -> Outcome:
    values = json.loads(text)
    for name in ("violations", "unsupported"):
        values[name] = tuple(values[name])
    values["trajectory"] = tuple((cpu, cost) for cpu, cost in values["trajectory"])
    return Outcome(**values)


def main() -> None:
    """Read a job from standard input and write its outcome to the file named on the command line."""
    from routewright.compare.execute import execute

    outcome = execute(Job.from_json(sys.stdin.read()))
    Path(sys.argv[1]).write_text(json.dumps(asdict(outcome), allow_nan=False), encoding="utf-8")


if __name__ == "__main__":
    main()
