"""Batteries: charge along routes, and charging stations that may be called at.

Each station stands in the model several times, every time optional. A call fills the battery (charging
a part is not in the model) and takes the time that this needs. The library's ways to a first
solution never call at a station, so it is given one: every client by a vehicle of its own.
"""

from math import ceil, inf
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType
from routewright.solvers.scaling import DECIMALS

if TYPE_CHECKING:
    from routewright.solvers.ortools.model import Model

Floats = NDArray[np.float64]

Chain = tuple[float, tuple[int, ...]]
"""Length of a way, and the stations on it."""

SPARE = 2
"""Calls at each station beyond those of the first solution."""
FINE = 10**6
"""Units into which a battery is divided where its numbers are not whole."""
PARTS = 1_000
"""Parts of a unit of time to which charging rates are rounded up."""


def electric(instance: Instance) -> bool:
    """Whether vehicles have batteries."""
    return instance.vehicle_types[0].battery is not None


def one_by_one(instance: Instance) -> Solution:
    """Every client that it is possible for by a vehicle of its own, with the calls at stations that this takes."""
    routes: list[Route] = []
    for client in instance.clients:
        for index, vehicle in enumerate(instance.vehicle_types):
            stops = _there_and_back(instance, vehicle, client)
            route = Route((stops,), index)
            if stops and _legal(instance, route):
                routes.append(route)
                break
    return Solution(tuple(routes))


def calls(instance: Instance, start: Solution) -> list[int]:
    """Stations, each as often as the model lets vehicles call there."""
    stops = [stop for route in start for stop in route.stops]
    return [station for station in instance.station_nodes for _ in range(stops.count(station) + SPARE)]


def _legal(instance: Instance, route: Route) -> bool:
    return all(violation.kind == "missing client" for violation in check(instance, Solution((route,))))


def _there_and_back(instance: Instance, vehicle: VehicleType, client: int) -> tuple[int, ...]:
    """The shortest way by stations to the client and home; empty where there is none."""
    assert vehicle.battery is not None  # the caller looked
    reach = vehicle.battery.capacity / vehicle.battery.use if vehicle.battery.use else inf
    road = instance.distance_matrix(vehicle.profile)
    fills = [vehicle.start, *instance.station_nodes]
    last_legs: list[tuple[int | None, Chain]] = [(vehicle.end, (0.0, ()))]
    last_legs += _homeward(road, vehicle, fills, reach).items()
    options: list[Chain] = []
    for fill, (length, way) in _chains(road, fills, reach).items():
        for after, (rest, back) in last_legs:
            onward = 0.0 if after is None else float(road[client, after])
            if road[fill, client] + onward <= reach:
                options.append((length + float(road[fill, client]) + onward + rest, (*way, client, *back)))
    return min(options, default=(inf, ()))[1]


def _chains(road: Floats, fills: list[int], reach: float) -> dict[int, Chain]:
    """Shortest ways from the first of ``fills`` to the others, full at each; those within reach."""
    found: dict[int, Chain] = {fills[0]: (0.0, ())}
    fresh = [fills[0]]
    while fresh:
        place = fresh.pop()
        length, way = found[place]
        for other in fills[1:]:
            longer = length + float(road[place, other])
            if road[place, other] <= reach and longer < found.get(other, (inf, ()))[0]:
                found[other] = longer, (*way, other)
                fresh.append(other)
    return found


def _homeward(road: Floats, vehicle: VehicleType, fills: list[int], reach: float) -> dict[int, Chain]:
    """Shortest ways from each station home; the station itself comes first."""
    if vehicle.end is None:
        return {}
    back = _chains(road.T, [vehicle.end, *fills[1:]], reach)
    return {station: (length, tuple(reversed(way))) for station, (length, way) in back.items() if way}


def add_energy(model: "Model") -> None:
    """The charge on arrival at each node, between 0 and full; it is full after a station."""
    routing, solver, unit = model.routing, model.routing.solver(), _unit(model.instance)
    battery = model.instance.vehicle_types[0].battery
    assert battery is not None  # the caller looked
    full = int(model.scaling.down(battery.capacity, unit))
    evaluators: dict[int, int] = {}
    for index in model.vehicles:
        if index not in evaluators:
            used = model.scaling.up(_used(model.instance, index), unit)
            evaluators[index] = routing.RegisterTransitMatrix(model.matrix(-used))
    by_vehicle = [evaluators[index] for index in model.vehicles]
    routing.AddDimensionWithVehicleTransitAndCapacity(by_vehicle, full, [full] * len(by_vehicle), False, "charge")
    charge = routing.GetDimensionOrDie("charge")
    for vehicle in range(len(model.vehicles)):
        charge.CumulVar(routing.Start(vehicle)).SetValue(full)
        charge.SlackVar(routing.Start(vehicle)).SetValue(0)
    for place in model.index.values():
        charge.SlackVar(place).SetValue(0)
    for place in model.stations:
        solver.Add(charge.CumulVar(place) + charge.SlackVar(place) == full)


def take_time(model: "Model", time: Any) -> None:
    """Charging takes time before the way goes on."""
    battery = model.instance.vehicle_types[0].battery
    assert battery is not None  # the caller looked
    rate = battery.recharge * model.scaling.travel / _unit(model.instance)
    parts = 1 if rate.is_integer() else PARTS
    charge, solver = model.routing.GetDimensionOrDie("charge"), model.routing.solver()
    for place in model.stations:
        solver.Add(time.SlackVar(place) * parts >= charge.SlackVar(place) * ceil(rate * parts))


def _used(instance: Instance, index: int) -> Floats:
    """Energy [N, N] of each arc."""
    vehicle = instance.vehicle_types[index]
    assert vehicle.battery is not None  # the caller looked
    return vehicle.battery.use * instance.distance_matrix(vehicle.profile)


def _unit(instance: Instance) -> int:
    """Units of the model in one of energy."""
    numbers = [_used(instance, index) for index in range(len(instance.vehicle_types))]
    battery = instance.vehicle_types[0].battery
    assert battery is not None  # the caller looked
    numbers.append(np.array([battery.capacity]))
    for factor in DECIMALS:
        if all(np.allclose(values * factor, np.rint(values * factor), rtol=1e-12, atol=1e-7) for values in numbers):
            return factor
    return max(1, ceil(FINE / battery.capacity))
