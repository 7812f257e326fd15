"""What an arc takes: driving, and the service before it."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from routewright.solvers.ortools.model import Model

Integers = NDArray[np.int64]


def driving(model: "Model", index: int) -> Integers:
    """Travel times [N + 1, N + 1] of vehicle type ``index``; it takes none to get nowhere."""
    instance = model.instance
    vehicle = instance.vehicle_types[index]
    if instance.durations is None:
        times = model.scaling.later(instance.distance_matrix(vehicle.profile) / vehicle.speed)
    else:
        times = model.scaling.later(instance.durations[vehicle.profile])
    return np.pad(times, (0, 1))


def services(model: "Model") -> Integers:
    """Services [N + 1] before the way to the next node; depots at the ends of routes and stations have none."""
    instance = model.instance
    times = np.pad(model.scaling.later(instance.service), (0, 1))
    times[: instance.depots] = times[instance.n_nodes - instance.stations :] = 0
    return times
