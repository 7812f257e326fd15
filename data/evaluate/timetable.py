"""What the evaluator says about one route: a row for each stop, and what the route costs.

Legend: S positions of a route (start depot, stops, reloads, end depot), K load dimensions.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routewright.data.vehicle import Break

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class CostParts:
    """The terms of the cost, raw (docs/problem.md, 16). They add up by ``+``."""

    fixed: float = 0.0
    distance: float = 0.0
    duration: float = 0.0
    lateness: float = 0.0
    overtime: float = 0.0
    preference: float = 0.0
    prizes: float = 0.0

    @property
    def total(self) -> float:
        """All terms together."""
        return float(sum(getattr(self, item.name) for item in fields(self)))

    def __add__(self, other: "CostParts") -> "CostParts":
        return CostParts(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))


@dataclass(frozen=True)
class TakenBreak:
    """A break of the vehicle type, held at position ``position`` of the timetable."""

    position: int
    start: float
    rest: Break

    @property
    def end(self) -> float:
        """When work goes on."""
        return self.start + self.rest.duration


@dataclass(frozen=True)
class TimedStop:
    """One row of a timetable; raw units.

    Attributes:
        node: depot, client or station.
        trip: which trip of the route it belongs to, from 0; a reload belongs to the trip it begins.
        arrival: at the start depot, the route's departure.
        wait: idle time between arrival and departure: neither service nor break.
        start: of the service (of the reload, of the charging).
        departure: after service and breaks; at the end depot, the end of the route.
        load: [K] on board when leaving; at the end depot, what comes home.
        distance: driven since the route left.
        lateness: service start after the last window's closing.
        battery: energy when leaving, for a vehicle that has a battery.
        charged: energy taken here.
    """

    node: int
    trip: int
    arrival: float
    wait: float
    start: float
    departure: float
    load: tuple[float, ...]
    distance: float
    lateness: float
    battery: float | None
    charged: float


@dataclass(frozen=True, eq=False)
class Columns:
    """The rows of a timetable as arrays [S] (``load``: [S, K]), named as in ``TimedStop``."""

    node: Integers
    trip: Integers
    arrival: Floats
    wait: Floats
    start: Floats
    departure: Floats
    load: Floats
    distance: Floats
    lateness: Floats
    battery: Floats | None
    charged: Floats


@dataclass(frozen=True, eq=False)
class RouteTimetable:
    """When one route is where, and what it costs; raw units.

    Attributes:
        route: index into ``Solution.routes``.
        vehicle_type: index into ``Instance.vehicle_types``.
        departure: when it leaves.
        end: when it is back or, where the route is open, done.
        distance: driven in all.
        duration: end minus departure.
        cost: all parts but prizes.
        parts: the terms of the cost.
        breaks: the breaks held, in order.
        columns: the stops as arrays, for programs that are in a hurry.
    """

    route: int
    vehicle_type: int
    departure: float
    end: float
    distance: float
    duration: float
    cost: float
    parts: CostParts
    breaks: tuple[TakenBreak, ...]
    columns: Columns

    @cached_property
    def stops(self) -> tuple[TimedStop, ...]:
        """A row for each stop; depots at start, reload and end included."""
        table = self.columns
        battery = [None] * len(table.node) if table.battery is None else table.battery.tolist()
        plain = [
            column.tolist()
            for column in (table.node, table.trip, table.arrival, table.wait, table.start, table.departure)
        ]
        loads = map(tuple, table.load.tolist())
        rest = (table.distance.tolist(), table.lateness.tolist(), battery, table.charged.tolist())
        return tuple(TimedStop(*row) for row in zip(*plain, loads, *rest, strict=True))
