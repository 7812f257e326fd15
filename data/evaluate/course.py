"""The course of a route: everything about it that does not depend on the clock.

Legend: S positions (start depot, stops, reloads, end depot), K load dimensions, W windows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.evaluate.energy import charge
from routewright.data.evaluate.loads import on_board
from routewright.data.evaluate.tolerance import ROUNDING
from routewright.data.instance import Instance
from routewright.data.solution import Route
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Course:
    """Where a route goes, in order.

    Attributes:
        vehicle: its type.
        node: [S] depots at start, reload and end included; an open route has no end depot.
        trip: [S] trip that the position belongs to; a reload begins the next one.
        is_open: the last position is a stop.
        distance: [S] driven from the position before.
        time: [S] plain travel time from the position before.
        service: [S] time spent; at a station, charging.
        earliest: [S] not to be left before this time: release, shift and opening of the start depot.
        last_departure: closing of the start depot.
        opens: [S, W] windows; always open at the start depot, first opening to last closing at the end depot.
        closes: [S, W]
        lateness_cost: [S]
        load: [S, K] when leaving.
        battery: [S] energy when leaving, None without a battery.
        charged: [S] energy taken.
    """

    vehicle: VehicleType
    node: Integers
    trip: Integers
    is_open: bool
    distance: Floats
    time: Floats
    service: Floats
    earliest: Floats
    last_departure: float
    opens: Floats
    closes: Floats
    lateness_cost: Floats
    load: Floats
    battery: Floats | None
    charged: Floats

    def grace(self, tolerance: float) -> list[float]:
        """[S] relative tolerance of the closings: that given where the window is hard, that of a price otherwise."""
        return list(np.where(self.lateness_cost < inf, min(ROUNDING, tolerance), tolerance).tolist())


def lay_course(instance: Instance, route: Route) -> Course:
    """The course of ``route``, which must have a stop."""
    vehicle = instance.vehicle_types[route.vehicle_type]
    end = vehicle.end if route.end is None else route.end
    spans = tuple(_spans(route.trips))
    node = _nodes(route, vehicle, end)
    distance, time = np.zeros(len(node)), np.zeros(len(node))
    distance[1:] = instance.distance(node[:-1], node[1:], vehicle.profile)
    if instance.durations is None:
        time[1:] = distance[1:] / vehicle.speed
    else:
        time[1:] = instance.duration(node[:-1], node[1:], vehicle.profile)
    battery, charged = charge(instance, vehicle, node, distance, route.charges)
    opens, closes = _windows(instance, node, end)
    return Course(
        vehicle=vehicle,
        node=node,
        trip=_trips(spans, len(node)),
        is_open=end is None,
        distance=distance,
        time=time,
        service=_service(instance, vehicle, node, charged, end),
        earliest=_earliest(instance, vehicle, node, spans),
        last_departure=float(instance.windows[node[0], :, 1].max()),
        opens=opens,
        closes=closes,
        lateness_cost=instance.lateness_cost[node],
        load=on_board(instance, node, spans, route.quantities),
        battery=battery,
        charged=charged,
    )


def _spans(trips: tuple[tuple[int, ...], ...]) -> Iterator[tuple[int, int]]:
    """Positions [first, past the last) of each trip, the depot it leaves included."""
    first = 0
    for trip in trips:
        yield first, first + 1 + len(trip)
        first += 1 + len(trip)


def _trips(spans: tuple[tuple[int, int], ...], length: int) -> Integers:
    trip = np.full(length, len(spans) - 1)  # the end depot belongs to the last one
    for index, (first, last) in enumerate(spans):
        trip[first:last] = index
    return trip


def _nodes(route: Route, vehicle: VehicleType, end: int | None) -> Integers:
    nodes = [vehicle.start if route.start is None else route.start]
    usual = vehicle.reload_depots[0] if vehicle.reload_depots else nodes[0]
    for index, trip in enumerate(route.trips):
        if index:
            nodes.append(route.reloads[index - 1] if index <= len(route.reloads) else usual)
        nodes.extend(trip)
    return np.array(nodes if end is None else [*nodes, end], dtype=np.int64)


def _service(instance: Instance, vehicle: VehicleType, node: Integers, charged: Floats, end: int | None) -> Floats:
    service = instance.service[node]
    service[0] = 0.0
    if end is not None:
        service[-1] = 0.0
    at_station = node >= instance.n_nodes - instance.stations
    if at_station.any():
        rate = vehicle.battery.recharge if vehicle.battery else 0.0
        service[at_station] = charged[at_station] * rate
    return service


def _earliest(instance: Instance, vehicle: VehicleType, node: Integers, spans: tuple[tuple[int, int], ...]) -> Floats:
    earliest, clients = np.full(len(node), -inf), node < instance.n_nodes - instance.stations
    for first, last in spans:
        served = node[first + 1 : last][clients[first + 1 : last]]
        earliest[first] = instance.release[served].max(initial=-inf)
    earliest[0] = max(earliest[0], vehicle.shift[0], instance.windows[node[0], :, 0].min())
    return earliest


def _windows(instance: Instance, node: Integers, end: int | None) -> tuple[Floats, Floats]:
    windows = instance.windows[node]
    opens, closes = windows[..., 0], windows[..., 1]
    opens[0], closes[0] = -inf, inf
    if end is not None:
        opens[-1], closes[-1] = opens[-1].min(), closes[-1].max()
    return opens, closes
