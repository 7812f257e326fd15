"""How the cost falls over time, solver by solver."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

import numpy as np

from routewright.data.draw.canvas import FAINT, new_axes, quiet_frame, set_heading
from routewright.data.draw.colours import distinct
from routewright.data.errors import InstanceError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Clock = Literal["wall", "cpu"]

GAP_TICKS = (-10, -5, -2, -1, -0.5, -0.2, -0.1, 0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Point(Protocol):
    """One improvement: seconds since the start and the cost from then on."""

    @property
    def wall(self) -> float:
        """Wall seconds since the start."""

    @property
    def cpu(self) -> float:
        """CPU seconds since the start."""

    @property
    def cost(self) -> float:
        """Reported cost."""


Trajectory = Sequence[Point]


@runtime_checkable
class Run(Protocol):
    """What is needed of a solver's result."""

    @property
    def solver(self) -> str:
        """Its name."""

    @property
    def trajectory(self) -> Trajectory:
        """Improvements in order."""

    @property
    def seconds(self) -> float:
        """Wall seconds in all."""

    @property
    def cpu_seconds(self) -> float:
        """CPU seconds in all."""


@dataclass(frozen=True)
class _Curve:
    name: str
    seconds: list[float]
    costs: list[float]


def plot_convergence(
    results: Iterable[Run] | Run | Mapping[str, "Trajectory | Run"],
    ax: "Axes | None" = None,
    best_known: float | None = None,
    *,
    clock: Clock = "wall",
    title: str = "",
) -> "Axes":
    """Draw cost, or the gap to a best known cost, over seconds as steps.

    Args:
        results: one result, several, or a mapping from a name to a result or a trajectory. Runs of
            the same name (several seeds) share a colour and one line in the legend.
        ax: where to draw; None makes a new figure.
        best_known: reported cost; draws the gap in per cent instead of the cost (linear below
            0.1 %, logarithmic above).
        clock: ``wall`` or ``cpu`` seconds.
        title: of the Axes.

    Returns:
        The Axes drawn on.

    Raises:
        InstanceError: if there is nothing to draw, or best_known is not positive.
    """
    if clock not in ("wall", "cpu"):
        raise InstanceError(f"clock is {clock!r}, must be one of wall, cpu")
    if best_known is not None and not (isfinite(best_known) and best_known > 0):
        raise InstanceError(f"best_known is {best_known:g}, must be finite and > 0 for a gap in per cent")
    curves = [curve for name, run in _named(results) if (curve := _curve(name, run, clock)).costs]
    if not curves:
        raise InstanceError("no run has a cost to draw")
    if ax is None:
        ax = new_axes(7.2, 4.4)
    _draw_curves(ax, curves, best_known)
    _describe(ax, best_known, clock, title)
    return ax


def _named(results: Any) -> list[tuple[str, Any]]:
    if isinstance(results, Mapping):
        return list(results.items())
    runs = [results] if isinstance(results, Run) else list(results)
    return [(run.solver, run) for run in runs]


def _curve(name: str, run: "Trajectory | Run", clock: Clock) -> _Curve:
    points = [point for point in (run.trajectory if isinstance(run, Run) else run) if isfinite(point.cost)]
    seconds, costs = [getattr(point, clock) for point in points], [point.cost for point in points]
    if isinstance(run, Run) and costs:  # the best cost holds until the run is over
        seconds.append(max(run.seconds if clock == "wall" else run.cpu_seconds, seconds[-1]))
        costs.append(costs[-1])
    return _Curve(name, seconds, costs)


def _draw_curves(ax: "Axes", curves: list[_Curve], best_known: float | None) -> None:
    names = list(dict.fromkeys(curve.name for curve in curves))
    colours = dict(zip(names, distinct(len(names)), strict=True))
    latest = max(curve.seconds[-1] for curve in curves)
    labelled: set[str] = set()
    for curve in curves:
        values = curve.costs if best_known is None else [100.0 * (cost / best_known - 1.0) for cost in curve.costs]
        label = f"_{curve.name}" if curve.name in labelled else curve.name
        labelled.add(curve.name)
        ax.step(
            [*curve.seconds, latest] if len(curve.seconds) == 1 else curve.seconds,
            [*values, values[-1]] if len(curve.seconds) == 1 else values,
            where="post", color=colours[curve.name], linewidth=1.6, label=label,
        )  # fmt: skip
        ax.plot(curve.seconds[-1], values[-1], marker="o", markersize=3.5, color=colours[curve.name], label="_end")


def _describe(ax: "Axes", best_known: float | None, clock: Clock, title: str) -> None:
    ax.set_xlabel("seconds" if clock == "wall" else "CPU seconds", fontsize=9)
    ax.set_xlim(left=0.0)
    if best_known is None:
        _scale_costs(ax)
    else:
        _scale_gaps(ax)
    ax.grid(visible=True, color="#e6e9ed", linewidth=0.7)
    ax.set_axisbelow(True)
    quiet_frame(ax)
    set_heading(ax, title, "")
    ax.legend(frameon=False, fontsize=9)


def _scale_costs(ax: "Axes") -> None:
    from matplotlib.ticker import FuncFormatter

    ax.set_ylabel("cost", fontsize=9)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda cost, _: f"{cost:,.10g}"))


def _scale_gaps(ax: "Axes") -> None:
    """Linear up to 0.1 %, then logarithmic, with ticks that read well on both parts."""
    from matplotlib.ticker import FuncFormatter, NullLocator

    gaps = [gap for line in ax.lines for gap in map(float, np.asarray(line.get_ydata()))]
    low, high = min(gaps), max(gaps)
    ax.set_ylabel("gap to the best known cost in %", fontsize=9)
    ax.set_yscale("symlog", linthresh=0.1, linscale=0.5)
    ax.set_ylim(min(1.3 * low, -0.01), max(1.3 * high, 0.11))
    ax.set_yticks([tick for tick in GAP_TICKS if 1.3 * min(low, 0.0) <= tick <= 1.3 * max(high, 0.1)])
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda gap, _: f"{gap:g}"))
    ax.axhline(0.0, color=FAINT, linewidth=0.8, zorder=0, label="_best known")
