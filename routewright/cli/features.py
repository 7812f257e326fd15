"""What an instance asks for beyond capacities."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routewright.data.instance import Instance


def features(instance: "Instance") -> list[str]:
    """Names of the features that are present."""
    from numpy import isfinite

    types = instance.vehicle_types
    clients = instance.clients
    present = {
        "time windows": bool(isfinite(instance.windows[clients, :, 1]).any()),
        "alternative windows": instance.windows.shape[1] > 1,
        "soft windows": bool(isfinite(instance.lateness_cost[clients]).any()),
        "service times": bool(instance.service[clients].any()),
        "release times": bool(instance.release[clients].any()),
        "pickups": bool(instance.pickup.any()),
        "pickup and delivery pairs": len(instance.pairs) > 0,
        "several loads": instance.n_loads > 1,
        "optional clients": bool((~instance.required[clients] & (instance.group[clients] < 0)).any()),
        "groups of alternative clients": bool((instance.group >= 0).any()),
        f"{instance.backhaul} backhauls": instance.backhaul != "none",
        "split deliveries": instance.split,
        "changing speeds": instance.speed_periods is not None,
        "several depots": instance.depots > 1,
        "several vehicle types": len({vehicle.kind for vehicle in types}) > 1,
        "limited fleet": any(vehicle.count is not None for vehicle in types),
        "open routes": any(vehicle.end is None for vehicle in types),
        "reloads": any(vehicle.reload_depots for vehicle in types),
        "distance limits": any(isfinite(vehicle.max_distance) for vehicle in types),
        "duration limits": any(isfinite(vehicle.max_duration) for vehicle in types),
        "batteries": any(vehicle.battery is not None for vehicle in types),
        "breaks": any(vehicle.breaks for vehicle in types),
        "forbidden clients": any(vehicle.allowed is not None for vehicle in types),
        "asymmetric distances": _asymmetric(instance),
    }
    return [name for name, there in present.items() if there]


def loads_are_free(instance: "Instance") -> bool:
    """Whether clients ask for loads, but no vehicle has a capacity: a forgotten option, as a rule."""
    from numpy import isfinite

    return bool(instance.delivery.any() or instance.pickup.any()) and not isfinite(instance.capacities).any()


def _asymmetric(instance: "Instance") -> bool:
    matrix = instance.distances
    return matrix is not None and bool((matrix != matrix.transpose(0, 2, 1)).any())
