"""Clients that no vehicle can serve, whatever the rest of the plan.

What is said here is proven: times and distances are shortest ones over all nodes, so that it holds
without the triangle inequality too. It is a necessary condition only; other clients may be
impossible for reasons that this does not see.
"""

from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOLERANCE = 1e-6
"""Times max(1, |limit|), as in the definition of the problem."""


def hopeless(instance: Instance) -> dict[int, str]:
    """Required clients that no vehicle can serve, each with the reason.

    Empty where a distance matrix would not fit, as with ``speed_periods``: nothing is proven there.
    """
    if instance.n_nodes > MATRIX_LIMIT or instance.speed_periods is not None:
        return {}
    open_to: dict[int, list[str]] = {int(c): [] for c in instance.clients if instance.required[c]}
    for vehicle in instance.vehicle_types:
        if vehicle.count == 0:
            continue
        reasons = _reasons(instance, vehicle)
        for client in list(open_to):
            found = [words for words, wrong in reasons.items() if wrong[client]]
            if not found:
                del open_to[client]
            else:
                open_to[client].append(found[0])
    return {
        client: f"client {client} cannot be served: {' / '.join(dict.fromkeys(words))}"
        for client, words in open_to.items()
    }


def _reasons(instance: Instance, vehicle: VehicleType) -> dict[str, Mask]:
    times = _times(instance, vehicle)
    road = _shortest(instance.distance_matrix(vehicle.profile), vehicle)
    arrival = _leave(instance, vehicle) + times[0]
    opens, closes = instance.windows[..., 0].min(axis=1), instance.windows[..., 1].max(axis=1)
    hard = instance.lateness_cost == inf
    done = np.maximum(arrival, opens) + instance.service
    whole = times[0] + instance.service + times[1]
    return {
        "not allowed on the vehicle": _barred(instance, vehicle),
        "its load exceeds the capacity": _too_big(instance, vehicle),
        "its time window closes before a vehicle can arrive": hard & _above(arrival, closes),
        "no vehicle that serves it is back in time": _above(done + times[1], _latest(instance, vehicle)),
        "the way to it and back exceeds the distance limit": _above(road[0] + road[1], vehicle.max_distance),
        "the way to it and back exceeds the duration limit": _above(whole, vehicle.max_duration + vehicle.max_overtime),
    }


def _times(instance: Instance, vehicle: VehicleType) -> tuple[Floats, Floats]:
    if instance.durations is None:
        there, back = _shortest(instance.distance_matrix(vehicle.profile), vehicle)
        return there / vehicle.speed, back / vehicle.speed
    return _shortest(np.asarray(instance.durations[vehicle.profile]), vehicle)


def _shortest(matrix: Floats, vehicle: VehicleType) -> tuple[Floats, Floats]:
    """Shortest ways [N] from the start depot and to the end depot (0 where open)."""
    there = _from(matrix, vehicle.start)
    back = np.zeros(len(matrix)) if vehicle.end is None else _from(matrix.T, vehicle.end)
    return there, back


def _from(matrix: Floats, source: int) -> Floats:
    """Bellman and Ford's method on the full graph; it settles after a few rounds on real data."""
    best: Floats = matrix[source].copy()
    best[source] = 0.0
    while True:
        shorter = np.minimum(best, (best[:, None] + matrix).min(axis=0))
        if np.array_equal(shorter, best):
            return best
        best = shorter


def _leave(instance: Instance, vehicle: VehicleType) -> Floats:
    return np.maximum(instance.release, max(vehicle.shift[0], instance.windows[vehicle.start, :, 0].min()))


def _latest(instance: Instance, vehicle: VehicleType) -> float:
    if vehicle.end is None or instance.lateness_cost[vehicle.end] < inf:
        return vehicle.shift[1]
    return min(vehicle.shift[1], float(instance.windows[vehicle.end, :, 1].max()))


def _barred(instance: Instance, vehicle: VehicleType) -> Mask:
    barred = np.zeros(instance.n_nodes, dtype=bool)
    if vehicle.allowed is not None:
        barred[:] = True
        barred[sorted(vehicle.allowed)] = False
    return barred


def _too_big(instance: Instance, vehicle: VehicleType) -> Mask:
    if instance.split or not vehicle.capacity:
        return np.zeros(instance.n_nodes, dtype=bool)
    limit = np.array(vehicle.capacity)
    return np.asarray(((instance.delivery > limit) | (instance.pickup > limit)).any(axis=1))


def _above(value: Floats, limit: Floats | float) -> Mask:
    bound = np.asarray(limit, dtype=np.float64)
    slack = TOLERANCE * np.maximum(1.0, np.abs(np.where(np.isfinite(bound), bound, 0.0)))
    return np.asarray(value > bound + slack)
