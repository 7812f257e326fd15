"""The command behind ``make benchmarks``: what it would run, and in which order."""

import importlib
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Any, list[tuple[str, ...]]]:
    """The script, which runs nothing, and what it would have run."""
    if not BENCHMARKS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    script, commands = importlib.import_module("everything"), list[tuple[str, ...]]()

    def run(command: tuple[str, ...]) -> int:
        commands.append(tuple(command))
        if "sample" in command:
            (tmp_path / "sample.md").write_text("the table")
        return 3 if "evrptw" in command else 0

    monkeypatch.setattr(script, "_run", run)
    monkeypatch.setattr(script, "PLACE", tmp_path)
    return script, commands


def test_a_sample_is_measured_afresh_and_shown(
    asked: tuple[Any, list[tuple[str, ...]]], tmp_path: Path, instances: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, commands = asked
    for ending in ("jsonl", "md"):
        (tmp_path / f"sample.{ending}").write_text("of an earlier time")
    script.main([])
    assert not (tmp_path / "sample.jsonl").exists()
    assert capsys.readouterr().out == "the table"
    first, *others = commands
    files = [word for word in first if word.endswith((".vrp", ".txt"))]
    assert len(files) == 3
    assert all(Path(file).exists() for file in files)
    assert {command[0] for command in others} == {"quality.py", "features.py"}
    assert all("--report" in command or "--readme" in command for command in others if command[0] == "quality.py")


def test_all_is_measured_before_tables_are_written(asked: tuple[Any, list[tuple[str, ...]]]) -> None:
    script, commands = asked
    assert script.main(["--full"]) == 3  # a set that fails does not stop the others, and is not forgotten
    sets = [command[2] for command in commands if command[:2] == ("quality.py", "--set")]
    measured = sets[: len(script.SETS)]
    assert sorted(measured) == sorted(script.SETS)
    assert measured[: len(script.MAIN)] == list(script.MAIN)
    assert commands[-2:] == [("quality.py", "--readme"), ("features.py",)]
    assert {command[0] for command in commands} <= {path.name for path in BENCHMARKS.glob("*.py")}
