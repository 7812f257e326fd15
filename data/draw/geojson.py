"""An instance and its routes as GeoJSON (RFC 7946), which maps and geographic databases read.

Positions are (longitude, latitude) in degrees; a plane has no place on the globe and is refused.
Points are nodes, line strings are routes. Colours of routes follow the names that map viewers know
(``stroke``, ``marker-color``).
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.draw.colours import Colour, distinct
from routewright.data.errors import InstanceError
from routewright.data.evaluate import Evaluation, RouteTimetable, evaluate
from routewright.data.formats.atomic import atomic_write
from routewright.data.instance import Instance
from routewright.data.schedule import Row, Schedule, time_unit
from routewright.data.solution import Solution

Floats = NDArray[np.float64]
Feature = dict[str, Any]


def to_geojson(instance: Instance, solution: Solution | None = None) -> dict[str, Any]:
    """A feature collection: first the routes, then all nodes.

    Points have ``node``, ``name``, ``kind`` (depot, client, station), the loads, windows and other
    fields that are not neutral, and, where a route visits them, ``route`` (from 1), ``stop``,
    ``arrival``, ``start`` and ``departure``. Lines have ``route``, ``vehicle``, ``stops``,
    ``distance``, ``duration`` and ``cost``. Times are in the units of the instance's source.

    Raises:
        InstanceError: if the instance has no places on the globe.
    """
    places = degrees(instance)
    judged = None if solution is None else evaluate(instance, solution)
    visits = {} if judged is None else _visits(judged)
    lines = [] if judged is None else _lines(judged, places)
    points = [_point(instance, node, places[node], visits.get(node, {})) for node in range(instance.n_nodes)]
    return {"type": "FeatureCollection", "features": [*lines, *points]}


def write_geojson(instance: Instance, path: str | Path, solution: Solution | None = None) -> None:
    """Write ``to_geojson`` to a file.

    Raises:
        InstanceError: if the instance has no places on the globe.
        FormatError: if the file cannot be written.
    """
    document = to_geojson(instance, solution)
    with atomic_write(path) as stream:
        json.dump(document, stream, ensure_ascii=False, allow_nan=False)
        stream.write("\n")


def degrees(instance: Instance) -> Floats:
    """(longitude, latitude) [N, 2] of every node.

    Raises:
        InstanceError: if the instance has no coordinates, or some in a plane.
    """
    label = f" {instance.name!r}" if instance.name else ""
    if instance.coords is None:
        raise InstanceError(f"instance{label} has distances but no coords: its nodes cannot be put on a map")
    if instance.metric == "haversine":
        return instance.coords[:, ::-1]
    if instance.rounding == "geo":  # degrees and minutes, DDD.MM
        whole = np.trunc(instance.coords)
        return np.asarray((whole + (instance.coords - whole) * 5.0 / 3.0)[:, ::-1])
    raise InstanceError(
        f"instance{label} lies in a plane, a map needs latitude and longitude (metric='haversine'); "
        "pictures (.png, .svg, .pdf) show planes too"
    )


def colours_of(judged: Evaluation) -> list[str]:
    """A colour for each route, as hexadecimal text."""
    return [_hexadecimal(colour) for colour in distinct(len(judged.routes))]


def way(timed: RouteTimetable) -> list[int]:
    """Nodes of a route, depots included."""
    return [stop.node for stop in timed.stops]


def _hexadecimal(colour: Colour) -> str:
    if isinstance(colour, str):
        return colour
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def _lines(judged: Evaluation, places: Floats) -> list[Feature]:
    instance, unit = judged.instance, time_unit(judged.instance)
    features = []
    for timed, colour in zip(judged.routes, colours_of(judged), strict=True):
        nodes = way(timed)
        nodes = [nodes[0], *(b for a, b in pairwise(nodes) if a != b)]
        properties = {
            "route": timed.route + 1,
            "vehicle": instance.vehicle_types[timed.vehicle_type].name or timed.vehicle_type,
            "stops": sum(node >= instance.depots for node in nodes),
            "distance": plain(timed.distance / unit),
            "duration": plain(timed.duration / unit),
            "cost": plain(timed.cost / instance.scale),
            "stroke": colour,
        }
        features.append(_feature("LineString", places[nodes].tolist(), properties))
    return features


def _visits(judged: Evaluation) -> dict[int, Feature]:
    """What the timetable says of each client and station; of the last visit, where there are several."""
    schedule, colours = Schedule(judged), colours_of(judged)
    by_route = {timed.route + 1: colour for timed, colour in zip(judged.routes, colours, strict=True)}
    return {row["node"]: _visit(row, by_route[row["route"]]) for row in schedule.rows if _is_stop(judged, row)}


def _is_stop(judged: Evaluation, row: Row) -> bool:
    return bool(row["node"] >= judged.instance.depots)


def _visit(row: Row, colour: str) -> Feature:
    kept = ("route", "stop", "arrival", "wait", "start", "departure", "lateness")
    return {name: row[name] for name in kept} | {"marker-color": colour}


def _point(instance: Instance, node: int, place: Floats, visit: Feature) -> Feature:
    kind = "depot" if node < instance.depots else "client" if node in instance.clients else "station"
    properties: Feature = {"node": node, "name": instance.label(node), "kind": kind}
    return _feature("Point", place.tolist(), properties | _fields(instance, node) | visit)


def _fields(instance: Instance, node: int) -> Feature:
    """What a node asks, neutral fields left out; infinity is null."""
    unit = time_unit(instance)
    found: Feature = {}
    for name in ("delivery", "pickup"):
        load = [plain(value) for value in getattr(instance, name)[node]]
        if any(load):
            found[name] = load[0] if len(load) == 1 else load
    windows = np.unique(instance.windows[node], axis=0)
    if windows.tolist() != [[0.0, np.inf]]:
        found["windows"] = [[plain(time / unit) if np.isfinite(time) else None for time in row] for row in windows]
    for name in ("service", "release"):
        if getattr(instance, name)[node]:
            found[name] = plain(getattr(instance, name)[node] / unit)
    if node in instance.clients and not instance.required[node]:
        found |= {"required": False, "prize": plain(instance.prize[node] / instance.scale)}
    if instance.group[node] >= 0:
        found["group"] = int(instance.group[node])
    return found


def _feature(kind: str, coordinates: list[Any], properties: Feature) -> Feature:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def plain(value: Any) -> float | int:
    """A whole number as such, so that texts show no needless point."""
    return int(value) if float(value).is_integer() else float(value)
