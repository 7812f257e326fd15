"""Instances that ask for one tour through all clients."""

from math import inf

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.plain import beyond_capacities, capacity, demand


def symmetric(instance: Instance) -> bool:
    """Whether ways of the first vehicle type are as long there as back."""
    if instance.distances is None:
        return True
    ways = instance.distances[instance.vehicle_types[0].profile]
    return bool(np.array_equal(ways, ways.T))


def beyond_a_tour(instance: Instance) -> dict[str, bool]:
    """What is more than the shortest tour of one vehicle: the feature, and whether it is there."""
    vehicle = instance.vehicle_types[0]
    one_load = instance.n_loads <= 1
    return beyond_capacities(instance) | {
        "a capacity below all demand": one_load and capacity(instance) < demand(instance).sum(),
        "limits on routes": vehicle.max_distance < inf or vehicle.max_duration < inf,
        "no clients": instance.n_clients < 1,
    }
