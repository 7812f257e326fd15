"""Loads, distance and time along routes, and their limits."""

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.vehicle import VehicleType
from routewright.solvers.features import window
from routewright.solvers.ortools.breaks import add_breaks
from routewright.solvers.ortools.energy import add_energy, electric, take_time
from routewright.solvers.ortools.fleet import timed
from routewright.solvers.ortools.times import driving, services
from routewright.solvers.scaling import UNLIMITED

if TYPE_CHECKING:
    from routewright.solvers.ortools.model import Model

Integers = NDArray[np.int64]


def add_all(model: "Model") -> None:
    """Every dimension that limits or prices something."""
    for k in range(model.instance.n_loads):
        _add_load(model, k)
    balanced = model.instance.objective == "max_route"
    if balanced or any(vehicle.max_distance < inf for vehicle in model.instance.vehicle_types):
        _add_distance(model)
    if electric(model.instance):
        add_energy(model)
    if timed(model.instance):
        _add_time(model)


def _types(model: "Model") -> list[VehicleType]:
    return [model.instance.vehicle_types[index] for index in model.vehicles]


def _add_load(model: "Model", k: int) -> None:
    instance, scaling, routing = model.instance, model.scaling, model.routing
    delivery = scaling.up(instance.delivery[:, k], scaling.load)
    pickup = scaling.up(instance.pickup[:, k], scaling.load)
    everything = int((delivery + pickup).sum())
    limits = np.minimum(scaling.down(instance.capacities[:, k], scaling.load), everything)
    room = [int(limits[index]) for index in model.vehicles]
    from_depot = delivery.copy()
    from_depot[instance.pairs[:, 1]] = 0
    if not pickup.any():
        _sum_up(model, delivery, room, True, f"load {k}")
        return
    _sum_up(model, pickup - delivery, room, not from_depot.any(), f"load {k}")
    if not from_depot.any():
        return
    # What is on board at the start is all that the route delivers.
    _sum_up(model, from_depot, room, True, f"delivered {k}")
    load, delivered = routing.GetDimensionOrDie(f"load {k}"), routing.GetDimensionOrDie(f"delivered {k}")
    for vehicle in range(len(model.vehicles)):
        first, last = routing.Start(vehicle), routing.End(vehicle)
        routing.solver().Add(load.CumulVar(first) == delivered.CumulVar(last))


def _sum_up(model: "Model", change: Integers, room: list[int], from_zero: bool, name: str) -> None:
    values = [0 if node < 0 else int(change[node]) for node in model.nodes]
    evaluator = model.routing.RegisterUnaryTransitVector(values)
    model.routing.AddDimensionWithVehicleCapacity(evaluator, 0, room, from_zero, name)


def _evaluators(model: "Model", table_of: Any) -> list[int]:
    """An evaluator for each vehicle; those of one type share theirs."""
    known: dict[int, int] = {}
    for index in model.vehicles:
        if index not in known:
            known[index] = model.routing.RegisterTransitMatrix(model.matrix(table_of(index)))
    return [known[index] for index in model.vehicles]


def _add_distance(model: "Model") -> None:
    instance, scaling = model.instance, model.scaling
    longest = (instance.n_clients + len(model.stations) + 1) * int(
        max(scaling.later(instance.distance_matrix(v.profile)).max() for v in instance.vehicle_types)
    )
    limits = [min(int(scaling.sooner(v.max_distance)), longest) for v in _types(model)]

    def table(index: int) -> Integers:
        return scaling.later(instance.distance_matrix(instance.vehicle_types[index].profile))

    model.routing.AddDimensionWithVehicleTransitAndCapacity(_evaluators(model, table), 0, limits, True, "distance")
    if instance.objective == "max_route":
        model.routing.GetDimensionOrDie("distance").SetGlobalSpanCostCoefficient(model.prices.longest)


def _travel_times(model: "Model", index: int) -> Integers:
    """[N + 1, N + 1] service at the first node and travel to the second, nowhere included."""
    return driving(model, index) + services(model)[:, None]


def _horizon(model: "Model") -> int:
    """A time by which every sensible route has ended."""
    instance, scaling = model.instance, model.scaling
    begins = [float(instance.windows[..., 0].max()), float(instance.release.max())]
    begins += [time for v in _types(model) for time in (v.shift[0], *(rest.earliest for rest in v.breaks))]
    latest = int(scaling.later(max(begins)))
    slowest = max(int(_travel_times(model, index).max()) for index in set(model.vehicles))
    if model.stations:
        slowest += int(scaling.later(max(v.battery.capacity * v.battery.recharge for v in _types(model) if v.battery)))
    resting = max(int(scaling.later(sum(rest.duration for rest in v.breaks))) for v in _types(model))
    return latest + resting + (instance.n_clients + len(model.stations) + 1) * (slowest + 1)


def _add_time(model: "Model") -> None:
    routing, horizon = model.routing, _horizon(model)
    evaluators = _evaluators(model, lambda index: _travel_times(model, index))
    routing.AddDimensionWithVehicleTransits(evaluators, horizon, horizon, False, "time")
    time = routing.GetDimensionOrDie("time")
    for node, index in model.index.items():
        _open(model, time, index, node)
    for index in model.stations:
        _open(model, time, index, model.nodes[model.manager.IndexToNode(index)])
    if electric(model.instance):
        take_time(model, time)
    for number, vehicle in enumerate(_types(model)):
        _limit_route(model, time, number, vehicle, horizon)
        if vehicle.duration_cost > 0 or vehicle.max_duration < inf:
            _limit_duration(model, time, number, vehicle, horizon)
    _wait_for_releases(model, time, horizon)
    add_breaks(model, time, horizon)


def _open(model: "Model", time: Any, index: int, node: int) -> None:
    """Windows of a client: what lies between two is no time to start."""
    scaling = model.scaling
    opens, closes = scaling.span(model.instance.windows[node, :, 0], model.instance.windows[node, :, 1])
    pieces = sorted(zip(opens.tolist(), closes.tolist(), strict=True))
    cumul = time.CumulVar(index)
    cumul.SetMin(pieces[0][0])
    latest = pieces[0][1]
    for opening, closing in pieces[1:]:
        if opening > latest + 1:
            cumul.RemoveInterval(latest + 1, opening - 1)
        latest = max(latest, closing)
    _close(model, time, index, node, latest)


def _close(model: "Model", time: Any, index: int, node: int, latest: int) -> None:
    price = float(model.instance.lateness_cost[node])
    if latest >= UNLIMITED:
        return
    if price == inf:
        time.CumulVar(index).SetMax(latest)
    else:
        time.SetCumulVarSoftUpperBound(index, latest, model.prices.rate(price))


def _wait_for_releases(model: "Model", time: Any, horizon: int) -> None:
    """A vehicle leaves after the release of every client that it visits; who is left out waits for nobody."""
    routing, solver = model.routing, model.routing.solver()
    releases = model.scaling.later(model.instance.release)
    leaving = [solver.IntConst(horizon), *(time.CumulVar(routing.Start(v)) for v in range(len(model.vehicles)))]
    for node, index in model.index.items():
        if releases[node]:
            solver.Add(solver.Element(leaving, routing.VehicleVar(index) + 1) >= int(releases[node]))


def _limit_route(model: "Model", time: Any, number: int, vehicle: VehicleType, horizon: int) -> None:
    scaling, routing = model.scaling, model.routing
    first, last = routing.Start(number), routing.End(number)
    opening, closing = window(model.instance, vehicle.start)
    earliest = max(int(scaling.later(opening)), int(scaling.later(vehicle.shift[0])))
    time.CumulVar(first).SetRange(earliest, min(int(scaling.sooner(closing)), horizon))
    time.CumulVar(last).SetMax(min(int(scaling.sooner(vehicle.shift[1])), horizon))
    if vehicle.end is not None:
        opening, closing = window(model.instance, vehicle.end)
        time.CumulVar(last).SetMin(int(scaling.later(opening)))
        _close(model, time, last, vehicle.end, int(scaling.sooner(closing)))


def _limit_duration(model: "Model", time: Any, number: int, vehicle: VehicleType, horizon: int) -> None:
    from ortools.constraint_solver import pywrapcp

    scaling, routing = model.scaling, model.routing
    limit = int(scaling.sooner(vehicle.max_duration + vehicle.max_overtime))
    time.SetSpanUpperBoundForVehicle(min(limit, horizon), number)
    time.SetSpanCostCoefficientForVehicle(model.prices.rate(vehicle.duration_cost), number)
    if vehicle.max_overtime > 0 and vehicle.max_duration < inf and vehicle.overtime_cost > 0:
        price = pywrapcp.BoundCost(int(scaling.sooner(vehicle.max_duration)), model.prices.rate(vehicle.overtime_cost))
        time.SetSoftSpanUpperBoundForVehicle(price, number)
    routing.AddVariableMaximizedByFinalizer(time.CumulVar(routing.Start(number)))
    routing.AddVariableMinimizedByFinalizer(time.CumulVar(routing.End(number)))
