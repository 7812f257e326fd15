from pathlib import Path

import pytest

from routewright.compare import child
from routewright.compare.child import run_in_child
from routewright.compare.job import Job, SolverSpec
from routewright.compare.journal import read_records
from routewright.compare.runner import run
from tests.compare.square import BEST, BEST_COST, SINGLE_ROUTES_COST, write_square

FAKE = str(Path(__file__).with_name("fake_solver.py"))


def fake_job(path: Path, **options: str) -> Job:
    return Job(SolverSpec("fake", FAKE, options=options), path, 1, 0.05)


def test_a_run_in_another_process_brings_its_whole_outcome_home(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    job = fake_job(write_square(tmp_path, solution=BEST))
    run([job], path)
    last = read_records(path)[-1]
    assert last.settled()
    assert (last.cost, last.feasible, last.reference) == (SINGLE_ROUTES_COST, True, BEST_COST)
    assert last.key == job.key
    assert last.trajectory[0][1] == SINGLE_ROUTES_COST
    assert str(tmp_path) not in path.read_text()


def test_a_crash_comes_home_as_one_line_without_folders(tmp_path: Path) -> None:
    outcome = run_in_child(fake_job(write_square(tmp_path), trick="crash"))
    assert outcome.error == "RuntimeError: broken in file.py"
    assert outcome.cost is None


def test_a_process_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PATIENCE", 0.0)
    job = Job(SolverSpec("fake", FAKE), write_square(tmp_path), 1, 0.01)
    assert run_in_child(job).error == "no answer after 0.04 s"
