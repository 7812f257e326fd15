"""CSV of clients: what a spreadsheet knows of a problem; the fleet is given by arguments.

The first line names the columns, in any order; the known ones are in ``ALIASES``. Nodes have either
x and y, or lat and lon in degrees (distances in kilometres). The first row is the depot, unless a
column ``type`` says which rows are depots, clients and stations. An empty cell is neutral: no
load, open from 0 for ever, hard window, required. Without a column ``required``, a client with a
prize is optional.
"""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.csv_table import Cells, delimiter_of, table
from routewright.data.formats.expressed import ensure_same
from routewright.data.formats.rows import naming
from routewright.data.formats.text import read_text
from routewright.data.formats.units import rule_for
from routewright.data.instance import Floats, Instance, Objective
from routewright.data.vehicle import VehicleType

ALIASES = {
    "id": "id",
    "name": "name",
    "type": "type",
    "x": "x",
    "y": "y",
    "lat": "lat",
    "latitude": "lat",
    "lon": "lon",
    "lng": "lon",
    "longitude": "lon",
    "demand": "delivery",
    "delivery": "delivery",
    "pickup": "pickup",
    "ready": "ready",
    "open": "ready",
    "due": "due",
    "close": "due",
    "service": "service",
    "release": "release",
    "prize": "prize",
    "required": "required",
    "group": "group",
    "lateness_cost": "lateness_cost",
}
"""Column titles that are understood, and the names that this module has for them."""

TYPES = ("depot", "client", "station")
_PLACES = (("x", "y"), ("lat", "lon"))
_DEGREES = {"lat": 90.0, "lon": 180.0}


def looks_like_csv(text: str) -> bool:
    """Whether the first line of ``text`` names columns that hold places."""
    first = text.lstrip().partition("\n")[0]
    found = {ALIASES.get(word.strip().strip('"').lower()) for word in first.split(delimiter_of(text))}
    return any(found.issuperset(pair) for pair in _PLACES)


def read_csv(
    path: str | Path,
    *,
    capacity: float | None = None,
    vehicles: int | None = None,
    speed: float = 1.0,
    rounding: str = "none",
    objective: Objective | None = None,
) -> Instance:
    """Read clients from a CSV file, separated by commas, semicolons or tabs.

    Args:
        path: the file.
        capacity: of each vehicle; None is unlimited.
        vehicles: available at each depot; None is unlimited.
        speed: distance (kilometres for lat and lon) per unit of the file's times.
        rounding: how distances are made; ``auto`` is ``none``.
        objective: None is ``cost``.

    Returns:
        An instance with depots first and stations last; names are the column name, or else id.

    Raises:
        FormatError: naming line, column and value; or the node, counted depots first, of values that make no sense
            together.
    """
    return _parse(
        path, read_text(path), capacity=capacity, vehicles=vehicles, speed=speed, rounding=rounding,
        objective=objective,
    )  # fmt: skip


def _parse(
    path: str | Path,
    text: str,
    *,
    capacity: float | None,
    vehicles: int | None,
    speed: float,
    rounding: str,
    objective: Objective | None,
) -> Instance:
    rule = rule_for(path, rounding, "none")
    columns, found = table(path, text, ALIASES)
    place = _place(path, columns)
    nodes, depots, stations = _in_order(path, columns, found)
    load = () if capacity is None else (capacity,)
    times = np.array([(row.number("ready", 0.0), row.number("due", np.inf, infinite=True)) for row in nodes])
    with naming(path):
        return Instance.build(
            coords=[[_coordinate(row, axis) for axis in place] for row in nodes],
            metric="haversine" if place == ("lat", "lon") else "euclidean",
            rounding=rule.rounding,
            scale=rule.scale,
            depots=depots,
            stations=stations,
            delivery=_column(nodes, "delivery", least=0.0),
            pickup=_column(nodes, "pickup", least=0.0),
            windows=rule.to_raw(times),
            service=rule.to_raw(_column(nodes, "service", least=0.0)),
            release=rule.to_raw(_column(nodes, "release", least=0.0)),
            prize=rule.to_raw(_column(nodes, "prize")),
            lateness_cost=[row.number("lateness_cost", np.inf, infinite=True) for row in nodes],
            required=[_required(row, columns) for row in nodes],
            group=[row.whole("group", -1) for row in nodes],
            vehicle_types=[VehicleType(vehicles, load, start=d, end=d, speed=speed) for d in range(depots)],
            objective=objective or "cost",
            names=_names(columns, nodes),
            name=Path(path).stem,
        )


def _place(path: str | Path, columns: list[str]) -> tuple[str, str]:
    given = [pair for pair in _PLACES if set(pair) & set(columns)]
    if len(given) > 1:
        raise FormatError(path, "has places twice: give either x and y, or lat and lon", line=1)
    for pair in given:
        if set(pair) <= set(columns):
            return pair
    raise FormatError(path, f"needs columns x and y, or lat and lon; it has {', '.join(columns)}", line=1)


def _in_order(path: str | Path, columns: list[str], found: list[Cells]) -> tuple[list[Cells], int, int]:
    """Depots, clients, stations; and how many are depots and stations."""
    if not found:
        raise FormatError(path, "has no rows: the first one is the depot")
    if "type" not in columns:
        return found, 1, 0
    kinds = [row.choice("type", TYPES, default="client") for row in found]
    if "depot" not in kinds:
        raise FormatError(path, "has no row of type depot")
    order = sorted(range(len(found)), key=lambda index: TYPES.index(kinds[index]))
    return [found[index] for index in order], kinds.count("depot"), kinds.count("station")


def _coordinate(row: Cells, axis: str) -> float:
    most = _DEGREES.get(axis, np.inf)
    return row.number(axis, least=-most, most=most)


def _column(nodes: list[Cells], column: str, least: float = -np.inf) -> Floats:
    return np.array([row.number(column, 0.0, least=least) for row in nodes])


def _required(row: Cells, columns: list[str]) -> bool:
    return row.flag("required", default="required" in columns or row.number("prize", 0.0) == 0)


def _names(columns: list[str], nodes: list[Cells]) -> tuple[str, ...]:
    column = next((title for title in ("name", "id") if title in columns), None)
    if column is None:
        return ()
    names = tuple(row.cells.get(column, "") for row in nodes)
    seen: set[str] = set()
    for row, name in zip(nodes, names, strict=True):
        if name and name in seen:
            raise row.row.error(f"{column} is {name!r}, which stands in an earlier row")
        seen.add(name)
    return () if column == "id" and names == tuple(map(str, range(len(names)))) else names


def write_csv(instance: Instance, path: str | Path) -> None:
    """Write the nodes of ``instance``, in plain units, separated by commas.

    Rounding, objective and fleet are no part of the file: they are arguments of ``read_csv``.

    Raises:
        FormatError: if ``read_csv`` could not make the same instance of it; names the fields.
    """
    lacking = {
        "delivery and pickup in one load dimension": instance.n_loads == 1,
        "coords": instance.coords is not None,
    }
    reasons = [name for name, there in lacking.items() if not there]
    if reasons:
        raise FormatError(path, f"a CSV of clients cannot hold this instance: {', '.join(reasons)}")
    columns, stream = _columns(instance), StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    text, vehicle = stream.getvalue(), instance.vehicle_types[0]

    def parse() -> Instance:
        load = next((each for each in vehicle.capacity if each < np.inf), None)
        return _parse(
            path, text, capacity=load, vehicles=vehicle.count, speed=vehicle.speed, rounding=instance.rounding,
            objective=instance.objective,
        )  # fmt: skip

    ensure_same(path, instance, parse, "a CSV of clients")
    with atomic_write(path) as out:
        out.write(text)


def _columns(instance: Instance) -> dict[str, list[Any]]:
    """Cells by column; columns that would be neutral throughout are left out."""
    assert instance.coords is not None  # the caller looks
    scale, axes = instance.scale, _PLACES[instance.metric == "haversine"]
    kinds = np.full(instance.n_nodes, "client", dtype=object)
    kinds[: instance.depots], kinds[list(instance.station_nodes)] = "depot", "station"
    columns: dict[str, list[Any]] = {"name": list(instance.names)} if instance.names else {}
    columns |= {"type": kinds.tolist()} if instance.depots > 1 or instance.stations else {}
    columns |= {axis: _texts(instance.coords[:, index]) for index, axis in enumerate(axes)}
    numbers = {
        "delivery": (instance.delivery[:, 0], 0),
        "pickup": (instance.pickup[:, 0], 0),
        "ready": (instance.windows[:, 0, 0] / scale, 0),
        "due": (instance.windows[:, 0, 1] / scale, np.inf),
        "service": (instance.service / scale, 0),
        "release": (instance.release / scale, 0),
        "prize": (instance.prize / scale, 0),
        "lateness_cost": (instance.lateness_cost, np.inf),
        "group": (instance.group, -1),
    }
    for column, (values, neutral) in numbers.items():
        if (values != neutral).any():
            columns[column] = [
                text if value != neutral else "" for text, value in zip(_texts(values), values, strict=True)
            ]
    if "prize" in columns or not instance.required[instance.depots : instance.n_nodes - instance.stations].all():
        columns["required"] = ["yes" if flag else "no" for flag in instance.required]
    return columns


def _texts(values: Any) -> list[str]:
    return [str(int(value)) if np.isfinite(value) and value == int(value) else repr(float(value)) for value in values]
