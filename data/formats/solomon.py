"""Solomon's text form of the VRPTW, also used by Gehring and Homberger.

Solomon (1987), "Algorithms for the vehicle routing and scheduling problems with time window
constraints", Operations Research 35(2). The default convention is that of the 12th DIMACS
challenge: distance only, d = floor(10 x Euclid), times x 10.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.expressed import ensure_same
from routewright.data.formats.rows import Row, naming, node_names, rows
from routewright.data.formats.text import read_text
from routewright.data.formats.units import rule_for
from routewright.data.instance import Floats, Instance, Objective

COLUMNS = ("number", "x", "y", "demand", "ready time", "due date", "service time")
_HEADER = re.compile(r"^\s*NUMBER\s+CAPACITY\s*$", re.IGNORECASE | re.MULTILINE)


def looks_like_solomon(text: str) -> bool:
    """Whether ``text`` has the line above a Solomon file's fleet."""
    return _HEADER.search(text) is not None


def read_solomon(path: str | Path, rounding: str = "auto", objective: Objective | None = None) -> Instance:
    """Read a Solomon or Gehring-Homberger file.

    Args:
        path: the file.
        rounding: ``auto`` is ``trunc1``.
        objective: None is ``cost``; ``vehicles_first`` is the older convention.

    Returns:
        An instance with the file's limited fleet.

    Raises:
        FormatError: if the file breaks the form.
    """
    return parse_solomon(path, read_text(path), rounding, objective)


def parse_solomon(path: str | Path, text: str, rounding: str = "auto", objective: Objective | None = None) -> Instance:
    """Like ``read_solomon``, of a file's text; ``path`` is for messages."""
    rule = rule_for(path, rounding, "trunc1")
    lines = rows(path, text)
    vehicles, capacity = _fleet(path, lines)
    names, table = _customers(path, lines)
    with naming(path):
        return Instance.build(
            coords=table[:, 1:3],
            rounding=rule.rounding,
            scale=rule.scale,
            delivery=table[:, 3],
            windows=rule.to_raw(table[:, 4:6]),
            service=rule.to_raw(table[:, 6]),
            capacity=capacity,
            vehicles=vehicles,
            objective=objective or "cost",
            names=names,
            name=" ".join(lines[0].words) if lines[0].words[0].upper() != "VEHICLE" else "",
        )


def _fleet(path: str | Path, lines: list[Row]) -> tuple[int, float]:
    start = _after(path, lines, ("NUMBER", "CAPACITY"))
    if start == len(lines):
        raise FormatError(path, "ends before the number and capacity of vehicles")
    row = lines[start]
    return row.whole(0, "number of vehicles"), row.numbers(("number of vehicles", "capacity"))[1]


def _customers(path: str | Path, lines: list[Row]) -> tuple[tuple[str, ...], Floats]:
    body = lines[_after(path, lines, ("CUST", "NO")) :]
    if not body:
        raise FormatError(path, "ends before the first customer")
    table = np.array([row.numbers(COLUMNS) for row in body])
    return node_names(body), table


def _after(path: str | Path, lines: list[Row], titles: tuple[str, str]) -> int:
    """Index of the row that follows the column titles, which begin with these words."""
    for index, row in enumerate(lines):
        words = [word.upper() for word in row.words[:2]]
        if len(words) == 2 and all(word.startswith(title) for word, title in zip(words, titles, strict=True)):
            return index + 1
    raise FormatError(path, f"has no line of column titles that starts with {titles[0]!r}")


def write_solomon(instance: Instance, path: str | Path) -> None:
    """Write ``instance`` in Solomon's form, in the plain units that ``read_solomon`` expects.

    An unlimited fleet is written as one vehicle per client, names only where they are numbers; the
    form does not say which rounding belongs to it.

    Raises:
        FormatError: if the form cannot express the instance; the message names the fields.
    """
    reason = _inexpressible(instance)
    if reason:
        raise FormatError(path, f"Solomon's form cannot hold this instance: {reason}")
    vehicle, scale = instance.vehicle_types[0], instance.scale
    count = instance.n_clients if vehicle.count is None else vehicle.count
    assert instance.coords is not None  # expressible
    table = np.column_stack(
        [instance.coords, instance.delivery, instance.windows[:, 0] / scale, instance.service / scale]
    )
    text = (
        f"{' '.join(instance.name.split()) or 'instance'}\n\nVEHICLE\nNUMBER     CAPACITY\n"
        f"{count:>6} {_plain(vehicle.capacity[0]):>12}\n\nCUSTOMER\n"
        "CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME\n\n"
    ) + "".join(
        f"{number:>5} {' '.join(f'{_plain(value):>10}' for value in row)}\n"
        for number, row in zip(_numbers(instance), table, strict=True)
    )
    written = instance.replace(
        names=instance.names if _numbers(instance) is instance.names else (),
        vehicle_types=(replace(vehicle, count=count), *instance.vehicle_types[1:]),
    )
    ensure_same(
        path, written, lambda: parse_solomon(path, text, instance.rounding, instance.objective), "Solomon's form"
    )
    with atomic_write(path) as stream:
        stream.write(text)


def _numbers(instance: Instance) -> Sequence[str]:
    if instance.names and all(name.isdecimal() for name in instance.names):
        return instance.names
    return [str(index) for index in range(instance.n_nodes)]


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _inexpressible(instance: Instance) -> str:
    """Fields that the form has no place for; empty if there are none."""
    vehicle = instance.vehicle_types[0]
    if len(vehicle.capacity) != 1 or not np.isfinite(instance.windows).all() or not np.isfinite(vehicle.capacity[0]):
        return "it needs one finite capacity and finite windows"
    return "" if instance.coords is not None else "it needs coordinates, not distances"
