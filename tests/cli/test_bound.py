"""What ``routewright bound`` tells, and what ``solve`` says of bounds."""

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_people_are_told_the_bound_and_how_it_was_made(routewright: Command, square: Path) -> None:
    outcome = routewright("bound", square, "--time-limit", "5")
    assert (outcome.code, outcome.err) == (0, "")
    for words in ("square, 4 clients", "lower bound", "ng-routes with capacity cuts"):
        assert words in outcome.out


def test_programs_are_told_the_same(routewright: Command, square: Path) -> None:
    facts = json.loads(routewright("bound", square, "--json").out)
    solved = json.loads(routewright("solve", square, "--solver", "exact", "--json").out)
    assert facts["clients"] == 4
    assert 0 < facts["bound"] <= solved["cost"] == solved["bound"]
    assert solved["optimal"]


def test_a_proved_answer_is_called_optimal(routewright: Command, square: Path) -> None:
    outcome = routewright("solve", square, "--solver", "exact", "--time-limit", "5")
    line = next(line for line in outcome.out.splitlines() if line.startswith("lower bound"))
    assert line.endswith(", optimal")


def test_what_cannot_be_bounded_is_refused_with_reasons(routewright: Command, tmp_path: Path) -> None:
    made = routewright(
        "generate", "mtvrp", "--n", "20", "--variant", "VRPB", "--seed", "1", "--out", tmp_path / "x.json"
    )
    assert made.code == 0
    outcome = routewright("bound", tmp_path / "x.json")
    assert outcome.code == 2
    assert "no bound is known for" in outcome.err
