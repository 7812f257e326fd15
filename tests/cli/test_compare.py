"""``routewright compare`` as its users type it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_usage import complaint

SHUTTLE = Path(__file__).with_name("shuttle.py")
"""A route for each client: 20 + 28 + 20 + 60 = 128 on the square, whose best is 86."""


def words(square: Path, *more: object) -> list[object]:
    return ["compare", square, "--solvers", SHUTTLE, "--time-limit", "0.05", "--attempts", "1", *more]


def test_one_command_runs_tells_and_reports(routewright: Command, square: Path) -> None:
    square.with_suffix(".sol").write_text("Route #1: 1\nRoute #2: 2 4 3\nCost 86\n", encoding="utf-8")
    page, table = square.with_name("report.html"), square.with_name("report.csv")
    outcome = routewright(*words(square, "--report", page, "--report", table))
    assert (outcome.code, outcome.err) == (0, "")
    assert "48.84" in outcome.out  # 128 where 86 is best
    assert "1 runs done, 0 done before" in outcome.out
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "square,shuttle,0.05,1,128.0,86.0,48.8372,round,square.sol" in table.read_text(encoding="utf-8")
    again = routewright(*words(square, "--report", page))
    assert "0 runs done, 1 done before" in again.out
    assert "report.jsonl" in again.out


def test_quiet_says_nothing(routewright: Command, square: Path) -> None:
    outcome = routewright(*words(square, "--results", square.with_name("runs.jsonl"), "--quiet"))
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


@pytest.mark.parametrize(
    ("more", "culprit"),
    [
        (["--time-limit", "1,soon"], "'soon' is not a number"),
        (["--time-limit", "0"], "0 is not > 0"),
        (["--seeds", "0"], "0 is not >= 1"),
        (["--report", "report.doc"], "unknown ending '.doc'"),
        (["--report", "nowhere/report.html"], "there is no folder nowhere"),
        (["--results", "runs.csv"], "unknown ending '.csv'"),
        (["--solvers", "magic"], "solver is 'magic'"),
        (["--reference", "absent.csv"], "absent.csv: cannot be read"),
    ],
)
def test_wrong_use_is_named_in_one_line_and_leaves_nothing(
    routewright: Command, square: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], culprit: str
) -> None:
    monkeypatch.chdir(square.parent)
    assert culprit in complaint(routewright("compare", square, *more))
    assert [path.name for path in square.parent.iterdir()] == [square.name]


def test_no_instances_are_told(routewright: Command, square: Path) -> None:
    assert "*.txt: no instances there" in complaint(routewright("compare", square.parent / "*.txt"))
