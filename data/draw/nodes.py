"""Depots as squares, clients as dots, stations as triangles, clients left out as crosses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.data.draw.canvas import FAINT, INK
from routewright.data.draw.colours import Colour
from routewright.data.instance import Instance
from routewright.data.schedule import time_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]

_ABOVE_ROUTES = 3


def dot_area(n_nodes: int) -> float:
    """Area of a client's dot in square points: smaller where there are many."""
    return float(np.clip(3_000.0 / max(n_nodes, 1), 0.5, 40.0))


def draw_clients(ax: "Axes", instance: Instance, places: Floats, colours: Sequence[Colour]) -> None:
    """One dot per client: filled by its window's time where windows differ, else by its route.

    Args:
        ax: where to draw.
        instance: for windows and loads.
        places: [N, 2] positions of all nodes.
        colours: one per client, of its route.
    """
    area = dot_area(instance.n_nodes)
    x, y = places[list(instance.clients)].T
    label, times = _window_times(instance)
    if times is not None:
        edge = FAINT if area < 10 else INK
        dots = ax.scatter(
            x, y, s=1.3 * area, c=times, cmap="YlGnBu", edgecolors=edge, linewidths=0.5, zorder=_ABOVE_ROUTES
        )
        bar = ax.figure.colorbar(dots, ax=ax, shrink=0.6, pad=0.02, aspect=30)
        bar.set_label(label, fontsize=8, color=INK)
        bar.ax.tick_params(labelsize=8, colors=FAINT)
        bar.outline.set_visible(False)
        return
    fills = ["white" if hollow else colour for hollow, colour in zip(_picks_up(instance), colours, strict=True)]
    ax.scatter(x, y, s=area, c=fills, edgecolors=list(colours), linewidths=min(0.8, area / 4.0), zorder=_ABOVE_ROUTES)


def draw_depots(ax: "Axes", instance: Instance, places: Floats) -> None:
    """A square per depot, a triangle per charging station."""
    area = dot_area(instance.n_nodes)
    side = 45.0 + 1.5 * area
    x, y = places[: instance.depots].T
    name = "depot" if instance.depots == 1 else f"{instance.depots} depots"
    ax.scatter(x, y, s=side, marker="s", c=INK, edgecolors="white", linewidths=0.8, zorder=6, label=name)
    if instance.stations:
        x, y = places[list(instance.station_nodes)].T
        ax.scatter(
            x, y, s=25.0 + area, marker="^", c="#f2c230", edgecolors=INK, linewidths=0.7, zorder=4, label="station"
        )


def draw_unserved(ax: "Axes", nodes: Sequence[int], places: Floats) -> None:
    """A red cross on every client that no route visits."""
    if nodes:
        x, y = places[list(nodes)].T
        area = dot_area(len(places))
        ax.scatter(
            x, y, s=30.0 + area, marker="x", c="#d6001c", linewidths=1.6, zorder=5, label=f"{len(nodes)} unserved"
        )


def draw_labels(ax: "Axes", instance: Instance, places: Floats) -> None:
    """The name or number of each node beside it."""
    for node, (x, y) in enumerate(places):
        text = instance.names[node] if instance.names else str(node)
        offset = (6, 5) if node < instance.depots else (4, 3)
        ax.annotate(text, (x, y), xytext=offset, textcoords="offset points", fontsize=7, color=INK, zorder=7)


def _window_times(instance: Instance) -> tuple[str, Floats | None]:
    """What to colour clients by, in reported units: opening times, else closing times, else nothing."""
    clients = instance.windows[list(instance.clients)]
    opens, closes = clients[:, 0, 0], clients[:, -1, 1]
    if len(np.unique(opens)) > 1:
        return "window opens at", opens / time_unit(instance)
    if len(np.unique(closes)) > 1 and np.isfinite(closes).all():
        return "window closes at", closes / time_unit(instance)
    return "", None


def _picks_up(instance: Instance) -> NDArray[np.bool_]:
    clients = list(instance.clients)
    return np.asarray(instance.pickup[clients].any(axis=1) & ~instance.delivery[clients].any(axis=1))
