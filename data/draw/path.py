"""The way of one route over the map."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.solution import Route

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Path:
    """Nodes of a route as they are drawn.

    Attributes:
        number: of the route in its solution, from 1.
        trips: stops of each trip, without depots.
        legs: (node, node) for each way from or to a depot.
    """

    number: int
    trips: tuple[tuple[int, ...], ...]
    legs: tuple[tuple[int, int], ...]

    @property
    def stops(self) -> list[int]:
        """All nodes visited between the depots."""
        return [node for trip in self.trips for node in trip]

    def line(self, places: Floats) -> Floats:
        """Positions [S, 2] of the stops, trips kept apart by a row of NaN."""
        gap = np.full((1, 2), np.nan)
        pieces = [piece for trip in self.trips for piece in (gap, places[list(trip)])]
        return np.concatenate(pieces[1:])


def path_of(instance: Instance, route: Route, number: int) -> Path:
    """The path of ``route``; a vehicle that need not return has no leg at its end."""
    vehicle = instance.vehicle_types[route.vehicle_type]
    trips = tuple(trip for trip in route.trips if trip)
    start = vehicle.start if route.start is None else route.start
    end = vehicle.end if route.end is None else route.end
    between = route.reloads or (vehicle.reload_depots or (start,))[:1] * (len(trips) - 1)
    legs = [(start, trips[0][0])]
    for (before, after), depot in zip(pairwise(trips), between, strict=False):
        legs += [(before[-1], depot), (depot, after[0])]
    if end is not None:
        legs.append((trips[-1][-1], end))
    return Path(number, trips, tuple(legs))
