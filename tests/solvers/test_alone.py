"""Kernels are compiled by one process at a time."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from routewright.solvers.alone import alone

HOLDER = """
import sys, time
from pathlib import Path
from routewright.solvers.alone import alone
with alone(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(lock: Path, seconds: float) -> "subprocess.Popen[str]":
    """A process that is in there."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, lock, str(seconds)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def test_another_process_is_waited_for(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with holder(tmp_path / "lock", 0.5):
        start = time.perf_counter()
        with alone(tmp_path / "lock"):
            assert time.perf_counter() - start > 0.4


def test_one_that_was_killed_is_not(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with holder(tmp_path / "lock", 60) as other:
        other.kill()
        start = time.perf_counter()
        with alone(tmp_path / "lock"):
            assert time.perf_counter() - start < 30


def test_without_such_locks_nobody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with alone(tmp_path / "lock"), alone(tmp_path / "lock"):
        assert not (tmp_path / "lock").exists()
