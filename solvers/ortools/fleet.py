"""Vehicles one by one, as OR-Tools wants them."""

from math import ceil, inf

from routewright.data.instance import Instance
from routewright.solvers.features import types_that_leave


def expand(instance: Instance) -> list[int]:
    """The vehicle type of each vehicle.

    An unlimited type gets as many vehicles as there are clients. Where nothing but one load limits
    a route fewer do: of two routes that are at most half full one could take both loads, so that
    2 x total load / capacity + 1 are enough (by the triangle inequality also for the best cost).
    """
    vehicles: list[int] = []
    for index in types_that_leave(instance):
        vehicle = instance.vehicle_types[index]
        enough = _enough(instance, index)
        vehicles += [index] * (enough if vehicle.count is None else min(vehicle.count, enough))
    return vehicles


def _enough(instance: Instance, index: int) -> int:
    clients = instance.n_clients
    if not only_load(instance) or len(instance.vehicle_types) > 1:
        return clients
    capacity = instance.capacities[index, 0] if instance.n_loads else inf
    total = float(instance.delivery.sum())
    return min(clients, 2 * ceil(total / capacity) + 1) if capacity > 0 else clients


def only_load(instance: Instance) -> bool:
    """Whether a single delivered load is all that limits a route."""
    return (
        instance.n_loads <= 1
        and not instance.pickup.any()
        and not timed(instance)
        and not any(v.max_distance < inf for v in instance.vehicle_types)
        and instance.objective != "max_route"
        and not any(v.battery for v in instance.vehicle_types)
        and bool(instance.required[instance.clients.start : instance.clients.stop].all())
    )


def timed(instance: Instance) -> bool:
    """Whether anything depends on the clock."""
    closes = instance.windows[..., 1]
    return bool((closes < inf).any() or instance.release.any()) or any(
        v.duration_cost > 0 or v.max_duration < inf or v.shift[1] < inf or v.breaks for v in instance.vehicle_types
    )
