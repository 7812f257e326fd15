"""Schneider, Stenger and Goeke's text form of the electric VRPTW.

Schneider, Stenger & Goeke (2014), "The electric vehicle-routing problem with time windows and
recharging stations", Transportation Science 48(4). A table of nodes (d depot, f station, c
customer), a blank line, then one parameter per line: its letter, words, and its value in slashes.
"""

import re
from pathlib import Path

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.rows import Row, naming, node_names, number, rows
from routewright.data.formats.text import read_text
from routewright.data.formats.units import rule_for
from routewright.data.instance import Instance, Objective
from routewright.data.vehicle import Battery, VehicleType

COLUMNS = ("x", "y", "demand", "ready time", "due date", "service time")
PARAMETERS = {
    "Q": "tank capacity",
    "C": "load capacity",
    "r": "consumption rate",
    "g": "inverse refueling rate",
    "v": "velocity",
}
_HEADER = re.compile(r"^\s*StringID\s+Type\s", re.IGNORECASE)
_VALUE = re.compile(r"/\s*([^/\s]+)\s*/")


def looks_like_schneider(text: str) -> bool:
    """Whether ``text`` starts with the column titles of the electric VRPTW."""
    return _HEADER.match(text) is not None


def read_schneider(path: str | Path, rounding: str = "auto", objective: Objective | None = None) -> Instance:
    """Read an electric VRPTW file.

    Args:
        path: the file.
        rounding: ``auto`` is ``none``.
        objective: None is ``vehicles_first``.

    Returns:
        An instance with an unlimited fleet of one type; nodes are the depot, the customers and last
        the stations (one of which stands at the depot). Names are those of the file.

    Raises:
        FormatError: if the file breaks the form.
    """
    rule = rule_for(path, rounding, "none")
    lines = rows(path, read_text(path))[1:]
    nodes = _in_order(path, [row for row in lines if not _VALUE.search(" ".join(row.words))])
    stations = sum(_kind(row) == "f" for row in nodes)
    table = np.array([[row.number(index, name) for index, name in enumerate(COLUMNS, start=2)] for row in nodes])
    with naming(path):
        return Instance.build(
            coords=table[:, :2],
            rounding=rule.rounding,
            scale=rule.scale,
            stations=stations,
            delivery=table[:, 2],
            windows=rule.to_raw(table[:, 3:5]),
            service=rule.to_raw(table[:, 5]),
            vehicle_types=(_vehicle(path, lines, rule.scale),),
            objective=objective or "vehicles_first",
            names=node_names(nodes),
            name=Path(path).stem,
        )


def _kind(row: Row) -> str:
    if len(row.words) < len(COLUMNS) + 2:
        raise row.error(f"{len(row.words)} values, must be {len(COLUMNS) + 2} (name, type, {', '.join(COLUMNS)})")
    kind = row.words[1].lower()
    if kind not in ("d", "c", "f"):
        raise row.error(f"type is {row.words[1]!r}, must be d (depot), f (station) or c (customer)")
    return kind


def _in_order(path: str | Path, nodes: list[Row]) -> list[Row]:
    """The rows as ``Instance`` wants them: depot, customers, stations."""
    if not any(_kind(row) == "d" for row in nodes):
        raise FormatError(path, "has no depot (a row of type d)")
    ordered = sorted(nodes, key=lambda row: "dcf".index(_kind(row)))
    if len(ordered) > 1 and _kind(ordered[1]) == "d":
        raise ordered[1].error(f"{ordered[1].words[0]} is a second depot, the form has one")
    return ordered


def _vehicle(path: str | Path, lines: list[Row], scale: int) -> VehicleType:
    """The vehicle, its rates per raw unit of distance and of time."""
    value = _parameters(path, lines)
    battery = Battery(capacity=value["Q"], use=value["r"] / scale, recharge=value["g"] * scale)
    return VehicleType(capacity=(value["C"],), speed=value["v"], battery=battery)


def _parameters(path: str | Path, lines: list[Row]) -> dict[str, float]:
    found = {}
    for row in lines:
        match = _VALUE.search(" ".join(row.words))
        if match and row.words[0] in PARAMETERS:
            found[row.words[0]] = number(row, PARAMETERS[row.words[0]], match[1])
    for letter, meaning in PARAMETERS.items():
        if letter not in found:
            raise FormatError(path, f"has no line {letter} /…/ ({meaning})")
    return found
