"""Fleets that are too small for all that is asked, though each client alone could be served."""

import numpy as np

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.hopeless.reason import above


def shortage(instance: Instance) -> str | None:
    """Why no plan serves all required clients, where the fleet as a whole is too small; None if it may do."""
    if any(vehicle.count is None for vehicle in instance.vehicle_types):
        return None
    return _room(instance) or _hands(instance)


def _room(instance: Instance) -> str | None:
    """Too little capacity for all loads."""
    fleet = [(v, limits) for v, limits in zip(instance.vehicle_types, instance.capacities, strict=True) if v.count]
    vehicles = sum(vehicle.count or 0 for vehicle, _ in fleet)
    for word, loads in (("deliveries", instance.delivery), ("pickups", instance.pickup)):
        for k in range(instance.n_loads):
            asked = _asked(instance, loads[:, k])
            room = sum((v.count or 0) * v.trip_limit * float(limits[k]) for v, limits in fleet if limits[k])
            if above(asked, room):
                return f"all {vehicles} vehicles together hold {room:.12g}, the {word} are {asked:.12g}"
    return None


def _asked(instance: Instance, load: np.ndarray) -> float:
    """What a plan carries at least; what a pair moves is on board for a part of the way, and does not count."""
    counted = np.where(np.isin(np.arange(instance.n_nodes), instance.pairs), 0.0, load)
    return _least(instance, counted)


def _least(instance: Instance, amount: np.ndarray) -> float:
    """The sum over required clients, and of each group the smallest."""
    total = float(amount[instance.required].sum())
    groups = np.unique(instance.group[instance.group >= 0]).tolist()
    return total + sum(float(amount[instance.group == group].min()) for group in groups)


def _hands(instance: Instance) -> str | None:
    """Too little time for all services (split visits might serve a client once or often)."""
    time = sum((vehicle.count or 0) * _day(vehicle) for vehicle in instance.vehicle_types if vehicle.count)
    asked = _least(instance, instance.service)
    if above(asked, time):
        return f"all vehicles together work {time:.12g}, the services alone take {asked:.12g}"
    return None


def _day(vehicle: VehicleType) -> float:
    """Longest time of one route."""
    return min(vehicle.shift[1] - vehicle.shift[0], vehicle.max_duration + vehicle.max_overtime)
