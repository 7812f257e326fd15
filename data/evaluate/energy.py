"""Battery levels along a course (docs/problem.md, 14 and 15)."""

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def charge(
    instance: Instance, vehicle: VehicleType, node: Integers, distance: Floats, charges: tuple[float, ...] | None
) -> tuple[Floats | None, Floats]:
    """Energy on leaving each position [S] (None without a battery) and energy taken there [S].

    A level below zero or above the capacity is reported as it is. Stations beyond the end of
    ``charges`` fill the battery.
    """
    charged = np.zeros(len(node))
    if vehicle.battery is None:
        return None, charged
    level = np.zeros(len(node))
    planned = iter(charges or ())
    energy = vehicle.battery.capacity
    for position, here in enumerate(node.tolist()):
        energy -= vehicle.battery.use * distance[position]
        if here in instance.station_nodes:
            charged[position] = next(planned, vehicle.battery.capacity - energy)
            energy += charged[position]
        elif here < instance.depots and position < len(node) - 1:
            energy = vehicle.battery.capacity
        level[position] = energy
    return level, charged
