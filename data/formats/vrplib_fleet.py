"""Vehicles of a VRPLIB file: what holds for all of them, and what each one's row says."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.formats.rounding import RoundingRule
from routewright.data.formats.vrplib_lexer import Source
from routewright.data.formats.vrplib_nodes import Nodes
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]

TIMES_AND_PRICES = {
    "VEHICLES_FIXED_COST": "fixed_cost",
    "VEHICLES_MAX_DURATION": "max_duration",
    "VEHICLES_MAX_DISTANCE": "max_distance",
}
"""Fields in the units of the file's distances; each is a header or a section with a row per vehicle."""

PLAIN_NUMBERS = {"VEHICLES_UNIT_DISTANCE_COST": "distance_cost", "VEHICLES_MAX_RELOADS": "max_trips"}
NODE_LISTS = {
    "VEHICLES_DEPOT": "start",
    "VEHICLES_RELOAD_DEPOT": "reload_depots",
    "VEHICLES_ALLOWED_CLIENTS": "allowed",
}
_HEADERS = {"CAPACITY", "DISTANCE", *TIMES_AND_PRICES, *PLAIN_NUMBERS}
_SECTIONS = tuple(f"{name}_SECTION" for name in ("CAPACITY", *TIMES_AND_PRICES, *PLAIN_NUMBERS, *NODE_LISTS))


class FleetReader:
    """Columns of vehicle fields, one value per vehicle."""

    def __init__(self, source: Source, nodes: Nodes, rule: RoundingRule, open_routes: bool) -> None:
        self.source = source
        self.nodes = nodes
        self.rule = rule
        self.open_routes = open_routes
        self.limited = "VEHICLES" in source.headers
        self.count = source.integer("VEHICLES") if self.limited else 1
        self.listed = [name for name in _SECTIONS if name in source.sections]
        self.size = self.count if self.listed else 1

    def reject(self, reason: str) -> None:
        """Complain of whatever is said about vehicles.

        Raises:
            FormatError: with the reason, if anything is.
        """
        for name, (_, line) in self.source.headers.items():
            if name in _HEADERS:
                self.source.fail(f"{name}: {reason}", line)
        for name in self.listed:
            self.source.fail(f"{name}: {reason}", self.source.sections[name].line)

    def read(self) -> tuple[VehicleType, ...]:
        """The vehicle types: consecutive equal vehicles are one type with a count.

        VEHICLES is the most there are; without it every depot has as many as wanted.
        """
        self._check_sections()
        columns = self._columns()
        vehicles = [VehicleType(count=1, **dict(zip(columns, row, strict=True))) for row in self._rows_of(columns)]
        if self.limited:
            return tuple(merge(vehicles)) if self.listed else (replace(vehicles[0], count=self.count),)
        anywhere = replace(vehicles[0], count=None)
        return tuple(self._standing_at(anywhere, depot) for depot in range(self.nodes.depots))

    def _rows_of(self, columns: dict[str, list[Any]]) -> "zip[tuple[Any, ...]]":
        return zip(*columns.values(), strict=True)

    def _standing_at(self, vehicle: VehicleType, depot: int) -> VehicleType:
        return replace(vehicle, start=depot, end=None if self.open_routes else depot)

    def _check_sections(self) -> None:
        if self.limited:
            if self.nodes.depots > 1 and "VEHICLES_DEPOT_SECTION" not in self.source.sections:
                problem = f"VEHICLES is {self.count}, but no VEHICLES_DEPOT_SECTION says at which depot each stands"
                self.source.fail(problem, self.source.headers["VEHICLES"][1])
            return
        for name in self.listed:
            self.source.fail(f"VEHICLES is missing, but {name} has a row for each", self.source.sections[name].line)

    def _columns(self) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {"capacity": self._capacities()}
        for name, field in (TIMES_AND_PRICES | PLAIN_NUMBERS).items():
            values = self._numbers(name)
            if values is not None:
                columns[field] = (self.rule.to_raw(values) if name in TIMES_AND_PRICES else values).tolist()
        if "max_trips" in columns:
            trips = columns["max_trips"]
            columns["max_trips"] = [None if np.isinf(reloads) else int(reloads) + 1 for reloads in trips]
        self._add_duration_limit(columns)
        return columns | self._places()

    def _add_duration_limit(self, columns: dict[str, list[Any]]) -> None:
        """DISTANCE of CVRPLIB limits the route's duration: driving plus SERVICE_TIME of its clients."""
        if "DISTANCE" not in self.source.headers:
            return
        if "max_duration" in columns:
            self.source.fail("DISTANCE and VEHICLES_MAX_DURATION both limit the duration of a route")
        limit = self.rule.to_raw(np.array([self.source.number("DISTANCE")]))
        columns["max_duration"] = [float(limit[0])] * self.size

    def _places(self) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {}
        starts = self._node_lists("VEHICLES_DEPOT", only_depots=True, length=1)
        columns["start"] = [depot for (depot,) in starts] if starts else [0] * self.size
        columns["end"] = [None] * self.size if self.open_routes else columns["start"]
        reloads = self._node_lists("VEHICLES_RELOAD_DEPOT", only_depots=True)
        if reloads:
            columns["reload_depots"] = reloads
        allowed = self._node_lists("VEHICLES_ALLOWED_CLIENTS")
        if allowed:
            columns["allowed"] = [frozenset(nodes) - set(range(self.nodes.depots)) for nodes in allowed]
        return columns

    def _capacities(self) -> list[Any]:
        if "CAPACITY_SECTION" in self.source.sections:
            return [tuple(row) for row in self._table("CAPACITY_SECTION").tolist()]
        if "CAPACITY" not in self.source.headers:
            return [()] * self.size
        capacity = self.source.numbers("CAPACITY")
        if not ((capacity >= 0) & np.isfinite(capacity)).all():
            value, line = self.source.headers["CAPACITY"]
            self.source.fail(f"CAPACITY is {value}, must be finite and >= 0", line)
        return [tuple(capacity.tolist())] * self.size

    def _numbers(self, name: str) -> Floats | None:
        """One number per vehicle, from a section or a header."""
        if f"{name}_SECTION" in self.source.sections:
            table = self._table(f"{name}_SECTION")
            return table[:, 0]
        return np.full(self.size, self.source.number(name)) if name in self.source.headers else None

    def _table(self, name: str) -> Floats:
        """Rows of a section [vehicles, …] without their index."""
        section = self.source.sections[name]
        table = self.source.table(name)
        self._check_indices(name, table[:, 0], section.lines)
        may_be_unlimited = name.startswith("VEHICLES_MAX_")
        wrong = ((table < 0) | (np.isinf(table) & (not may_be_unlimited))).any(axis=1)
        if wrong.any() or table.shape[1] < 2:
            row = int(np.argmax(wrong))
            problem = f"{name}: {' '.join(section.rows[row])!r}, must be a vehicle and a number >= 0"
            self.source.fail(problem, section.lines[row])
        return np.asarray(table[:, 1:])

    def _check_indices(self, name: str, found: Iterable[float], lines: list[int]) -> None:
        for expected, (index, line) in enumerate(zip(found, lines, strict=False), start=1):
            if index != expected:
                self.source.fail(f"{name}: vehicle {index:g}, must be {expected}", line)
        if len(lines) != self.size:
            problem = f"{name} has {len(lines)} rows, VEHICLES is {self.size}"
            self.source.fail(problem, self.source.sections[name].line)

    def _node_lists(
        self, name: str, *, only_depots: bool = False, length: int | None = None
    ) -> list[tuple[int, ...]] | None:
        """Our indices of the nodes that each vehicle's row names."""
        section = self.source.sections.get(f"{name}_SECTION")
        if section is None:
            return None
        rows = self.source.lists(section.name)
        self._check_indices(section.name, [row[0] for row, _ in rows], [line for _, line in rows])
        found = []
        for row, line in rows:
            nodes = tuple(self.nodes.node(section.name, label, line) for label in row[1:])
            if only_depots and any(node >= self.nodes.depots for node in nodes):
                self.source.fail(f"{section.name}: vehicle {row[0]} names {row[1:]}, must be depots", line)
            if length is not None and len(nodes) != length:
                self.source.fail(f"{section.name}: vehicle {row[0]} has {len(nodes)} nodes, must be {length}", line)
            found.append(nodes)
        return found


def merge(vehicles: Iterable[VehicleType]) -> list[VehicleType]:
    """Vehicle types with counts: runs of equal vehicles become one."""
    return [replace(vehicle, count=sum(1 for _ in equal)) for vehicle, equal in groupby(vehicles)]
