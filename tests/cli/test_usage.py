"""Wrong use of the command line gets one line that names the culprit, and exit code 2."""

from errno import ENOSPC
from os import strerror
from pathlib import Path

import pytest

from routewright.cli.errors import report
from tests.cli.conftest import Command, Outcome

WRONG = {
    "no such command": ("slove FILE", "No such command 'slove'"),
    "no file": ("solve", "Missing argument 'FILE'"),
    "unknown option": ("solve FILE --fast", "--fast"),
    "a word too many": ("solve FILE other.vrp", "other.vrp"),
    "time limit is a word": ("solve FILE --time-limit soon", "'soon' is not a number"),
    "time limit is negative": ("solve FILE --time-limit -1", "-1 is not > 0"),
    "time limit is zero": ("solve FILE --time-limit 0", "0 is not > 0"),
    "time limit is not a number": ("solve FILE --time-limit nan", "'nan' is not a finite number"),
    "time limit without value": ("solve FILE --time-limit", "--time-limit"),
    "iterations is a fraction": ("solve FILE --iterations 2.5", "'2.5' is not a whole number"),
    "iterations is zero": ("solve FILE --iterations 0", "0 is not >= 1"),
    "seed is negative": ("solve FILE --seed -3", "-3 is not >= 0"),
    "threads is zero": ("solve FILE --threads 0", "0 is not >= 1"),
    "unknown rounding": ("solve FILE --rounding nearest", "'nearest'"),
    "unknown objective": ("solve FILE --objective time", "'time'"),
    "unknown solver": ("solve FILE --solver magic", "'magic'"),
    "best known is a word": ("solve FILE --best-known low", "'low'"),
    "best known file is absent": ("solve FILE --best-known sol", "square.sol"),
    "initial solution is absent": ("solve FILE --initial start.sol", "start.sol"),
    "second file is absent": ("solve FILE --durations times.vrp", "times.vrp"),
    "routes as a table": ("solve FILE --out routes.csv", "routes.csv"),
    "plot without ending": ("solve FILE --plot picture", "picture"),
    "plot with odd ending": ("solve FILE --plot picture.exe", "'.exe'"),
    "schedule with odd ending": ("solve FILE --schedule times.xls", "'.xls'"),
    "check without solution": ("check FILE", "Missing argument 'SOLUTION'"),
    "cost is a word": ("check FILE FILE --cost low", "'low' is not a number"),
    "plot without output": ("plot FILE", "1 paths"),
    "plot with four paths": ("plot FILE a.sol b.sol c.png", "4 paths"),
    "convert to an odd ending": ("convert FILE out.docx", "'.docx'"),
    "generate without kind": ("generate", "Missing command"),
    "generate an odd kind": ("generate fractal --n 5 --out a.vrp", "No such command 'fractal'"),
    "generate without size": ("generate uniform --out a.vrp", "--n"),
    "a number of instances without labels": ("generate --count 5 uniform --n 5 --out a.vrp", "--label"),
    "generate nothing": ("generate uniform --n 0 --out a.vrp", "0 is not >= 1"),
    "generate without output": ("generate uniform --n 5", "--out"),
    "generate an odd horizon": ("generate solomon-like --n 5 --horizon-type 3 --out a.vrp", "horizon_type is 3"),
    "generate an odd depot": ("generate xstyle --n 5 --depot moon --out a.vrp", "'moon'"),
}


def complaint(outcome: Outcome) -> str:
    """The one line of a refused command."""
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith("\n")
    return outcome.err


@pytest.mark.parametrize(("words", "culprit"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_named_in_one_line(
    words: str, culprit: str, routewright: Command, square: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(square.parent)
    assert culprit in complaint(routewright(*words.replace("FILE", square.name).split()))
    assert [path.name for path in square.parent.iterdir()] == [square.name]  # and nothing was left behind


OUTPUTS = {
    "solve": "solve FILE --out PATH.sol",
    "solve --plot": "solve FILE --plot PATH.png",
    "solve --schedule": "solve FILE --schedule PATH.csv",
    "plot": "plot FILE PATH.png",
    "convert": "convert FILE PATH.json",
    "generate": "generate uniform --n 5 --out PATH.vrp",
}


@pytest.mark.parametrize("words", OUTPUTS.values(), ids=OUTPUTS)
def test_an_output_in_no_folder_is_refused_before_the_work(words: str, routewright: Command, square: Path) -> None:
    message = complaint(routewright(*_words(words, square, square.parent / "nowhere" / "x")))
    assert "there is no folder" in message


@pytest.mark.parametrize("words", OUTPUTS.values(), ids=OUTPUTS)
def test_a_folder_is_not_overwritten(words: str, routewright: Command, square: Path) -> None:
    for suffix in (".sol", ".png", ".csv", ".json", ".vrp"):
        (square.parent / f"x{suffix}").mkdir()
    assert "is a folder" in complaint(routewright(*_words(words, square, square.parent / "x")))


def _words(words: str, square: Path, output: Path) -> list[str]:
    return [word.replace("FILE", str(square)).replace("PATH", str(output)) for word in words.split()]


def test_an_input_is_not_overwritten(routewright: Command, square: Path) -> None:
    before = square.read_text(encoding="utf-8")
    assert "is also the input" in complaint(routewright("convert", square, square))
    assert square.read_text(encoding="utf-8") == before


def test_a_solution_is_not_overwritten_by_its_successor(routewright: Command, square: Path) -> None:
    start = square.with_suffix(".sol")
    start.write_text("Route #1: 1\nRoute #2: 2 3 4\n", encoding="utf-8")
    assert "is also the input" in complaint(routewright("solve", square, "--initial", start, "--out", start))


def test_two_outputs_cannot_share_a_path(routewright: Command, square: Path) -> None:
    table, picture = square.with_name("t.csv"), square.with_name("p.png")
    picture.symlink_to(table)
    message = complaint(routewright("solve", square, "--plot", picture, "--schedule", table))
    assert f"--schedule {table}: is also --plot" in message


def test_a_device_is_not_replaced_by_a_file(routewright: Command, square: Path) -> None:
    """Files take their names by renaming, which as root would turn /dev/null into one."""
    link = square.with_name("null.sol")
    link.symlink_to("/dev/null")
    assert "is not an ordinary file" in complaint(routewright("solve", square, "--out", link))


def test_help_and_version_are_no_errors(routewright: Command) -> None:
    assert routewright("--version").out.startswith("routewright ")
    for words in ((), ("--help",), ("-h",)):
        outcome = routewright(*words)
        assert (outcome.code, outcome.err) == (0, "")
        assert "solve" in outcome.out


@pytest.mark.parametrize("command", ["solve", "check", "info", "plot", "convert", "generate", "compare"])
def test_help_shows_how_to_use_a_command(command: str, routewright: Command) -> None:
    outcome = routewright(command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert f"\n    routewright {command} " in outcome.out


def test_debugging_shows_where_an_error_comes_from(routewright: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTEWRIGHT_DEBUG", "1")
    with pytest.raises(ValueError, match=r"absent\.vrp"):
        routewright("info", "absent.vrp")


def test_a_full_disk_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(OSError(ENOSPC, strerror(ENOSPC))) == 2
    assert capsys.readouterr().err == f"error: output: {strerror(ENOSPC)}\n"
