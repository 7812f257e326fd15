"""How the time of a route has to be followed."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.kernel.walk.rules import PIECES, POINT, SEGMENT, TIMELESS

Floats = NDArray[np.float64]


def clock_of(instance: Instance, vehicle: VehicleType, plain: bool) -> int:
    """CLOCK of a kind of vehicle.

    Args:
        instance: the problem.
        vehicle: its type.
        plain: whether windows are single and hard and speed is constant.
    """
    if is_free(vehicle):
        return SEGMENT if plain else PIECES
    closes = bool(np.isfinite(instance.windows[..., 1]).any())
    return POINT if closes or vehicle.shift[1] < inf else TIMELESS


def is_free(vehicle: VehicleType) -> bool:
    """Whether time under way costs or is limited, so that the departure is chosen."""
    return vehicle.duration_cost > 0 or vehicle.max_duration < inf


def is_plain(instance: Instance, price: Floats) -> bool:
    """Whether windows are single and hard (``price`` infinite) and speed is constant."""
    windows = instance.windows
    single = bool((windows == windows[:, :1]).all())
    return single and instance.speed_periods is None and bool((price == inf).all())


def last_useful(instance: Instance) -> float:
    """A time after which leaving later only shifts a route: nothing opens, no speed changes."""
    stamps = [float(instance.windows[..., 0].max()), float(instance.release.max())]
    closes = instance.windows[..., 1]
    stamps += [float(closes[np.isfinite(closes)].max(initial=0.0))]
    stamps += [vehicle.shift[0] for vehicle in instance.vehicle_types]
    stamps += [pause.earliest for vehicle in instance.vehicle_types for pause in vehicle.breaks]
    if instance.speed_periods is not None:
        stamps += instance.speed_periods[:, 0].tolist()
    return max(stamps)
