"""Curves: steps of the right height, a colour per solver, gaps in per cent."""

from dataclasses import dataclass

import numpy as np
import pytest
from matplotlib.figure import Figure

from routewright.data import InstanceError
from routewright.data.draw import plot_convergence


@dataclass(frozen=True)
class Point:
    wall: float
    cpu: float
    cost: float


@dataclass(frozen=True)
class Run:
    solver: str
    trajectory: tuple[Point, ...]
    seconds: float = 10.0
    cpu_seconds: float = 8.0


FAST = (Point(0.5, 0.4, 110.0), Point(2.0, 1.5, 101.0))
SLOW = (Point(1.0, 0.9, 150.0), Point(6.0, 5.0, 120.0), Point(9.0, 7.0, 100.0))


def curves(ax: object) -> list[tuple[list[float], list[float]]]:
    lines = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]  # type: ignore[attr-defined]
    return [(list(map(float, line.get_xdata())), list(map(float, line.get_ydata()))) for line in lines]


def test_each_run_is_a_step_line_that_lasts_until_the_run_is_over() -> None:
    ax = plot_convergence([Run("search", FAST), Run("pyvrp", SLOW)])
    assert curves(ax) == [
        ([0.5, 2.0, 10.0], [110.0, 101.0, 101.0]),
        ([1.0, 6.0, 9.0, 10.0], [150.0, 120.0, 100.0, 100.0]),
    ]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("seconds", "cost")


def test_the_cpu_clock_can_be_chosen() -> None:
    ax = plot_convergence(Run("search", FAST), clock="cpu")
    assert curves(ax) == [([0.4, 1.5, 8.0], [110.0, 101.0, 101.0])]
    assert ax.get_xlabel() == "CPU seconds"


def test_a_best_known_cost_turns_costs_into_gaps() -> None:
    ax = plot_convergence([Run("search", FAST)], best_known=100.0)
    assert curves(ax)[0][1] == pytest.approx([10.0, 1.0, 1.0])
    assert "%" in ax.get_ylabel()
    low, high = ax.get_ylim()
    assert low < 0 < 10 < high


def test_a_cost_below_the_best_known_stays_in_the_picture() -> None:
    ax = plot_convergence([Run("search", FAST)], best_known=105.0)
    low, _ = ax.get_ylim()
    assert low < 100 * (101 / 105 - 1)


@pytest.mark.parametrize("best", [100.0, 101.0, 50.0, 1.0])
def test_gap_ticks_lie_within_the_limits(best: float) -> None:
    ax = plot_convergence([Run("search", FAST)], best_known=best)
    low, high = ax.get_ylim()
    assert all(1.3 * low <= tick <= 1.3 * high for tick in ax.get_yticks())
    assert 0 in ax.get_yticks()
    assert len(ax.get_yticks()) >= 3


def test_several_seeds_share_a_colour_and_one_line_of_the_legend() -> None:
    ax = plot_convergence([Run("search", FAST), Run("search", SLOW), Run("pyvrp", SLOW)])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["search", "pyvrp"]  # type: ignore[union-attr]
    first, second, third = (line.get_color() for line in ax.lines if line.get_drawstyle() == "steps-post")
    assert first == second != third


def test_a_mapping_names_bare_trajectories() -> None:
    runs: dict[str, tuple[Point, ...] | Run] = {"mine": FAST, "theirs": Run("x", SLOW)}
    ax = plot_convergence(runs)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["mine", "theirs"]  # type: ignore[union-attr]
    assert curves(ax)[0] == ([0.5, 2.0], [110.0, 101.0])


def test_costs_that_are_not_finite_and_runs_without_any_are_left_out() -> None:
    ax = plot_convergence([Run("a", (Point(0.1, 0.1, np.inf), *FAST)), Run("b", ())])
    assert len(curves(ax)) == 1
    assert curves(ax)[0][1][0] == 110.0


def test_a_given_axes_is_drawn_on_and_returned() -> None:
    ax = Figure().add_subplot()
    assert plot_convergence([Run("a", FAST)], ax=ax, title="X-n101") is ax
    assert ax.get_title(loc="left") == "X-n101"


@pytest.mark.parametrize(
    ("results", "options", "message"),
    [
        ([], {}, "no run has a cost to draw"),
        ([Run("a", ())], {}, "no run has a cost to draw"),
        ([Run("a", FAST)], {"best_known": 0.0}, "best_known is 0, must be finite and > 0"),
        ([Run("a", FAST)], {"clock": "sun"}, "clock is 'sun', must be one of wall, cpu"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(results: list[Run], options: dict[str, object], message: str) -> None:
    with pytest.raises(InstanceError, match=message):
        plot_convergence(results, **options)  # type: ignore[arg-type]
