"""Vehicles of the rest of a day: those on the road where they are, and those still at their depots."""

from dataclasses import replace

import numpy as np

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.live.under_way import OnRoad


def on_road(instance: Instance, going: OnRoad, depot: int, left: list[int]) -> VehicleType:
    """A vehicle that is under way, as a type of its own; whom it may visit aside.

    Args:
        instance: of the whole day.
        going: its route.
        depot: node of the rest where it stands.
        left: clients whom anyone may still visit.
    """
    vehicle = instance.vehicle_types[going.timed.vehicle_type]
    begun, free = going.timed.departure, going.free
    latest = min(vehicle.shift[1], begun + vehicle.max_duration + vehicle.max_overtime)
    return replace(
        vehicle,
        count=1,
        capacity=tuple(np.minimum(_room(instance, going, left), vehicle.capacity).tolist()) if vehicle.capacity else (),
        fixed_cost=0.0,
        start=depot,
        shift=(free, max(free, latest)),
        max_distance=max(0.0, vehicle.max_distance - going.driven),
        max_duration=max(0.0, vehicle.max_duration - (free - begun)),
    )


def at_depot(vehicle: VehicleType, left: int, now: float) -> VehicleType:
    """Those of a type that have not left, beside so many that have: a vehicle drives one route a day."""
    gone = vehicle.shift[1] < now
    count = 0 if gone else vehicle.count if vehicle.count is None else max(0, vehicle.count - left)
    return replace(
        vehicle, count=count, shift=vehicle.shift if gone else (max(vehicle.shift[0], now), vehicle.shift[1])
    )


def _room(instance: Instance, going: OnRoad, left: list[int]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """What fits beside the goods of the stops that were made, [K].

    Goods for later stops were on board all the time, so that the highest load of the way counts where any client that
    is left gets some; else the load now. What was collected stays on board, but for pairs, whose goods are on their way
    to the second one and count there.
    """
    stops, pairs = list(going.stops), instance.pairs.tolist()
    seconds = {second: first for first, second in pairs}
    before = np.zeros(instance.n_loads)  # goods of the depot for these stops
    waiting = np.zeros(instance.n_loads)  # of pairs, not yet delivered
    load = before.copy()
    for node in stops:
        if node not in seconds:
            load = load + instance.delivery[node]
    most = load.copy()
    for node in stops:
        load = load - instance.delivery[node] + instance.pickup[node]
        most = np.maximum(most, load)
    for first, second in pairs:
        if first in stops and second not in stops:
            waiting = waiting + instance.pickup[first]
    capacity = instance.capacities[going.timed.vehicle_type]
    from_depot = [node for node in left if node not in seconds]
    brought = (instance.delivery[from_depot] > 0).any(axis=0)
    return np.asarray(np.maximum(0.0, capacity + waiting - np.where(brought, most, load)))


def may_visit(
    types: list[VehicleType],
    clients: list[int],
    owners: dict[int, int],
    place: dict[int, int],
    late: dict[int, set[int]],
) -> list[VehicleType]:
    """The types with ``allowed`` and ``preference`` in nodes of the rest.

    Args:
        types: as they speak of the day.
        clients: nodes of the rest.
        owners: node of the rest to the only type that may visit it.
        place: node of the day to node of the rest.
        late: type to nodes of the rest whose goods were not there when it left.
    """
    found = []
    for number, vehicle in enumerate(types):
        allowed = set(clients) if vehicle.allowed is None else {place[c] for c in vehicle.allowed if c in place}
        allowed |= {node for node, owner in owners.items() if owner == number}
        allowed -= {node for node, owner in owners.items() if owner != number} | late.get(number, set())
        every = allowed == set(clients)
        liked = tuple((place[client], cost) for client, cost in vehicle.preference if client in place)
        found.append(replace(vehicle, allowed=None if every else frozenset(allowed), preference=liked))
    return found
