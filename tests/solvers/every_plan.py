"""All routes that a tiny instance allows, one by one before the judge: the oracle where enumeration by cost stops.

Every order of every set of clients, with up to one station on the way, cut into trips in every way and
driven by every type of vehicle.
"""

from collections.abc import Iterator
from itertools import permutations, product

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution

OTHERS = {"missing client", "group"}
"""What a single route of a plan cannot help."""


def served(instance: Instance) -> set[int]:
    """Clients that some legal route visits."""
    found: set[int] = set()
    for route in _routes(instance):
        if not found.issuperset(route.stops) and _legal(instance, route):
            found.update(route.stops)
    return found & set(instance.clients)


def _legal(instance: Instance, route: Route) -> bool:
    return {violation.kind for violation in check(instance, Solution((route,)))} <= OTHERS


def _routes(instance: Instance) -> Iterator[Route]:
    for size in range(1, instance.n_clients + 1):
        for order in permutations(instance.clients, size):
            for stops in _by_stations(instance, order):
                for index, vehicle in enumerate(instance.vehicle_types):
                    for trips in _cut(stops) if vehicle.trip_limit > 1 else [(stops,)]:
                        for reloads in product(vehicle.reload_depots, repeat=len(trips) - 1):
                            yield Route(trips, index, reloads=reloads)


def _by_stations(instance: Instance, order: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    yield order
    for station in instance.station_nodes:
        for place in range(len(order) + 1):
            yield (*order[:place], station, *order[place:])
            # And once more on the way home, which one may need who called there on the way out.
            for again in range(place + 1, len(order) + 1):
                yield (*order[:place], station, *order[place:again], station, *order[again:])


def _cut(stops: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    for cuts in product((False, True), repeat=len(stops) - 1):
        trips: list[tuple[int, ...]] = [stops[:1]]
        for stop, fresh in zip(stops[1:], cuts, strict=True):
            if fresh:
                trips.append((stop,))
            else:
                trips[-1] = (*trips[-1], stop)
        yield tuple(trips)
