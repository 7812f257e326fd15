"""A comparison that is killed in the middle and begun again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from routewright.compare.comparing import compare_solvers
from routewright.compare.table import Row
from tests.compare.square import BEST, write_square

FAKE = Path(__file__).with_name("fake_solver.py")
SECONDS = 0.05


def ask(folder: Path, results: Path) -> list[str]:
    """The command; its answers depend on nothing but the instance."""
    words = ["--solvers", str(FAKE), "--time-limit", f"{SECONDS},{2 * SECONDS}", "--seeds", "2", "--attempts", "1"]
    return [sys.executable, "-m", "routewright", "compare", str(folder), *words, "--results", str(results), "--quiet"]


def told(rows: tuple[Row, ...]) -> list[tuple[object, ...]]:
    return sorted((row.instance, row.solver, row.budget, row.seed, row.cost, row.gap) for row in rows)


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_the_table_is_that_of_an_uninterrupted_comparison(tmp_path: Path) -> None:
    folder, results = tmp_path / "set", tmp_path / "runs.jsonl"
    folder.mkdir()
    write_square(folder, "one", solution=BEST)
    write_square(folder, "two", capacity=3)
    with subprocess.Popen(ask(folder, results), start_new_session=True) as process:
        while lines(results) < 3:
            assert process.poll() is None
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
    before = results.read_bytes()
    with results.open("ab") as stream:
        stream.write(before[:40])  # as if it had been killed while it wrote
    limits = (SECONDS, 2 * SECONDS)
    again = compare_solvers(folder, str(FAKE), time_limit=limits, seeds=2, results=results, attempts=1)
    whole = compare_solvers(folder, str(FAKE), time_limit=limits, seeds=2, attempts=1)
    assert (again.report.done, again.report.skipped) == (8 - before.count(b"\n"), before.count(b"\n"))
    assert results.read_bytes().startswith(before)
    assert told(again.rows) == told(whole.rows)
    assert len(again.rows) == 8
