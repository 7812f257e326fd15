from pathlib import Path

import pytest

import routewright as rw
from routewright.compare.known import ANYTIME, known_solver
from routewright.compare.loading import load_solver
from routewright.compare.question import specs_of
from routewright.data.errors import RoutewrightError
from routewright.policies import cards
from routewright.solvers.monitor import Monitor
from routewright.solvers.registry import SOLVERS
from routewright.solvers.stop import Stop


def test_every_registered_solver_can_be_compared() -> None:
    assert [known_solver(name).module for name in SOLVERS] == list(SOLVERS.values())
    assert set(SOLVERS) >= ANYTIME


def test_a_solver_that_cools_down_with_its_budget_is_not_read_earlier() -> None:
    assert not known_solver("search").anytime
    assert known_solver("pyvrp").anytime


def test_an_unknown_solver_is_named() -> None:
    with pytest.raises(RoutewrightError, match="solver is 'magic', must be one of auto, search"):
        known_solver("magic")


def test_auto_is_the_solver_that_solve_would_take() -> None:
    spec = known_solver("auto")
    solver = load_solver(spec)
    instance = rw.generate("uniform", n=5, seed=1)
    assert solver.supports(instance) == []
    answer = solver.run(instance, Monitor(Stop(iterations=50)), seed=1, threads=1, initial_solution=None)
    assert rw.check(instance, answer.solution) == []


def test_options_and_words_are_part_of_the_name() -> None:
    assert known_solver("ortools:strategy=savings").label == "ortools[strategy=savings]"
    assert known_solver("neural:cvrp20").label == "neural:cvrp20"


def test_other_weights_are_another_solver_and_folders_are_no_part_of_its_name(tmp_path: Path) -> None:
    shipped = cards.FOLDER / "cvrp20"
    for ending in (".json", ".safetensors"):
        (tmp_path / f"mine{ending}").write_bytes(shipped.with_suffix(ending).read_bytes())
    first = known_solver(f"neural:{tmp_path / 'mine'}")
    assert first.label == "neural:mine"
    assert first.fingerprint == known_solver("neural:cvrp20").fingerprint
    (tmp_path / "mine.safetensors").write_bytes(b"others")
    assert known_solver(f"neural:{tmp_path / 'mine'}").fingerprint != first.fingerprint


def test_policies_of_two_runs_have_two_names(tmp_path: Path) -> None:
    shipped = cards.FOLDER / "cvrp20"
    for run in "ab":
        (tmp_path / run).mkdir()
        for ending in (".json", ".safetensors"):
            (tmp_path / run / f"policy{ending}").write_bytes(shipped.with_suffix(ending).read_bytes())
    specs = specs_of(f"neural:{tmp_path}/a/policy,neural:{tmp_path}/b/policy")
    assert [spec.label for spec in specs] == ["neural:a/policy", "neural:b/policy"]


def test_a_file_is_a_solver_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("one")
    first = known_solver(str(path))
    path.write_text("two")
    assert (first.name, first.module) == ("mine", str(path))
    assert known_solver(str(path)).fingerprint != first.fingerprint
