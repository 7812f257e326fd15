"""The pictures of a report."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from routewright.compare.comparison import Comparison
from routewright.compare.curves import curve
from routewright.compare.standing import instance_gaps
from routewright.data.draw.canvas import FAINT, INK, new_axes, quiet_frame, set_heading
from routewright.data.draw.colours import Colour, distinct

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINEAR = 0.1
"""Percent up to which gaps are drawn linearly; above it by their logarithm."""

TICKS = (0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_DOTS = 60
"""Instances of the dot plot: those with the largest gaps."""


def colours(solvers: Sequence[str]) -> dict[str, Colour]:
    """A colour for each solver, the same in all pictures."""
    return dict(zip(solvers, distinct(len(solvers)), strict=True))


def draw_curves(found: Comparison) -> "Axes | None":
    """Mean gap over CPU time; dots are runs of their own at each budget. None where there is nothing to draw."""
    ax, drawn = new_axes(7.4, 4.4), False
    for solver, colour in colours(found.solvers).items():
        line = curve(solver, found.runs_of(solver), found.yardsticks)
        if line is None:
            continue
        drawn = True
        told = f" ({line.runs} of {line.runs + line.left_out} runs)" if line.left_out else ""
        ax.step(line.seconds, line.gaps, where="post", color=colour, linewidth=1.8, label=f"{_plain(solver)}{told}")
        mine = [each for each in found.standings if each.solver == solver]
        dots = [(each.budget, each.mean) for each in mine if each.mean is not None]
        ax.plot(*np.array(dots).reshape(-1, 2).T, "o", color=colour, markersize=5)
    if not drawn:
        return None
    ax.set_xscale("log")
    _plain_ticks(ax)
    ax.set_xlabel("CPU seconds", fontsize=9)
    ax.set_ylabel("mean gap in %", fontsize=9)
    _scale_gaps(ax, "y")
    return _finished(ax, "Gap over time")


def draw_profile(found: Comparison) -> "Axes | None":
    """Share of runs within a gap, at the largest budget."""
    budget = found.budgets[-1]
    rows = [row for row in found.rows if row.budget == budget]
    largest = max((row.gap for row in rows if row.gap is not None), default=None)
    if largest is None:
        return None
    ax = new_axes(7.4, 4.4)
    for solver, colour in colours(found.solvers).items():
        mine = [row for row in rows if row.solver == solver]
        gaps = sorted(max(row.gap, 0.0) for row in mine if row.gap is not None)
        shares = [100.0 * rank / len(mine) for rank in range(1, len(gaps) + 1)]
        ends = [0.0, *gaps, 1.2 * max(largest, LINEAR)], [0.0, *shares, *(shares[-1:] or [0.0])]
        ax.step(*ends, where="post", color=colour, linewidth=1.8, label=_plain(solver))
    _scale_gaps(ax, "x")
    ax.set_xlim(left=0.0)
    ax.set_ylim(0, 103)
    ax.set_xlabel("gap to the best known cost in %", fontsize=9)
    ax.set_ylabel("% of runs within the gap", fontsize=9)
    return _finished(ax, f"Performance profile after {budget:g} s")


def draw_dots(found: Comparison) -> "Axes | None":
    """Gaps of each instance at the largest budget: a dot for the mean over seeds, a line from best to worst seed."""
    budget = found.budgets[-1]
    rows = [row for row in found.rows if row.budget == budget]
    means = {
        solver: instance_gaps(row for row in rows if row.solver == solver) for solver in found.solvers
    }  # fmt: skip
    names = _widest(means)
    if not names:
        return None
    ax = new_axes(7.4, 1.4 + 0.24 * len(names))
    for solver, colour in colours(found.solvers).items():
        for place, name in enumerate(names):
            seeds = [row.gap for row in rows if (row.solver, row.instance) == (solver, name) and row.gap is not None]
            if name in means[solver]:
                ax.plot([min(seeds), max(seeds)], [place, place], color=colour, linewidth=1.2, alpha=0.5)
        there = [place for place, name in enumerate(names) if name in means[solver]]
        shown = [means[solver][names[place]] for place in there]
        ax.plot(shown, there, "o", color=colour, markersize=5, label=_plain(solver))
    ax.set_yticks(range(len(names)), [_plain(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    _scale_gaps(ax, "x")
    ax.set_xlabel("gap to the best known cost in %", fontsize=9)
    return _finished(ax, f"Each instance after {budget:g} s")


def _widest(means: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Instances in their order; where there are many those with the largest gaps."""
    largest: dict[str, float] = {}
    for gaps in means.values():
        for name, gap in gaps.items():
            largest[name] = max(gap, largest.get(name, gap))
    kept = set(sorted(largest, key=lambda name: -largest[name])[:MOST_DOTS])
    return [name for name in largest if name in kept]


def _plain(name: str) -> str:
    """As matplotlib shows it, which leaves out labels that begin with _ and sets as formulas what is between $."""
    return f"{' ' if name.startswith('_') else ''}{name}".replace("$", r"\$")


def _scale_gaps(ax: "Axes", axis: str) -> None:
    """Linear up to ``LINEAR``, logarithmic above, with ticks that read well on both parts."""
    from matplotlib.ticker import FuncFormatter, NullLocator

    low, high = ax.dataLim.intervaly if axis == "y" else ax.dataLim.intervalx
    scale = ax.yaxis if axis == "y" else ax.xaxis
    (ax.set_yscale if axis == "y" else ax.set_xscale)("symlog", linthresh=LINEAR, linscale=0.5)
    (ax.set_ylim if axis == "y" else ax.set_xlim)(min(1.3 * low, -0.01), max(1.3 * high, 1.1 * LINEAR))
    below = [-tick for tick in reversed(TICKS) if 0 < tick <= -1.3 * low]
    scale.set_ticks([*below, *(tick for tick in TICKS if tick <= max(1.3 * high, 1.1 * LINEAR))])
    scale.set_minor_locator(NullLocator())
    scale.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    (ax.axhline if axis == "y" else ax.axvline)(0.0, color=FAINT, linewidth=0.8, zorder=0)


def _plain_ticks(ax: "Axes") -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    ax.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())


def _finished(ax: "Axes", title: str) -> "Axes":
    ax.grid(visible=True, color="#e6e9ed", linewidth=0.7)
    ax.set_axisbelow(True)
    quiet_frame(ax)
    ax.tick_params(axis="y", labelcolor=INK)
    set_heading(ax, title, "")
    _, names = ax.get_legend_handles_labels()
    ax.figure.legend(loc="outside lower center", ncols=min(len(names), 4), frameon=False, fontsize=9)
    return ax
