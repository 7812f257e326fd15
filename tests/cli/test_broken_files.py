"""Files that cannot be read get one line with their name, and exit code 2."""

from pathlib import Path

import pytest

from tests.cli.conftest import SQUARE, Command
from tests.cli.test_usage import complaint

BROKEN = {
    "empty": "",
    "prose": "Dear routing programme,\nplease find my clients attached.\n",
    "truncated": SQUARE[:120],
    "coordinate is a word": SQUARE.replace("3 10 10", "3 10 north"),
    "coordinate is not a number": SQUARE.replace("3 10 10", "3 10 nan"),
    "demand is negative": SQUARE.replace("4 3\n5 3", "4 -3\n5 3"),
    "demand above the capacity": SQUARE.replace("4 3\n5 3", "4 11\n5 3"),
    "dimension too large": SQUARE.replace("DIMENSION : 5", "DIMENSION : 6"),
    "dimension is a word": SQUARE.replace("DIMENSION : 5", "DIMENSION : five"),
    "no capacity": SQUARE.replace("CAPACITY : 10\n", "CAPACITY : \n"),
    "unknown kind of distance": SQUARE.replace("EUC_2D", "EUC_7D"),
    "broken JSON": '{"format": "routewright", ',
    "bytes": "\x00\x01\x02\x03",
}
ROUTES = {
    "empty": "",
    "a word": "Route #1: 1 two 3\n",
    "no such client": "Route #1: 1 2 3 9\n",
    "twice the same vehicle": "Route #1: 1 2\nRoute #1: 3 4\n",
    "cost is a word": "Route #1: 1 2\nRoute #2: 3 4\nCost low\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_instance_is_named_in_one_line(text: str, routewright: Command, tmp_path: Path) -> None:
    path = tmp_path / "broken.vrp"
    path.write_text(text, encoding="utf-8")
    assert str(path) in complaint(routewright("info", path))


@pytest.mark.parametrize("command", ["solve", "info", "check", "plot", "convert"])
def test_an_absent_instance_is_named_in_one_line(command: str, routewright: Command, tmp_path: Path) -> None:
    path = tmp_path / "absent.vrp"
    outputs: dict[str, list[str | Path]] = {
        "check": ["a.sol"],
        "plot": [tmp_path / "a.png"],
        "convert": [tmp_path / "a.json"],
    }
    assert str(path) in complaint(routewright(command, path, *outputs.get(command, [])))


@pytest.mark.parametrize("text", ROUTES.values(), ids=ROUTES)
def test_broken_routes_are_named_in_one_line(text: str, routewright: Command, square: Path) -> None:
    path = square.with_name("broken.sol")
    path.write_text(text, encoding="utf-8")
    assert str(path) in complaint(routewright("check", square, path))


def test_a_folder_is_no_instance(routewright: Command, tmp_path: Path) -> None:
    assert str(tmp_path) in complaint(routewright("info", tmp_path))
