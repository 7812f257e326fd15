"""A map of an instance and, if there is one, of its solution."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.data.draw.canvas import FAINT, new_axes, quiet_frame, set_heading
from routewright.data.draw.colours import Colour, distinct
from routewright.data.draw.ground import positions, shape_axes, width_to_height
from routewright.data.draw.nodes import draw_clients, draw_depots, draw_labels, draw_unserved
from routewright.data.draw.path import Path, path_of
from routewright.data.errors import InstanceError
from routewright.data.evaluate import Evaluation, evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]

MOST_NAMED = 12
"""Routes beyond this number get no line in the legend."""


def plot(
    instance: Instance,
    solution: Solution | None = None,
    ax: "Axes | None" = None,
    *,
    labels: bool = False,
    legend: bool = True,
    title: str | None = None,
) -> "Axes":
    """Draw an instance and its routes.

    Depots are squares, clients dots, stations triangles, clients left out red crosses. Each route
    is one line in its own colour; the ways from and to depots are paler. Clients that are only
    picked up from are hollow. Where windows differ, dots are filled by the opening time instead of
    the route's colour.

    Args:
        instance: what to draw; it needs coordinates.
        solution: its routes; a solution that breaks limits is drawn all the same.
        ax: where to draw; None makes a new figure (without pyplot).
        labels: write the name or number of each node beside it.
        legend: name depots, stations and up to ``MOST_NAMED`` routes below the map.
        title: None is the instance's name, cost and number of routes; empty is nothing.

    Returns:
        The Axes drawn on.

    Raises:
        InstanceError: if the instance has no coordinates or a route names a node or vehicle type that it lacks.
    """
    places = positions(instance)
    paths = _paths(instance, solution)
    if ax is None:
        ax = new_axes(*_inches(instance, places))
    colours = _route_colours(paths, places)
    _draw_routes(ax, paths, places, colours)
    draw_clients(ax, instance, places, _client_colours(instance, paths, colours))
    draw_depots(ax, instance, places)
    result = evaluate(instance, solution) if solution is not None else None
    draw_unserved(ax, result.unserved if result else (), places)
    if labels:
        draw_labels(ax, instance, places)
    shape_axes(ax, instance, places)
    quiet_frame(ax)
    if title is None:
        set_heading(ax, instance.name, _facts(instance, result))
    else:
        set_heading(ax, title, "")
    if legend:
        _draw_legend(ax)
    return ax


def _paths(instance: Instance, solution: Solution | None) -> list[Path]:
    routes = () if solution is None else solution.routes
    for index, route in enumerate(routes, start=1):
        if not 0 <= route.vehicle_type < len(instance.vehicle_types):
            types = len(instance.vehicle_types)
            raise InstanceError(f"route {index} is of vehicle type {route.vehicle_type}, there are {types}")
        for node in route.stops:
            if not 0 <= node < instance.n_nodes:
                raise InstanceError(f"route {index} visits node {node}, nodes are 0 to {instance.n_nodes - 1}")
    return [path_of(instance, route, number) for number, route in enumerate(routes, start=1) if len(route)]


def _inches(instance: Instance, places: Floats) -> tuple[float, float]:
    ratio = width_to_height(instance, places)
    height = 6.4 if ratio > 1 else 7.2
    return min(height * ratio, 10.0) + 0.6, height + 0.9


def _route_colours(paths: list[Path], places: Floats) -> list[Colour]:
    """Colours in the order of the routes' directions, so that neighbours on the map differ."""
    middle = places.mean(axis=0)
    angles = [np.arctan2(*(places[path.stops].mean(axis=0) - middle)[::-1]) for path in paths]
    colours: list[Colour] = [""] * len(paths)
    for colour, index in zip(distinct(len(paths)), np.argsort(angles, kind="stable"), strict=True):
        colours[index] = colour
    return colours


def _client_colours(instance: Instance, paths: list[Path], colours: list[Colour]) -> list[Colour]:
    by_node: dict[int, Colour] = {}
    for path, colour in zip(paths, colours, strict=True):
        by_node.update(dict.fromkeys(path.stops, colour))
    return [by_node.get(client, FAINT) for client in instance.clients]


def _draw_routes(ax: "Axes", paths: list[Path], places: Floats, colours: list[Colour]) -> None:
    from matplotlib.collections import LineCollection

    width = float(np.clip(22.0 / np.sqrt(len(places)), 0.3, 1.8))
    legs = [places[list(leg)] for path in paths for leg in path.legs]
    pale = [colour for path, colour in zip(paths, colours, strict=True) for _ in path.legs]
    if legs:
        ax.add_collection(LineCollection(legs, colors=pale, linewidths=0.7 * width, alpha=0.35, zorder=1))
    for path, colour in zip(paths, colours, strict=True):
        label = f"route {path.number}" if len(paths) <= MOST_NAMED else f"_route {path.number}"
        x, y = path.line(places).T
        ax.plot(x, y, color=colour, linewidth=width, label=label, zorder=2, solid_joinstyle="round")


def _draw_legend(ax: "Axes") -> None:
    handles, names = ax.get_legend_handles_labels()
    ax.legend(
        handles, names, loc="upper center", bbox_to_anchor=(0.5, -0.06), ncols=min(6, max(len(names), 1)),
        frameon=False, fontsize=8, handlelength=1.4, columnspacing=1.2,
    )  # fmt: skip


def _facts(instance: Instance, result: Evaluation | None) -> str:
    clients = _plural(instance.n_clients, "client")
    if result is None:
        return clients
    cost = f"cost {readable_cost(result.cost, instance.scale)}"
    return " · ".join([cost, _plural(result.vehicles, "route"), clients])


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def readable_cost(cost: float, scale: int = 1) -> str:
    """A reported cost with as many digits as say something."""
    if cost == int(cost):
        return f"{int(cost):,}"
    whole_digits = len(str(int(abs(cost))))
    digits = len(str(scale)) - 1 or max(5 - whole_digits, 1)
    return f"{cost:,.{digits}f}"
