"""When each vehicle drives, waits and serves: one row per route."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.data.draw.canvas import FAINT, INK, new_axes, quiet_frame, set_heading
from routewright.data.errors import InstanceError
from routewright.data.evaluate import RouteTimetable, evaluate
from routewright.data.evaluate.course import lay_course
from routewright.data.instance import Instance
from routewright.data.schedule import time_unit
from routewright.data.solution import Route, Solution

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]

LANES = 4
"""Windows of stops in a row stand in this many lanes below the route, so that they do not overlap."""

DRIVING, WAITING, SERVING, RESTING, WINDOW, LATE = "#aeb6c0", "#f3d9a4", "#1f6fb4", "#2a9461", "#9fa8b3", "#d6001c"


def plot_timetable(
    instance: Instance, solution: Solution, ax: "Axes | None" = None, *, title: str | None = None
) -> "Axes":
    """Draw the schedule of every route as bars over time, in reported units.

    Bars are travel (thin), waiting, service and breaks; thin lines below a row are the windows of
    its stops, in their order; a red dot is a stop that is served late.

    Args:
        instance: for windows and units.
        solution: whose timetable to draw.
        ax: where to draw; None makes a new figure.
        title: None is the instance's name; empty is nothing.

    Returns:
        The Axes drawn on; row k is the solution's route k, from 1, downwards.

    Raises:
        InstanceError: if the solution has no route.
    """
    routes = evaluate(instance, solution).routes
    if not routes:
        raise InstanceError("the solution has no route: its timetable is empty")
    if ax is None:
        ax = new_axes(10.0, float(np.clip(1.4 + 0.42 * len(routes), 2.4, 24.0)))
    for row, timed in enumerate(routes):
        _draw_route(ax, instance, solution.routes[timed.route], timed, row)
    _describe(ax, routes, instance.name if title is None else title)
    return ax


def _draw_route(ax: "Axes", instance: Instance, route: Route, timed: RouteTimetable, row: int) -> None:
    unit = float(time_unit(instance))
    table = timed.columns
    _bars(ax, row, 0.10, DRIVING, "travel", table.departure[:-1] / unit, table.arrival[1:] / unit)
    _bars(ax, row, 0.22, WAITING, "waiting", (table.start - table.wait) / unit, table.start / unit)
    served = table.start + lay_course(instance, route).service
    _bars(ax, row, 0.22, SERVING, "service", table.start / unit, served / unit)
    rests = np.array([[rest.start, rest.end] for rest in timed.breaks]).reshape(-1, 2) / unit
    _bars(ax, row, 0.22, RESTING, "break", rests[:, 0], rests[:, 1])
    _draw_windows(ax, instance, table.node, row)
    late = table.start[table.lateness > 0] / unit
    if len(late):
        ax.plot(late, np.full(len(late), row), "o", color=LATE, markersize=4, label=_once(ax, "late"), zorder=4)


def _bars(ax: "Axes", row: int, half: float, colour: str, name: str, starts: Floats, ends: Floats) -> None:
    spans = [(start, end - start) for start, end in zip(starts, ends, strict=True) if end > start]
    if spans:
        ax.broken_barh(
            spans, (row - half, 2 * half), facecolors=colour, edgecolors="white", linewidth=0.3,
            label=_once(ax, name), zorder=3 if name != "travel" else 2,
        )  # fmt: skip


def _draw_windows(ax: "Axes", instance: Instance, nodes: NDArray[np.int64], row: int) -> None:
    lines = []
    clients = [node for node in nodes.tolist() if node in instance.clients]
    for place, node in enumerate(clients):
        level = row + 0.28 + 0.055 * (place % LANES)
        for opens, closes in np.unique(instance.windows[node], axis=0) / time_unit(instance):
            if np.isfinite(closes):
                lines.append((level, opens, closes))
    if lines:
        levels, opens, closes = np.array(lines).T
        ax.hlines(levels, opens, closes, colors=WINDOW, linewidth=1.4, zorder=1, label=_once(ax, "window"))


def _once(ax: "Axes", name: str) -> str:
    """The label, hidden where the legend has it already."""
    return f"_{name}" if name in ax.get_legend_handles_labels()[1] else name


def _describe(ax: "Axes", routes: tuple[RouteTimetable, ...], title: str) -> None:
    ax.set_yticks(range(len(routes)), [f"route {timed.route + 1}" for timed in routes])
    ax.set_ylim(len(routes) - 0.4, -0.6)  # downwards
    ax.set_xlabel("time", fontsize=9)
    ax.grid(visible=True, axis="x", color="#e6e9ed", linewidth=0.7)
    ax.set_axisbelow(True)
    quiet_frame(ax)
    ax.tick_params(axis="y", colors=INK, length=0)
    ax.xaxis.label.set_color(FAINT)
    set_heading(ax, title, "")
    ax.legend(
        loc="upper left", bbox_to_anchor=(0.0, -0.12 if len(routes) < 8 else -0.06), ncols=6, frameon=False, fontsize=8
    )
