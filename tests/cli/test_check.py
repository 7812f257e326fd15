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


@pytest.mark.parametrize("family", ["mdvrptw", "sdvrptw", "pcvrptw", "mtvrptwr"])
def test_published_costs_in_raw_units_are_confirmed_as_such(family: str, routewright: Command, instances: Path) -> None:
    solution = min((instances / family).glob("*.sol"))
    outcome = routewright("check", solution.with_suffix(".vrp"), solution)
    assert (outcome.code, outcome.out.splitlines()[-1][-26:]) == (0, "(as claimed, in raw units)")


def test_a_cost_in_other_units_than_raw_is_refuted(routewright: Command, square: Path, routes: Path) -> None:
    assert routewright("check", square, routes, "--rounding", "trunc1").code == 1
    assert routewright("check", square, routes, "--rounding", "trunc1", "--cost", "8.6").code == 1


@pytest.mark.parametrize(("cost", "code"), [("85.9", 1), ("86.0", 1), ("86.5", 0), ("86.50", 0), ("86.503", 0)])
def test_an_unrounded_cost_may_be_claimed_to_a_few_decimals(
    cost: str, code: int, routewright: Command, square: Path, routes: Path
) -> None:
    """10 + 10, and sqrt(200) + sqrt(500) + 20 + 10 = 66.5028...: together 86.5028."""
    outcome = routewright("check", square, routes, "--rounding", "none", "--cost", cost)
    assert outcome.code == code, outcome


def test_the_best_known_cost_of_a_file_in_raw_units_is_a_reported_one(
    routewright: Command, square: Path, routes: Path
) -> None:
    """Cut after one decimal: 10 + 10 + 14.1 + 22.3 + 20 + 10 = 86.4."""
    routes.write_text("Route #1: 1\nRoute #2: 2 4 3\nCost 864\n", encoding="utf-8")
    words = ("--rounding", "trunc1", "--best-known", "sol", "--iterations", "5", "--json", "--solver", "pyvrp")
    assert json.loads(routewright("solve", square, *words).out)["best_known"] == 86.4


def test_broken_rules_are_explained_where_asked(routewright: Command, square: Path, routes: Path) -> None:
    routes.write_text("Route #1: 2 4 3 1\n", encoding="utf-8")
    outcome = routewright("check", square, routes, "--explain")
    assert outcome.code == 1
    assert "carries 12 of load 0 when leaving the depot, its capacity is 10" in outcome.out
    assert "use a larger vehicle" in outcome.out
    found = json.loads(routewright("check", square, routes, "--explain", "--json").out)
    assert "use a larger vehicle" in found["violations"][0]["explanation"]
