"""An instance in VROOM's words: a job for each client, a shipment for each pair, a vehicle for each vehicle."""

from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.plain import enough_vehicles
from routewright.solvers.scaling import Scaling

Integers = NDArray[np.int64]

LONGEST = 2**32 - 2
"""Time and distance that VROOM takes; later is never."""


def build(instance: Instance) -> tuple[Any, list[int]]:
    """The library's input, and the vehicle type of each of its vehicles."""
    import vroom

    scaling, problem = Scaling.of(instance), vroom.Input()
    _set_matrices(problem, instance, scaling)
    types: list[int] = []
    for index, vehicle in enumerate(instance.vehicle_types):
        for _ in range(_count(instance, vehicle)):
            problem.add_vehicle(_vehicle(instance, vehicle, scaling, len(types)))
            types.append(index)
    paired = set(instance.pairs.ravel().tolist())
    for client in instance.clients:
        if client not in paired:
            problem.add_job(_job(instance, client, scaling))
    for first, second in instance.pairs.tolist():
        problem.add_job(_shipment(instance, first, second, scaling))
    return problem, types


def _set_matrices(problem: Any, instance: Instance, scaling: Scaling) -> None:
    """What is driven costs its distance, whatever time it takes."""
    vehicle = instance.vehicle_types[0]
    road = instance.distance_matrix(vehicle.profile)
    time = road / vehicle.speed if instance.durations is None else instance.durations[vehicle.profile]
    distances, durations = (_short(scaling.later(values)) for values in (road, time))
    problem.set_durations_matrix("car", durations)
    problem.set_distances_matrix("car", distances)
    problem.set_costs_matrix("car", _short(distances.astype(np.int64) * scaling.rate(vehicle.distance_cost)))


def _count(instance: Instance, vehicle: VehicleType) -> int:
    """Of a type without a number as many as can be of use: the library plans for each of them."""
    if vehicle.count is not None:
        return min(vehicle.count, instance.n_clients)
    timed = bool(np.isfinite(instance.windows[..., 1]).any()) or vehicle.shift != (0.0, inf)
    only_loads = not timed and vehicle.max_distance == inf
    if not only_loads or instance.n_loads != 1 or not np.isfinite(vehicle.capacity).all() or not vehicle.capacity:
        return instance.n_clients
    return enough_vehicles(instance, np.maximum(instance.delivery, instance.pickup)[:, 0], vehicle.capacity[0])


def _vehicle(instance: Instance, vehicle: VehicleType, scaling: Scaling, number: int) -> Any:
    import vroom

    shift = scaling.span(*vehicle.shift)
    opens, closes = scaling.span(*instance.windows[vehicle.start, 0])
    return vroom.Vehicle(
        number,
        start=vehicle.start,
        end=vehicle.end,
        capacity=[int(load) for load in _capacity(instance, vehicle, scaling)],
        time_window=_window(max(int(shift[0]), int(opens)), min(int(shift[1]), int(closes))),
        costs=vroom.VehicleCosts(fixed=int(scaling.money(vehicle.fixed_cost))),
        max_distance=_limited(int(scaling.sooner(vehicle.max_distance))),
    )


def _capacity(instance: Instance, vehicle: VehicleType, scaling: Scaling) -> Integers:
    everything: Integers = scaling.up(instance.delivery + instance.pickup, scaling.load).sum(axis=0)
    if not vehicle.capacity:
        return everything
    held: Integers = np.minimum(scaling.down(vehicle.capacity, scaling.load), everything)
    return held


def _job(instance: Instance, client: int, scaling: Scaling) -> Any:
    import vroom

    return vroom.Job(
        client,
        location=client,
        default_service=int(scaling.later(instance.service[client])),
        delivery=_load(instance.delivery[client], scaling),
        pickup=_load(instance.pickup[client], scaling),
        time_windows=_windows(instance, client, scaling),
    )


def _shipment(instance: Instance, first: int, second: int, scaling: Scaling) -> Any:
    import vroom

    ends = [
        vroom.ShipmentStep(
            client,
            location=client,
            default_service=int(scaling.later(instance.service[client])),
            time_windows=_windows(instance, client, scaling),
        )
        for client in (first, second)
    ]
    return vroom.Shipment(*ends, amount=_load(instance.pickup[first], scaling))


def _load(load: NDArray[np.float64], scaling: Scaling) -> list[int]:
    return [int(part) for part in scaling.up(load, scaling.load)]


def _windows(instance: Instance, client: int, scaling: Scaling) -> list[Any]:
    spans = {tuple(int(end) for end in scaling.span(*window)) for window in instance.windows[client]}
    return [_window(*span) for span in sorted(spans)]


def _window(opens: int, closes: int) -> Any:
    import vroom

    return vroom.TimeWindow(_limited(opens), _limited(closes)) if closes < LONGEST or opens > 0 else vroom.TimeWindow()


def _limited(value: int) -> int:
    return min(value, LONGEST)


def _short(values: Integers) -> NDArray[np.uint32]:
    return np.minimum(values, LONGEST).astype(np.uint32)
