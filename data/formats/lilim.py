"""Li and Lim's text form of pickup and delivery with time windows.

Li & Lim (2001), "A metaheuristic for the pickup and delivery problem with time windows". First
line: vehicles, capacity, speed; then one task per line. The sign of the demand gives the role.
"""

from pathlib import Path

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.rows import Row, naming, node_names, rows
from routewright.data.formats.text import read_text
from routewright.data.formats.units import rule_for
from routewright.data.instance import Floats, Instance, Integers, Objective
from routewright.data.vehicle import VehicleType

HEADER = ("number of vehicles", "capacity", "speed")
COLUMNS = ("number", "x", "y", "demand", "earliest", "latest", "service", "pickup task", "delivery task")
DEMAND, PICKUP, DELIVERY = 3, 7, 8


def looks_like_lilim(text: str) -> bool:
    """Whether ``text`` starts with a line of three numbers and one of nine."""
    found = rows("", text[:500])
    return [len(row.words) for row in found[:2]] == [len(HEADER), len(COLUMNS)]


def read_lilim(path: str | Path, rounding: str = "auto", objective: Objective | None = None) -> Instance:
    """Read a Li and Lim file.

    Args:
        path: the file.
        rounding: ``auto`` is ``none``.
        objective: None is ``vehicles_first``.

    Returns:
        An instance with the file's limited fleet, one pair per request, pickups before deliveries.
        A speed of 0, which some files state, is read as 1.

    Raises:
        FormatError: if the file breaks the form or the two tasks of a request contradict each other.
    """
    rule = rule_for(path, rounding, "none")
    lines = rows(path, read_text(path))
    vehicles, (_, capacity, speed) = lines[0].whole(0, HEADER[0]), lines[0].numbers(HEADER)
    body = lines[1:]
    if not body:
        raise FormatError(path, "ends before the depot")
    table = np.array([row.numbers(COLUMNS) for row in body])
    names, pairs = node_names(body), _pairs(body, table)
    load = np.abs(table[:, DEMAND])
    with naming(path):
        return Instance.build(
            coords=table[:, 1:3],
            rounding=rule.rounding,
            scale=rule.scale,
            pickup=_at(load, pairs[:, 0]),
            delivery=_at(load, pairs[:, 1]),
            pairs=pairs,
            windows=rule.to_raw(table[:, 4:6]),
            service=rule.to_raw(table[:, 6]),
            vehicle_types=(VehicleType(count=vehicles, capacity=(capacity,), speed=speed or 1.0),),
            objective=objective or "vehicles_first",
            names=names,
            name=Path(path).stem,
        )


def _at(load: Floats, nodes: Integers) -> Floats:
    column = np.zeros((len(load), 1))
    column[nodes, 0] = load[nodes]
    return column


def _pairs(body: list[Row], table: Floats) -> Integers:
    """[M, 2] (pickup node, delivery node), in the order of the pickups."""
    index = {row.words[0]: node for node, row in enumerate(body)}
    pairs = []
    for node in range(1, len(body)):
        row, partner = body[node], body[node].words[PICKUP if _is_delivery(table[node]) else DELIVERY]
        other = index.get(partner)
        if not other:  # 0 is the depot
            raise row.error(f"task {row.words[0]} has partner {partner!r}, which is no task")
        if _is_delivery(table[other]) == _is_delivery(table[node]):
            raise row.error(f"task {row.words[0]} and its partner {partner!r} have the same role")
        if table[node, DEMAND] != -table[other, DEMAND]:
            raise row.error(f"demand is {table[node, DEMAND]:g}, but partner {partner!r} has {table[other, DEMAND]:g}")
        if not _is_delivery(table[node]):
            pairs.append((node, other))
    for node, other in pairs:
        back = body[other].words[PICKUP]
        if back != body[node].words[0]:
            raise body[node].error(f"task {body[node].words[0]} has a partner whose own partner is {back!r}")
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _is_delivery(task: Floats) -> bool:
    # Requests of nothing exist: only then the columns of partners decide.
    return bool(task[DEMAND] < 0 or (task[DEMAND] == 0 and task[PICKUP] > 0))
