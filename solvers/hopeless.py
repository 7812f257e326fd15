"""Clients that no vehicle can serve, whatever the rest of the plan.

What is said here is proven: times and distances are shortest ones over all nodes, so that it holds
without the triangle inequality too. It is a necessary condition only; other clients may be
impossible for reasons that this does not see.
"""

from dataclasses import dataclass
from math import inf
from typing import Any

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
    if instance.speed_periods is not None:
        return {}
    named = _parted(instance)
    # Direct ways are never shorter than shortest ones: mostly they settle it.
    if _doubtful(instance, shortest=False) and instance.n_nodes <= MATRIX_LIMIT:
        named |= _doubtful(instance, shortest=True)
    for pair in instance.pairs.tolist():
        for node, partner in (pair, pair[::-1]):
            if partner in named:
                named.setdefault(node, f"client {node} cannot be served: it makes a pair with client {partner}")
    return dict(sorted(named.items()))


def shortage(instance: Instance) -> str | None:
    """Why no plan serves all required clients, where the fleet as a whole is too small; None if it may do."""
    if any(v.count is None or v.reload_depots for v in instance.vehicle_types):
        return None
    counts = np.array([vehicle.count for vehicle in instance.vehicle_types], dtype=np.float64)
    alone = instance.required.copy()
    alone[instance.pairs.ravel()] = False  # what a pair moves is on board for a part of the way
    for word, loads in (("deliveries", instance.delivery), ("pickups", instance.pickup)):
        for k in range(instance.n_loads):
            asked, room = float(loads[alone, k].sum()), float(counts[counts > 0] @ instance.capacities[counts > 0, k])
            if _above(np.array(asked), room):
                return f"all {counts.sum():g} vehicles together hold {room:.12g}, the {word} are {asked:.12g}"
    return None


def _parted(instance: Instance) -> dict[int, str]:
    """Pairs whose second client closes before the first one opens."""
    reasons: dict[int, str] = {}
    for first, second in instance.pairs.tolist():
        opening, closing = instance.windows[first, :, 0].min(), instance.windows[second, :, 1].max()
        if instance.required[second] and instance.lateness_cost[second] == inf and _above(opening, closing):
            words = f"pair {first}, {second} cannot be served: node {second} closes before node {first} opens"
            reasons |= dict.fromkeys((first, second), words)
    return reasons


def _doubtful(instance: Instance, *, shortest: bool) -> dict[int, str]:
    against: dict[int, list[str]] = {int(c): [] for c in instance.clients if instance.required[c]}
    for vehicle in instance.vehicle_types:
        if vehicle.count == 0 or not against:
            continue
        reasons = _reasons(instance, vehicle, _Ways.of(instance, vehicle, shortest))
        for client in list(against):
            found = [words for words, wrong in reasons.items() if wrong[client]]
            if found:
                against[client].append(found[0])
            else:
                del against[client]
    return {
        client: f"client {client} cannot be served: {' / '.join(dict.fromkeys(words))}"
        for client, words in against.items()
    }


@dataclass(frozen=True)
class _Ways:
    """Distances and travel times [N] from the start depot and back to the end depot (0 where open)."""

    road_there: Floats
    road_back: Floats
    time_there: Floats
    time_back: Floats

    @classmethod
    def of(cls, instance: Instance, vehicle: VehicleType, shortest: bool) -> "_Ways":
        road = (_shortest if shortest else _direct)(instance, vehicle, False)
        time = (_shortest if shortest else _direct)(instance, vehicle, True)
        return cls(*road, *time)


def _direct(instance: Instance, vehicle: VehicleType, timed: bool) -> tuple[Floats, Floats]:
    def measure(start: Any, end: Any) -> Floats:
        if timed:
            return instance.duration(start, end, vehicle.profile, vehicle.speed)
        return instance.distance(start, end, vehicle.profile)

    nodes = np.arange(instance.n_nodes)
    there = measure(vehicle.start, nodes)
    return there, np.zeros_like(there) if vehicle.end is None else measure(nodes, vehicle.end)


def _shortest(instance: Instance, vehicle: VehicleType, timed: bool) -> tuple[Floats, Floats]:
    matrix = instance.distance_matrix(vehicle.profile)
    if timed:
        matrix = matrix / vehicle.speed if instance.durations is None else instance.durations[vehicle.profile]
    there = _from(matrix, vehicle.start)
    return there, np.zeros_like(there) if vehicle.end is None else _from(matrix.T, vehicle.end)


def _reasons(instance: Instance, vehicle: VehicleType, ways: _Ways) -> dict[str, Mask]:
    opens, closes = instance.windows[..., 0].min(axis=1), instance.windows[..., 1].max(axis=1)
    hard = instance.lateness_cost == inf
    arrival = _leave(instance, vehicle) + ways.time_there
    back = np.maximum(arrival, opens) + instance.service + ways.time_back
    road = ways.road_there + ways.road_back
    whole = ways.time_there + instance.service + ways.time_back
    return {
        "not allowed on the vehicle": _barred(instance, vehicle),
        "its load exceeds the capacity": _too_big(instance, vehicle),
        "its time window closes before a vehicle can arrive": hard & _above(arrival, closes),
        "no vehicle that serves it is back in time": _above(back, _latest(instance, vehicle)),
        "the way to it and back exceeds the distance limit": _above(road, vehicle.max_distance),
        "the way to it and back exceeds the duration limit": _above(whole, vehicle.max_duration + vehicle.max_overtime),
    }


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
