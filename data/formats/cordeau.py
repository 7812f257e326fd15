"""Cordeau's text form of multi-depot, site-dependent and plain problems, with windows or without.

Cordeau, Gendreau & Laporte (1997), "A tabu search heuristic for periodic and multi-depot vehicle
routing problems", Networks 30(2), and its successors. First line: type m n t; then t lines D Q
(longest route, 0 for none, and capacity), one for each depot or vehicle type; then the nodes.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.rounding import RoundingRule
from routewright.data.formats.rows import Row, naming, node_names, rows
from routewright.data.formats.text import read_text
from routewright.data.formats.units import rule_for
from routewright.data.instance import Instance, Objective
from routewright.data.vehicle import VehicleType

TYPES = ("VRP", "PVRP", "MDVRP", "SDVRP", "VRPTW", "PVRPTW", "MDVRPTW", "SDVRPTW")
HEADER = ("type", "number of vehicles", "number of customers", "number of depots or vehicle types")
COLUMNS = ("number", "x", "y", "service duration", "demand")
COMBINATIONS = 6  # column of their number, after the frequency of visits


@dataclass(frozen=True)
class _Header:
    kind: str
    vehicles: int
    customers: int
    groups: int

    @property
    def multi_depot(self) -> bool:
        return self.kind.startswith("MD")

    @property
    def windows(self) -> bool:
        return self.kind.endswith("TW")

    @property
    def depots(self) -> int:
        return self.groups if self.multi_depot else 1


def looks_like_cordeau(text: str) -> bool:
    """Whether ``text`` starts with a known type and three counts, then the limits of one route."""
    found = rows("", text[:500])
    numeric = all(word.isdecimal() for row in found[:1] for word in row.words)
    return len(found) > 1 and len(found[0].words) == 4 and numeric and len(found[1].words) == 2


def read_cordeau(path: str | Path, rounding: str = "auto", objective: Objective | None = None) -> Instance:
    """Read a Cordeau file of type 0, 2, 3, 4, 6 or 7.

    Args:
        path: the file.
        rounding: ``auto`` is ``none``.
        objective: None is ``cost``.

    Returns:
        An instance with m vehicles per depot or vehicle type, depots first, names as in the file.

    Raises:
        FormatError: if the file breaks the form or holds a periodic problem.
    """
    rule = rule_for(path, rounding, "none")
    lines = rows(path, read_text(path))
    header = _header(lines[0])
    limits, nodes = _split(path, lines, header)
    table = np.array([row.numbers(COLUMNS) for row in nodes])
    with naming(path):
        return Instance.build(
            coords=table[:, 1:3],
            depots=header.depots,
            rounding=rule.rounding,
            scale=rule.scale,
            delivery=table[:, 4],
            service=rule.to_raw(table[:, 3]),
            windows=rule.to_raw(np.array([_window(row) for row in nodes])) if header.windows else None,
            vehicle_types=_fleet(limits, nodes, header, rule),
            objective=objective or "cost",
            names=node_names(nodes),
            name=Path(path).stem,
        )


def _header(row: Row) -> _Header:
    code, vehicles, customers, groups = (row.whole(index, name) for index, name in enumerate(HEADER))
    if code >= len(TYPES):
        raise row.error(f"type is {code}, must be 0 to {len(TYPES) - 1}")
    kind = TYPES[code]
    if kind.startswith("P"):
        raise row.error(f"type is {code} ({kind}): periodic problems are not supported")
    if groups < 1:
        raise row.error(f"{HEADER[3]} is {groups}, must be >= 1")
    return _Header(kind, vehicles, customers, groups)


def _split(path: str | Path, lines: list[Row], header: _Header) -> tuple[list[Row], list[Row]]:
    """The lines of limits, and those of the nodes with depots first."""
    limits, nodes = lines[1 : header.groups + 1], lines[header.groups + 1 :]
    expected = header.customers + header.depots
    if len(nodes) != expected:
        raise FormatError(path, f"has {len(nodes)} nodes, the first line promises {expected}")
    if header.multi_depot:  # their depots come last
        nodes = nodes[header.customers :] + nodes[: header.customers]
    return limits, nodes


def _window(row: Row) -> tuple[float, float]:
    """The last two numbers, after the list of combinations."""
    after = COMBINATIONS + 1 + row.whole(COMBINATIONS, "number of combinations")
    if len(row.words) < after + 2:
        raise row.error(f"{len(row.words)} values, must be {after + 2} (a window at the end)")
    return row.number(after, "start of window"), row.number(after + 1, "end of window")


def _fleet(limits: list[Row], nodes: list[Row], header: _Header, rule: RoundingRule) -> tuple[VehicleType, ...]:
    """One type for each line of limits: its depot's, or a site-dependent one of the only depot."""
    if not (header.multi_depot or header.kind.startswith("SD")):
        limits = limits[:1]
    types = []
    for group, row in enumerate(limits):
        longest, capacity = row.numbers(("longest route", "capacity"))
        depot = group if header.multi_depot else 0
        types.append(
            VehicleType(
                count=header.vehicles,
                capacity=(capacity,) if capacity else (),
                start=depot,
                end=depot,
                max_duration=float(rule.to_raw(np.array(longest))) if longest else np.inf,
                allowed=_allowed(nodes, header, group),
            )
        )
    return tuple(types)


def _allowed(nodes: list[Row], header: _Header, group: int) -> frozenset[int] | None:
    """Clients whose combinations contain ``group``; None for all of them.

    A combination is a string of ``groups`` bits, read from the left, as a number.
    """
    bit = 1 << (header.groups - 1 - group)
    clients = range(header.depots, len(nodes))
    found = frozenset(node for node in clients if any(code & bit for code in _codes(nodes[node], header)))
    return None if len(found) == len(clients) else found


def _codes(row: Row, header: _Header) -> list[int]:
    everything = [(1 << header.groups) - 1]
    if len(row.words) <= COMBINATIONS or not (count := row.whole(COMBINATIONS, "number of combinations")):
        return everything
    codes = [row.whole(COMBINATIONS + 1 + index, "visit combination") for index in range(count)]
    for code in codes:
        if code.bit_count() != 1 or code > everything[0]:
            raise row.error(f"visit combination is {code}, must be one of {header.groups} single bits")
    return codes
