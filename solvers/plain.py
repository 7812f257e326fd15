"""Instances that ask for capacities and no more, which many a solver is made for."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import MATRIX_LIMIT, Instance

Floats = NDArray[np.float64]


def beyond_capacities(instance: Instance) -> dict[str, bool]:
    """What is more than one vehicle type of a capacity with limits on its way: the feature, and whether it is there."""
    vehicle = instance.vehicle_types[0]
    return {
        "several depots": instance.depots > 1,
        "charging stations": instance.stations > 0 or vehicle.battery is not None,
        "several vehicle types": len(instance.vehicle_types) > 1,
        "several load dimensions": instance.n_loads > 1,
        "pickups": bool(instance.pickup.any()),
        "pairs": len(instance.pairs) > 0,
        "time windows": bool(np.isfinite(instance.windows[..., 1]).any() or instance.windows[..., 0].any()),
        "release times": bool(instance.release.any()),
        "optional clients": not bool(instance.required[instance.clients.start : instance.clients.stop].all()),
        "split deliveries": instance.split,
        "time-dependent travel": instance.speed_periods is not None,
        f"objective {instance.objective}": instance.objective != "cost",
        "fixed or duration costs": vehicle.fixed_cost != 0 or vehicle.duration_cost != 0,
        "open routes": vehicle.end is None,
        "reloads": bool(vehicle.reload_depots),
        "a shift": vehicle.shift != (0.0, inf),
        "overtime": vehicle.max_overtime > 0,
        "clients for some vehicles": vehicle.allowed is not None or bool(vehicle.preference),
        "breaks": bool(vehicle.breaks),
        f"more than {MATRIX_LIMIT} nodes": instance.n_nodes > MATRIX_LIMIT,
    }


def demand(instance: Instance) -> Floats:
    """Of each node [N], where there is one load at most."""
    return instance.delivery[:, 0] if instance.n_loads else np.zeros(instance.n_nodes)


def capacity(instance: Instance) -> float:
    """Of the first vehicle type, where there is one load at most; what is unlimited holds everything there is."""
    limit = instance.capacities[0, 0] if instance.n_loads else inf
    return float(limit) if limit < inf else max(float(demand(instance).sum()), 1.0)


def reasons(rules: dict[str, bool]) -> list[str]:
    """Names of the features that are there."""
    return [rule for rule, present in rules.items() if present]


def enough_vehicles(instance: Instance, load: Floats, room: float) -> int:
    """As many vehicles of a size as loads can need: no two of them half empty; never more than clients.

    Where routes have limits beside the capacity more may be of use.
    """
    least = int(np.ceil(load.sum() / room)) if room > 0 else 1
    return max(1, min(instance.n_clients, 2 * least + 1))
