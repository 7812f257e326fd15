"""Nodes that no charge reaches.

A battery carries from one place where it is filled (the start, a reload depot, a station) to the
next. A node is within reach if a filled vehicle can come to it and go on to a place that leads home.
"""

from collections.abc import Callable
from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.hopeless.reason import Reason, exceeds
from routewright.solvers.hopeless.ways import Ways

Floats = NDArray[np.float64]


def out_of_reach(ways: Ways) -> Reason | None:
    """The reason for nodes that take more energy between two charges than the battery holds."""
    battery, vehicle, instance = ways.vehicle.battery, ways.vehicle, ways.instance
    if battery is None:
        return None
    fillings = {vehicle.start, *instance.station_nodes}
    fillings |= set(vehicle.reload_depots) if vehicle.trip_limit > 1 else set()
    places = sorted(fillings)
    there = {place: battery.use * ways.road(place) for place in places}
    back = {place: battery.use * ways.road_to(place) for place in places}
    home = battery.use * ways.road_to(vehicle.end)
    limit = battery.capacity
    leaving = _connected(places, {vehicle.start}, lambda a, b: there[a][b] <= _with_slack(limit))
    ending = _connected(
        places, {p for p in places if home[p] <= _with_slack(limit)}, lambda a, b: there[b][a] <= _with_slack(limit)
    )
    come = np.min([there[place] for place in leaving], axis=0)
    go = np.min([home, *(back[place] for place in ending)], axis=0)
    return exceeds("the battery does not last from one charge to the next by way of it", come + go, limit)


def _with_slack(limit: float) -> float:
    return limit + 1e-6 * max(1.0, limit) if limit < inf else inf


def _connected(places: list[int], first: set[int], linked: Callable[[int, int], bool]) -> set[int]:
    """All places that a chain of links leads to."""
    found, fresh = set(first), list(first)
    while fresh:
        place = fresh.pop()
        new = [other for other in places if other not in found and linked(place, other)]
        found.update(new)
        fresh += new
    return found
