"""All routes that a tiny instance allows, one by one before the judge: the oracle where enumeration by cost stops.

Every order of every set of clients, with up to two calls at stations on the way, cut into trips in every way and
driven by every type of vehicle.
"""

from collections.abc import Iterator
from itertools import combinations, permutations, product
from math import inf

from routewright.data.check import check
from routewright.data.evaluate import evaluate
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


def cheapest(instance: Instance) -> float:
    """Reported cost of the best way to part all clients into legal routes, however many; inf where there is none."""
    prices: dict[frozenset[int], float] = {}
    for route in _routes(instance):
        cost = evaluate(instance, Solution((route,))).cost
        clients = frozenset(route.stops) & frozenset(instance.clients)
        if cost < prices.get(clients, inf) and _legal(instance, route):
            prices[clients] = cost

    def parted(rest: frozenset[int]) -> float:
        if not rest:
            return 0.0
        first, others = min(rest), rest - {min(rest)}
        sets = (frozenset({first, *more}) for k in range(len(others) + 1) for more in combinations(sorted(others), k))
        return min(prices.get(one, inf) + parted(rest - one) for one in sets)

    return parted(frozenset(instance.clients))


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
            for again, other in product(range(place, len(order) + 1), instance.station_nodes):
                if again > place or other != station:
                    yield (*order[:place], station, *order[place:again], other, *order[again:])


def _cut(stops: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    for cuts in product((False, True), repeat=len(stops) - 1):
        trips: list[tuple[int, ...]] = [stops[:1]]
        for stop, fresh in zip(stops[1:], cuts, strict=True):
            if fresh:
                trips.append((stop,))
            else:
                trips[-1] = (*trips[-1], stop)
        yield tuple(trips)
