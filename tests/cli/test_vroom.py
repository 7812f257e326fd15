"""VROOM's form on the command line."""

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_a_problem_is_solved_and_answered_in_its_own_form(routewright: Command, tmp_path: Path) -> None:
    """Jobs 5 and 9 lie on one line, 10 and 20 seconds away: 40 seconds of driving."""
    problem, answer = tmp_path / "day.json", tmp_path / "answer.vroom.json"
    document = {
        "jobs": [{"id": 5, "location_index": 1}, {"id": 9, "location_index": 2, "service": 30}],
        "vehicles": [{"id": 3, "start_index": 0, "end_index": 0}],
        "matrices": {"car": {"durations": [[0, 10, 20], [10, 0, 10], [20, 10, 0]]}},
    }
    problem.write_text(json.dumps(document), encoding="utf-8")
    outcome = routewright("solve", problem, "--solver", "pyvrp", "--iterations", "50", "--out", answer, "--quiet")
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(answer.read_text(encoding="utf-8"))
    assert (found["summary"]["cost"], found["summary"]["service"], found["unassigned"]) == (40, 30, [])
    (route,) = found["routes"]
    assert route["vehicle"] == 3
    assert {step["id"] for step in route["steps"] if step["type"] == "job"} == {5, 9}


def test_an_instance_is_converted(routewright: Command, square: Path, tmp_path: Path) -> None:
    assert routewright("convert", square, tmp_path / "square.vroom.json").code == 0
    document = json.loads((tmp_path / "square.vroom.json").read_text(encoding="utf-8"))
    assert [job["delivery"] for job in document["jobs"]] == [[3]] * 4
    assert {tuple(vehicle["capacity"]) for vehicle in document["vehicles"]} == {(10,)}


def test_what_has_no_place_in_it_is_named_in_one_line(routewright: Command, square: Path, tmp_path: Path) -> None:
    outcome = routewright("convert", square, tmp_path / "square.vroom.json", "--rounding", "none")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "numbers that are not whole" in outcome.err
