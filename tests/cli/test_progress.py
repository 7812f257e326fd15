"""The line that tells how a solve is doing."""

import io
import logging
import sys

import pytest

from routewright.cli.numbers import gap, percent, plain, tidy
from routewright.cli.progress import ProgressLine
from routewright.solvers.monitor import Progress


class Terminal(io.StringIO):
    """Something that rich takes for a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with ProgressLine(100.0, quiet=quiet) as line:
        logging.getLogger("routewright.kernels").info("compiling [kernels]")
        line(Progress(wall=0.1, cpu=0.1, cost=105.0, iterations=7))
    return stream.getvalue()


def test_a_terminal_sees_cost_gap_and_what_the_library_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(Terminal(), monkeypatch)
    for words in ("best 105", "gap 5.00 %", "feasible", "compiling [kernels]"):
        assert words in shown


def test_anything_else_sees_only_what_the_library_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(io.StringIO(), monkeypatch) == "compiling [kernels]\n"


def test_a_quiet_stream_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(io.StringIO(), monkeypatch, quiet=True) == ""


def test_a_quiet_terminal_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(Terminal(), monkeypatch, quiet=True) == ""


def test_the_line_speaks_before_the_first_solution() -> None:
    assert "no solution yet" in ProgressLine().__rich__()


def test_logging_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("routewright")
    before = (list(logger.handlers), logger.level)
    _shown(Terminal(), monkeypatch)
    assert (logger.handlers, logger.level) == before


@pytest.mark.parametrize(
    ("value", "text"),
    [(27591.0, "27591"), (1466.6, "1466.6"), (828.936866942834, "828.9369"), (0.0, "0"), (100.0, "100"), (-5.0, "-5")],
)
def test_numbers_are_shown_without_ballast(value: float, text: str) -> None:
    assert plain(value) == text


def test_json_numbers_are_whole_full_or_null() -> None:
    assert [repr(tidy(value)) for value in (27591.0, 828.936866942834, float("inf"), float("nan"), None)] == [
        "27591", "828.936866942834", "None", "None", "None",
    ]  # fmt: skip


@pytest.mark.parametrize(("cost", "reference", "expected"), [(105, 100, 5.0), (95, 100, -5.0), (-95, -100, 5.0)])
def test_gaps_are_relative_to_the_reference(cost: float, reference: float, expected: float) -> None:
    assert gap(cost, reference) == pytest.approx(expected)


def test_a_gap_of_nothing_has_no_sign() -> None:
    assert percent(-0.001) == "0.00 %"
