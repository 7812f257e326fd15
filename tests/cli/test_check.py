"""What ``routewright check`` says about solution files."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def routes(square: Path) -> Path:
    """An optimal solution of the square, with its cost."""
    path = square.with_suffix(".sol")
    path.write_text("Route #1: 1\nRoute #2: 2 4 3\nCost 86\n", encoding="utf-8")
    return path


def test_a_right_solution_is_confirmed(routewright: Command, square: Path, routes: Path) -> None:
    outcome = routewright("check", square, routes)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == "feasible: 2 routes, cost 86 (as claimed)"


def test_a_wrong_claim_is_refuted(routewright: Command, square: Path, routes: Path) -> None:
    outcome = routewright("check", square, routes, "--cost", "85")
    assert outcome.code == 1
    assert outcome.out.splitlines()[1:] == ["cost is claimed to be 85, but is 86"]


def test_another_rule_gives_another_cost(routewright: Command, square: Path, routes: Path) -> None:
    assert routewright("check", square, routes, "--rounding", "none").code == 1


def test_every_broken_rule_is_listed(routewright: Command, square: Path, routes: Path) -> None:
    routes.write_text("Route #1: 2 4 3 1\nRoute #2: 2\n", encoding="utf-8")
    outcome = routewright("check", square, routes, "--json")
    found = json.loads(outcome.out)
    assert (outcome.code, found["feasible"], found["cost"]) == (1, False, None)
    assert {violation["kind"] for violation in found["violations"]} == {"capacity", "repeated client"}


def test_an_unclaimed_cost_is_computed(routewright: Command, square: Path, routes: Path) -> None:
    routes.write_text("Route #1: 1\nRoute #2: 2 4 3\n", encoding="utf-8")
    found = json.loads(routewright("check", square, routes, "--json").out)
    assert (found["cost"], found["claimed_cost"], found["feasible"], found["routes"]) == (86, None, True, 2)


@pytest.mark.parametrize("name", ["X/X-n101-k25", "solomon/C101"])
def test_published_solutions_are_confirmed(name: str, routewright: Command, instances: Path) -> None:
    files = sorted((instances / name).parent.glob(f"{(instances / name).name}.*"))
    solution = next(path for path in files if path.suffix == ".sol")
    instance = next(path for path in files if path.suffix in (".vrp", ".txt"))
    assert routewright("check", instance, solution).code == 0
