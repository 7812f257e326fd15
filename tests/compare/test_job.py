from dataclasses import replace
from pathlib import Path

import pytest

from routewright.compare.job import Job, plan, plan_batches
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
        Job(replace(made.spec(), fingerprint="other weights"), file, 1, 1.0),
        Job(made.spec(), file, 1, 1.0, batch=(file,)),
    ]
    assert len({job.key for job in jobs}) == len(jobs)


def test_a_job_survives_the_way_to_another_process(tmp_path: Path) -> None:
    file = made.instance_file(tmp_path, "A")
    solver = replace(made.spec("steady", anytime=True, threads=2), words="words", fingerprint="mark")
    job = Job(solver, file, 7, 10.0, (1.0, 10.0), "round", (file, file))
    assert Job.from_json(job.to_json()) == job


def test_a_budget_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RoutewrightError, match="budget is 0 s"):
        made.job(tmp_path, budget=0.0)


def test_a_missing_instance_is_named(tmp_path: Path) -> None:
    job = Job(made.spec(), tmp_path / "gone.vrp", 1, 1.0)
    with pytest.raises(RoutewrightError, match=r"gone\.vrp: cannot be read"):
        _ = job.key


def test_a_batch_is_all_instances_for_each_solver_seed_and_limit(tmp_path: Path) -> None:
    files = [made.instance_file(tmp_path, name) for name in "AB"]
    jobs = plan_batches([made.spec("one"), made.spec("two", anytime=True)], files, seeds=(1, 2), budgets=(5, 1))
    assert [(job.seed, job.budget, job.solver.name) for job in jobs] == [
        (1, 1, "one"), (1, 1, "two"), (1, 5, "one"), (1, 5, "two"),
        (2, 1, "one"), (2, 1, "two"), (2, 5, "one"), (2, 5, "two"),
    ]  # fmt: skip
    assert {job.files for job in jobs} == {tuple(files)}
    assert {job.title for job in jobs} == {"batch of 2"}


def test_the_key_of_a_batch_speaks_of_all_its_files(tmp_path: Path) -> None:
    files = [made.instance_file(tmp_path, name) for name in "ABC"]
    keys = {plan_batches([made.spec()], chosen, budgets=(1,))[0].key for chosen in (files[:2], files[1:], files[::2])}
    assert len(keys) == 3
