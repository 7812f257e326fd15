"""The script behind the tables, driven with a fake solver."""

import csv
import importlib
from pathlib import Path
from typing import Any

import pytest

from routewright.compare import SolverSpec
from tests.compare.square import BEST, write_square

FAKE = str(Path(__file__).with_name("fake_solver.py"))
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def quality(monkeypatch: pytest.MonkeyPatch) -> Any:
    if not BENCHMARKS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    module = importlib.import_module("quality")
    monkeypatch.setitem(module.SOLVERS, "fake", SolverSpec("fake", FAKE))
    monkeypatch.setitem(module.SOLVERS, "steady", SolverSpec("steady", FAKE, anytime=True))
    return module


def command(folder: Path, *more: str) -> list[str]:
    solvers = ["--solvers", "fake,steady", "--budgets", "0.02,0.04", "--seeds", "2", "--here"]
    return ["--instances", str(folder), "--name", "mine", *solvers, "--results", str(folder / "results"), *more]


def test_one_command_writes_runs_numbers_and_tables(quality: Any, tmp_path: Path) -> None:
    write_square(tmp_path, solution=BEST)
    assert quality.main(command(tmp_path)) == 0
    results = tmp_path / "results"
    with (results / "mine.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {(row["solver"], row["budget"], row["seed"]) for row in rows} == {
        (solver, budget, seed) for solver in ("fake", "steady") for budget in ("0.02", "0.04") for seed in "12"
    }
    assert {row["gap"] for row in rows} == {"33.3333"}  # 400 where 300 is best
    text = (results / "mine.md").read_text()
    assert "| fake | 33.33 ± 0.00 | 33.33 ± 0.00 |" in text
    assert "| square | 300 | 33.33 ± 0.00 / 33.33 ± 0.00 |" in text
    assert str(tmp_path) not in text


def test_the_same_command_again_runs_nothing(quality: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_square(tmp_path, solution=BEST)
    quality.main(command(tmp_path))
    before = (tmp_path / "results" / "mine.jsonl").read_bytes()
    quality.main(command(tmp_path))
    assert (tmp_path / "results" / "mine.jsonl").read_bytes() == before
    assert "0 runs, 6 done before" in capsys.readouterr().out


def test_a_document_shows_the_named_sets_that_were_measured(quality: Any, tmp_path: Path) -> None:
    write_square(tmp_path, solution=BEST)
    results = tmp_path / "results"
    quality.main([*command(tmp_path), "--name", "x8"])
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- quality:begin -->\n<!-- quality:end -->\nafter\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "benchmarks.md").write_text("<!-- main:begin -->\n<!-- main:end -->\n")
    assert quality.main(["--readme", str(readme), "--results", str(results)]) == 0
    text = readme.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "\n| CVRP: 8 X instances | 1 | " in text
    page = (tmp_path / "docs" / "quality.md").read_text()
    assert "## CVRP: 8 X instances" in page
    assert "tuned on these eight" in page
    lines = (tmp_path / "docs" / "benchmarks.md").read_text().splitlines()
    assert [line.split("|")[1:4] for line in lines if "8 X" in line] == [
        [" CVRP: 8 X instances ", " 1 ", f" {budget} "] for budget in ("0.02", "0.04")
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--instances", "nowhere/*.vrp"], "nowhere/*.vrp: no instances there"),
        (["--instances", ".", "--solvers", "magic"], "solver is 'magic'"),
        (["--set", "x8", "--report"], "x8.jsonl: cannot be read"),
    ],
)
def test_a_wrong_command_gets_one_line(
    quality: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], message: str,
) -> None:  # fmt: skip
    write_square(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert quality.main([*arguments, "--results", str(tmp_path / "results")]) == 2
    complaint = capsys.readouterr().err
    assert message in complaint
    assert complaint.count("\n") == 1


def test_named_sets_hold_what_they_promise(quality: Any, instances: Path) -> None:
    sets = importlib.import_module("sets")
    counts = {name: len(one.files(instances)) for name, one in sets.SETS.items()}
    assert counts == {
        "x8": 8, "x32": 32, "x-minute": 40, "x-minute-small": 20, "x-long": 14, "solomon": 29, "gh1000": 10,
        "vrpb": 6, "mdvrptw": 6, "limits": 6, "mdvrp": 6, "roads": 8, "xxl": 3,
        "hfvrp": 6, "sdvrptw": 6, "pcvrptw": 6, "mtvrptwr": 6, "gvrp": 6, "pdptw": 6, "evrptw": 6,
    }  # fmt: skip
    tuned, others = (set(sets.SETS[name].files(instances)) for name in ("x8", "x32"))
    assert {path.stem for path in tuned} == set(sets.TUNED_ON)
    assert not tuned & others
