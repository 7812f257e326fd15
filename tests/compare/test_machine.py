import os
import socket
import subprocess
import sys

import pytest

from routewright.compare.machine import context, peak_memory_mib, single_thread, without_paths


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("/home/ann/benchmarks/quality.py --set x8", "quality.py --set x8"),
        ("quality.py --instances /data/X /data/more/A.vrp", "quality.py --instances X A.vrp"),
        ("FormatError: /some/a/b.vrp:3: no depot", "FormatError: b.vrp:3: no depot"),
        ("benchmarks/quality.py --budgets 1/3", "benchmarks/quality.py --budgets 1/3"),
        ("open '/srv/x/y.txt'", "open 'y.txt'"),
    ],
)
def test_absolute_paths_are_cut_to_their_last_part(text: str, kept: str) -> None:
    assert without_paths(text) == kept


def test_the_context_does_not_name_the_host() -> None:
    assert socket.gethostname() not in repr(context())


def test_libraries_of_a_child_keep_to_one_thread() -> None:
    code = "import numba; print(numba.config.NUMBA_NUM_THREADS)"
    environment = os.environ | single_thread()
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_memory_is_told_in_mebibytes() -> None:
    peak = peak_memory_mib()
    assert peak is None or 5 < peak < 100_000
