"""Fields of the vehicle types, one value for each door."""

from typing import Any

import numpy as np

from routewright.data.batch.layout import Layout
from routewright.data.instance import Instance

NUMBERS = ("max_distance", "max_duration", "fixed_cost", "distance_cost")


def of_fleet(instance: Instance, layout: Layout) -> dict[str, Any]:
    """See ``to_tensordict``. Doors that an instance does not have are like its first one, without vehicles."""
    types = instance.vehicle_types
    kinds = [*range(len(types)), *[0] * (layout.doors - len(types))]
    each = [types[kind] for kind in kinds]
    counts = np.array([np.inf if vehicle.count is None else vehicle.count for vehicle in each])
    counts[len(types) :] = 0.0
    return {
        "doors": np.int64(len(types)),
        "vehicles": counts,
        "capacity": instance.capacities[kinds],
        "shift": np.array([vehicle.shift for vehicle in each], dtype=float),
        **{name: np.array([getattr(vehicle, name) for vehicle in each], dtype=float) for name in NUMBERS},
        "speed": np.array([1.0 if instance.durations is not None else vehicle.speed for vehicle in each]),
        "open": np.array([vehicle.end is None for vehicle in each]),
        "profile": np.array([vehicle.profile for vehicle in each], dtype=np.int64),
    }
