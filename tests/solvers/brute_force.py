"""The optimum of a tiny instance by enumeration, written from docs/problem.md alone.

Every order of every set of clients is tried on every vehicle type; the best routes are then put
together in every possible way. About 7 clients are the limit. Knows: loads, windows (several,
soft), service, releases, pairs, optional clients, groups, backhauls, several vehicle types and depots,
open routes, limits on distance and duration, overtime, all costs, allowed and preferred clients.
Does not know, and refuses: reloads, split, stations, breaks, speed periods, the objective max_route.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise, permutations
from math import inf

from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType

EPSILON = 1e-9

Key = tuple[float, ...]


def optimum(instance: Instance) -> float:
    """Reported cost of the cheapest solution; inf where there is none."""
    return best(instance)[0]


def best(instance: Instance) -> tuple[float, Solution]:
    """Reported cost of the best solution by the instance's objective, and one that has it."""
    _refuse(instance)
    routes = {t: _best_routes(instance, t) for t in range(len(instance.vehicle_types))}
    winner: tuple[Key, float, Solution] = ((inf,), inf, Solution())
    for visited in visit_sets(instance):
        found = _cover(instance, routes, visited)
        if found is None:
            continue
        left_out = frozenset(instance.clients) - visited
        cost = found[1] + sum(float(instance.prize[c]) for c in left_out)
        key: Key = (cost,)
        if instance.objective == "vehicles_first":
            open_ones = [c for c in left_out if instance.group[c] < 0]
            key = (len(open_ones), len(found[2]), found[0][1])
        if key < winner[0]:
            plan = tuple(Route((order,), vehicle_type=t) for t, order in found[2])
            winner = (key, cost / instance.scale, Solution(plan, tuple(left_out)))
    return winner[1], winner[2]


Plan = tuple[tuple[int, tuple[int, ...]], ...]


def _cover(
    instance: Instance,
    routes: dict[int, dict[frozenset[int], tuple[Key, float, tuple[int, ...]]]],
    visited: frozenset[int],
) -> tuple[Key, float, Plan] | None:
    """Best way to split ``visited`` over the fleet: key, cost and routes."""
    counts = tuple(len(visited) if v.count is None else v.count for v in instance.vehicle_types)

    @cache
    def split(rest: frozenset[int], left: tuple[int, ...]) -> tuple[Key, float, Plan] | None:
        if not rest:
            return (0.0, 0.0), 0.0, ()
        first, winner = min(rest), None
        others = rest - {first}
        for size in range(len(others) + 1):
            for more in combinations(sorted(others), size):
                chosen = frozenset({first, *more})
                for t, free in enumerate(left):
                    own = routes[t].get(chosen)
                    if not free or own is None:
                        continue
                    after = split(rest - chosen, (*left[:t], free - 1, *left[t + 1 :]))
                    if after is None:
                        continue
                    key = tuple(a + b for a, b in zip(own[0], after[0], strict=True))
                    if winner is None or key < winner[0]:
                        winner = (key, own[1] + after[1], ((t, own[2]), *after[2]))
        return winner

    return split(visited, counts)


def _best_routes(instance: Instance, index: int) -> dict[frozenset[int], tuple[Key, float, tuple[int, ...]]]:
    """For each set of clients that the type can serve: key, cost and order of its best route."""
    vehicle = instance.vehicle_types[index]
    clients = [c for c in instance.clients if vehicle.allowed is None or c in vehicle.allowed]
    table: dict[frozenset[int], tuple[Key, float, tuple[int, ...]]] = {}
    for size in range(1, len(clients) + 1):
        for chosen in combinations(clients, size):
            for order in permutations(chosen):
                found = _price(instance, vehicle, order)
                if found is None:
                    continue
                cost, distance = found
                key = (1.0, distance) if instance.objective == "vehicles_first" else (cost, 0.0)
                known = table.get(frozenset(chosen))
                if known is None or key < known[0]:
                    table[frozenset(chosen)] = (key, cost, order)
    return table


def _price(instance: Instance, vehicle: VehicleType, order: tuple[int, ...]) -> tuple[float, float] | None:
    """Cost and distance of a route; None where it breaks a rule."""
    if not (_pairs_hold(instance, order) and _load_fits(instance, vehicle, order) and _backhaul_holds(instance, order)):
        return None
    stops = [vehicle.start, *order] + ([] if vehicle.end is None else [vehicle.end])
    legs = list(pairwise(stops))
    distance = sum(float(instance.distance(a, b, vehicle.profile)) for a, b in legs)
    if distance > vehicle.max_distance + EPSILON * abs(vehicle.max_distance):
        return None
    times = [float(instance.duration(a, b, vehicle.profile, vehicle.speed)) for a, b in legs]
    clock = min((_drive(instance, vehicle, stops, times, t) for t in _departures(instance, vehicle, stops, times)),
                default=None)  # fmt: skip
    if clock is None or clock == inf:
        return None
    liked = sum(price for client, price in vehicle.preference if client in order)
    return clock + vehicle.fixed_cost + vehicle.distance_cost * distance + liked, distance


def _departures(instance: Instance, vehicle: VehicleType, stops: list[int], times: list[float]) -> Iterator[float]:
    """Where the piecewise linear cost of leaving at t can have its minimum."""
    earliest = max(
        vehicle.shift[0],
        float(instance.windows[stops[0], :, 0].min()),
        *(float(instance.release[c]) for c in stops[1:] if c in instance.clients),
    )
    latest = float(instance.windows[stops[0], :, 1].max())
    if earliest > latest:
        return
    yield earliest
    if not vehicle.duration_cost and vehicle.max_duration == inf:
        return
    offset = 0.0
    for node, time in zip(stops[1:], times, strict=True):
        offset += time
        for bound in {*instance.windows[node].ravel().tolist()}:
            if earliest <= bound - offset <= latest:
                yield bound - offset
        offset += float(instance.service[node])


def _drive(instance: Instance, vehicle: VehicleType, stops: list[int], times: list[float], leave: float) -> float:
    """Cost of time, lateness and overtime when leaving at ``leave``; inf where a limit is broken."""
    clock, cost, last = leave, 0.0, len(stops) - 1
    for position, (node, time) in enumerate(zip(stops[1:], times, strict=True), start=1):
        clock += time
        home = position == last and vehicle.end is not None
        begin, late = _begin(clock, instance.windows[node].tolist(), home)
        if late > EPSILON * max(1.0, abs(clock)):
            cost += late * float(instance.lateness_cost[node])
        clock = begin if home else begin + float(instance.service[node])
    if clock > vehicle.shift[1] + EPSILON * abs(vehicle.shift[1]):
        return inf
    duration = clock - leave
    over = duration - vehicle.max_duration
    if over > vehicle.max_overtime + EPSILON * max(1.0, abs(duration)):
        return inf
    return cost + vehicle.duration_cost * duration + (vehicle.overtime_cost * over if over > 0 else 0.0)


def _begin(clock: float, windows: list[list[float]], home: bool) -> tuple[float, float]:
    if home:  # the windows of an end depot count as one
        windows = [[min(opening for opening, _ in windows), max(closing for _, closing in windows)]]
    starts = [max(clock, opening) for opening, closing in windows if clock <= closing + EPSILON * abs(clock)]
    return (min(starts), 0.0) if starts else (clock, clock - max(closing for _, closing in windows))


def _load_fits(instance: Instance, vehicle: VehicleType, order: tuple[int, ...]) -> bool:
    seconds = {int(second) for _, second in instance.pairs}
    for k, limit in enumerate(vehicle.capacity):
        load = sum(float(instance.delivery[c, k]) for c in order if c not in seconds)
        if load > limit + EPSILON:
            return False
        for c in order:
            load += float(instance.pickup[c, k]) - float(instance.delivery[c, k])
            if load > limit + EPSILON:
                return False
    return True


def _pairs_hold(instance: Instance, order: tuple[int, ...]) -> bool:
    for first, second in instance.pairs.tolist():
        if (first in order) != (second in order):
            return False
        if first in order and order.index(first) > order.index(second):
            return False
    return True


def _backhaul_holds(instance: Instance, order: tuple[int, ...]) -> bool:
    if instance.backhaul != "classic":
        return True
    takes = [bool(instance.pickup[c].any()) for c in order]
    gives = [bool(instance.delivery[c].any()) for c in order]
    if any(takes) and not any(gives):
        return False
    return not any(t and any(gives[i + 1 :]) for i, t in enumerate(takes))


def visit_sets(instance: Instance) -> Iterator[frozenset[int]]:
    """Which sets of clients may be the ones that are visited."""
    must = frozenset(c for c in instance.clients if instance.required[c])
    may = sorted(frozenset(instance.clients) - must)
    groups = {int(g) for g in instance.group if g >= 0}
    for size in range(len(may) + 1):
        for more in combinations(may, size):
            visited = must | set(more)
            if all(sum(int(instance.group[c]) == g for c in visited) == 1 for g in groups):
                yield visited


def _refuse(instance: Instance) -> None:
    vehicles = instance.vehicle_types
    known = (
        not instance.split
        and not instance.stations
        and instance.speed_periods is None
        and instance.objective != "max_route"
        and not any(v.reload_depots or v.breaks or v.battery for v in vehicles)
    )
    assert known, "brute force does not know this feature"
    assert instance.n_clients <= 8, "brute force takes too long"
