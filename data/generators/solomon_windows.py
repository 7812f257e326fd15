"""Time windows around times at which a vehicle can be there (Solomon 1987, section 4).

All times are raw: ten units of a Solomon file's time, so that distances cut after one decimal are
whole numbers (``trunc1``).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routewright.data.distance import between as distance
from routewright.data.errors import InstanceError

UNIT = 10.0
"""Raw units in one unit of the file: windows are whole numbers there."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Day:
    """What a vehicle alone with one client must keep to.

    Attributes:
        home: [n] raw time between the depot and each client.
        service: raw time spent at a client.
        horizon: raw closing time of the depot.
    """

    home: Floats
    service: float
    horizon: float

    @property
    def earliest(self) -> Floats:
        """First whole unit [n] at which a vehicle straight from the depot is there."""
        return np.asarray(np.ceil(self.home / UNIT) * UNIT)

    @property
    def latest(self) -> Floats:
        """Last whole unit [n] at which service can start for the vehicle to be back in time."""
        return np.asarray(np.floor((self.horizon - self.service - self.home) / UNIT) * UNIT)


def windows(
    rng: np.random.Generator, day: Day, centres: Floats, share: float, width: float, deviation: float
) -> Floats:
    """Windows [n, 2] that each client alone can be served in.

    Args:
        rng: random stream.
        day: travel, service and horizon.
        centres: [n] raw times that windows are centred on.
        share: of the clients that have a window; the others are open from 0 to ``day.latest``.
        width: raw mean width.
        deviation: raw standard deviation of the width (normal, as in the paper).

    Raises:
        InstanceError: if the horizon is too short for a client.
    """
    _reject_short_horizon(day)
    n = len(centres)
    half = np.maximum(rng.normal(width, deviation, size=n), 0.0) / 2.0
    opens = np.clip(np.floor((centres - half) / UNIT) * UNIT, 0.0, day.latest)
    closes = np.clip(np.ceil((centres + half) / UNIT) * UNIT, day.earliest, day.latest)
    free = rng.permutation(n) >= round(share * n)
    return np.stack([np.where(free, 0.0, opens), np.where(free, day.latest, closes)], axis=1)


def random_centres(rng: np.random.Generator, day: Day) -> Floats:
    """Times [n] uniform between the earliest and the latest service of each client."""
    _reject_short_horizon(day)
    return rng.uniform(day.earliest, day.latest)


def _reject_short_horizon(day: Day) -> None:
    late = np.flatnonzero(day.earliest > day.latest)
    if len(late):
        needed = float((2.0 * day.home + day.service)[late[0]]) / UNIT
        raise InstanceError(f"horizon is {day.horizon / UNIT:g}: node {late[0] + 1} alone needs {needed:g}")


def routed_centres(coords: Floats, day: Day, load: Floats, capacity: float) -> Floats:
    """Arrival times [n] along nearest-neighbour routes that keep to load and horizon.

    Solomon built routes by clusters with 3-opt for his C files; the nearest neighbour stays in a
    cluster as well. With these centres a solution without any waiting is hidden in the instance.

    Args:
        coords: [n + 1, 2], the depot first.
        day: travel, service and horizon.
        load: [n] demands.
        capacity: of a vehicle.
    """
    _reject_short_horizon(day)
    arrival = np.zeros(len(load))
    left = np.ones(len(load), dtype=bool)
    node, clock, room = 0, 0.0, capacity
    while left.any():
        way = distance(coords[node], coords[1:], "euclidean", "trunc1")
        there = clock + way
        fits = left & (load <= room) & (there <= day.latest)
        if not fits.any():  # never at the depot, where every client fits
            node, clock, room = 0, 0.0, capacity
            continue
        client = int(np.argmin(np.where(fits, way, np.inf)))
        arrival[client] = there[client]
        left[client] = False
        node, clock, room = client + 1, there[client] + day.service, room - load[client]
    return arrival
