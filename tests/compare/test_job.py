from pathlib import Path

import pytest

from routewright.compare.job import Job, plan
from routewright.data.errors import RoutewrightError
from tests.compare import made


def test_solvers_take_turns_on_each_instance(tmp_path: Path) -> None:
    files = [made.instance_file(tmp_path, name) for name in "AB"]
    jobs = plan([made.spec("one"), made.spec("two")], files, seeds=(1, 2), budgets=(1.0,))
    order = [(job.instance.stem, job.seed, job.solver.name) for job in jobs]
    assert order == [
        ("A", 1, "one"), ("A", 1, "two"), ("A", 2, "one"), ("A", 2, "two"),
        ("B", 1, "one"), ("B", 1, "two"), ("B", 2, "one"), ("B", 2, "two"),
    ]  # fmt: skip


def test_an_anytime_solver_runs_once_at_the_largest_budget_and_others_once_per_budget(tmp_path: Path) -> None:
    solvers = [made.spec("planner"), made.spec("steady", anytime=True)]
    jobs = plan(solvers, [made.instance_file(tmp_path, "A")], budgets=(10, 1, 3))
    assert [(job.solver.name, job.budget, job.read_at) for job in jobs] == [
        ("planner", 1, (1,)),
        ("planner", 3, (3,)),
        ("planner", 10, (10,)),
        ("steady", 10, (1, 3, 10)),
    ]


def test_the_key_speaks_of_content_and_not_of_the_folder(tmp_path: Path) -> None:
    for name in ("here", "there", "changed"):
        (tmp_path / name).mkdir()
    here, there = made.job(tmp_path / "here"), made.job(tmp_path / "there")
    made.instance_file(tmp_path / "changed", "A", "other content")
    assert here.key == there.key
    assert str(tmp_path) not in here.key
    assert made.job(tmp_path / "changed").key != here.key


def test_everything_that_may_change_a_result_changes_the_key(tmp_path: Path) -> None:
    file = made.instance_file(tmp_path, "A")
    jobs = [
        Job(made.spec(), file, 1, 1.0),
        Job(made.spec(), file, 2, 1.0),
        Job(made.spec(), file, 1, 3.0),
        Job(made.spec(), file, 1, 1.0, rounding="none"),
        Job(made.spec("other"), file, 1, 1.0),
        Job(made.spec(threads=2), file, 1, 1.0),
    ]
    assert len({job.key for job in jobs}) == len(jobs)


def test_a_job_survives_the_way_to_another_process(tmp_path: Path) -> None:
    file = made.instance_file(tmp_path, "A")
    job = Job(made.spec("steady", anytime=True, threads=2), file, 7, 10.0, (1.0, 10.0), "round")
    assert Job.from_json(job.to_json()) == job


def test_a_budget_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RoutewrightError, match="budget is 0 s"):
        made.job(tmp_path, budget=0.0)


def test_a_missing_instance_is_named(tmp_path: Path) -> None:
    job = Job(made.spec(), tmp_path / "gone.vrp", 1, 1.0)
    with pytest.raises(RoutewrightError, match=r"gone\.vrp: cannot be read"):
        _ = job.key
