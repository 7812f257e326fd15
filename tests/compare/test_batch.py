"""Many instances in so many seconds."""

from pathlib import Path

import pytest

import routewright as rw
from routewright.compare.batch import execute_batch
from routewright.compare.execute import execute
from routewright.compare.job import Job, SolverSpec, plan_batches
from routewright.compare.known import known_solver
from routewright.compare.record import CPU
from tests.compare.square import BEST, BEST_COST, SINGLE_ROUTES_COST, write_square

FAKE = str(Path(__file__).with_name("fake_solver.py"))


@pytest.fixture
def squares(tmp_path: Path) -> list[Path]:
    return [write_square(tmp_path, "a", solution=BEST), write_square(tmp_path, "b", capacity=2)]


def batch(files: list[Path], spec: SolverSpec, seconds: float) -> Job:
    return plan_batches([spec], files, budgets=(seconds,))[0]


def test_each_instance_is_costed_judged_and_compared_with_its_published_routes(squares: list[Path]) -> None:
    outcome = execute(batch(squares, SolverSpec("fake", FAKE), 0.4))
    assert outcome.parts == (("a", SINGLE_ROUTES_COST, BEST_COST), ("b", SINGLE_ROUTES_COST, None))
    assert (outcome.cost, outcome.feasible, outcome.device, outcome.nodes) == (SINGLE_ROUTES_COST, True, CPU, 10)


def test_the_time_is_that_of_all_together(squares: list[Path]) -> None:
    outcome = execute_batch(batch(squares, SolverSpec("fake", FAKE), 0.4))
    assert 0.35 <= outcome.cpu <= 0.4 * 1.05 + 0.3


def test_an_instance_without_a_feasible_answer_leaves_no_mean(squares: list[Path]) -> None:
    outcome = execute_batch(batch(squares, SolverSpec("fake", FAKE, options={"trick": "forget"}), 0.1))
    assert [cost for _, cost, _ in outcome.parts] == [None, None]
    assert (outcome.cost, outcome.feasible) == (None, False)
    assert outcome.violations == ("a: no feasible answer", "b: no feasible answer")


def test_what_a_solver_does_not_know_about_one_is_said_of_all(squares: list[Path], tmp_path: Path) -> None:
    instance = rw.generate("solomon_like", n=5, seed=1)
    rw.write(instance, tmp_path / "windows.json")
    outcome = execute_batch(batch([*squares, tmp_path / "windows.json"], SolverSpec("fake", FAKE), 0.1))
    assert outcome.unsupported == ("time windows",)
    assert outcome.parts == ()


def test_a_policy_plays_all_at_once(tmp_path: Path) -> None:
    files = []
    for seed in range(3):
        files.append(tmp_path / f"s{seed}.json")
        rw.write(rw.generate("mtvrp", n=8, seed=seed), files[-1])
    outcome = execute_batch(batch(files, known_solver("neural:cvrp20"), 3.0))
    assert outcome.feasible
    best = [rw.solve(rw.read(file), solver="ortools", stop=rw.Stop(iterations=300)).cost for file in files]
    for (name, cost, _), file, known in zip(outcome.parts, files, best, strict=True):
        assert name == file.stem
        assert cost is not None
        assert known * (1 - 1e-6) <= cost <= 1.2 * known
    assert outcome.iterations > 3
