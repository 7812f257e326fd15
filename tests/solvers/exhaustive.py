"""The optimum of a very small instance of any kind, by trying every route in every form.

Slower than ``brute_force`` and for fewer clients, but it knows every field: a route is tried with every
set of reloads, with stations in every gap, every whole charge in steps of ``STEP`` and, where deliveries are
split, every whole share. The evaluator says what it costs, the judge whether it may be.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, permutations, product

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from tests.solvers.brute_force import visit_sets

STEP = 10
"""Distances, windows and batteries of instances with batteries are multiples of it; use and recharge rates are 1."""
VISITS = 2
"""Stations of a route at most."""
ELSEWHERE = {"missing client", "group", "unserved"}
"""Violations of the rest of a plan, not of a route."""

Amounts = tuple[int, ...]
Ends = tuple[tuple[float, float], ...]  # (distance or vehicles, cost) of plans none of which beats another


def best_key(instance: Instance) -> tuple[float, ...] | None:
    """What the objective compares, of the best plan; None where there is none."""
    columns = _columns(instance)
    whole = _whole(instance)
    found: list[tuple[float, ...]] = []
    for visited in visit_sets(instance):
        prizes = sum(float(instance.prize[c]) for c in instance.clients if c not in visited)
        left_out = [c for c in instance.clients if c not in visited and instance.group[c] < 0]
        wanted = tuple(load if c in visited else 0 for c, load in zip(instance.clients, whole, strict=True))
        for first, cost in _plans(instance, columns, wanted):
            match instance.objective:
                case "cost":
                    found.append((cost + prizes,))
                case "max_route":
                    found.append((first, cost + prizes))
                case _:
                    found.append((len(left_out), first, cost))
    return min(found, default=None)


def _plans(instance: Instance, columns: dict[tuple[int, Amounts], Ends], wanted: Amounts) -> Ends:
    """(longest route or number of routes, cost or distance) of the plans that serve what is ``wanted``."""
    counts = tuple(sum(wanted) if v.count is None else v.count for v in instance.vehicle_types)

    @cache
    def rest(left: Amounts, free: tuple[int, ...]) -> Ends:
        if not any(left):
            return ((0.0, 0.0),)
        first = next(i for i, amount in enumerate(left) if amount)
        found = []
        for (kind, amounts), ends in columns.items():
            if not amounts[first] or not free[kind] or any(a > b for a, b in zip(amounts, left, strict=True)):
                continue
            after = tuple(b - a for a, b in zip(amounts, left, strict=True))
            for one, more in product(ends, rest(after, (*free[:kind], free[kind] - 1, *free[kind + 1 :]))):
                head = max(one[0], more[0]) if instance.objective == "max_route" else one[0] + more[0]
                found.append((head, one[1] + more[1]))
        return _unbeaten(found)

    return rest(wanted, counts)


def _unbeaten(ends: list[tuple[float, float]]) -> Ends:
    kept: list[tuple[float, float]] = []
    for head, cost in sorted(ends):
        if not kept or cost < kept[-1][1]:
            kept.append((head, cost))
    return tuple(kept)


def _columns(instance: Instance) -> dict[tuple[int, Amounts], Ends]:
    """For each vehicle type and what a route serves: the ends of its unbeaten forms."""
    columns: dict[tuple[int, Amounts], Ends] = {}
    for kind, vehicle in enumerate(instance.vehicle_types):
        clients = [c for c in instance.clients if vehicle.allowed is None or c in vehicle.allowed]
        for size in range(1, len(clients) + 1):
            for order in permutations(clients, size):
                for amounts, route in _routes(instance, kind, order):
                    end = _end(instance, route, columns.get((kind, amounts), ()))
                    if end is not None:
                        columns[kind, amounts] = _unbeaten([*columns.get((kind, amounts), ()), end])
    return columns


def _end(instance: Instance, route: Route, known: Ends) -> tuple[float, float] | None:
    """What a route adds to a plan; None where it breaks a rule or is beaten by what is known."""
    least = _at_least(instance, route)
    if any(head <= least[0] and cost <= least[1] for head, cost in known):
        return None
    solution = Solution((route,))
    timed = evaluate(instance, solution).routes[0]
    heads = {"cost": 0.0, "max_route": timed.distance, "vehicles_first": 1.0}
    end = (heads[instance.objective], timed.distance if instance.objective == "vehicles_first" else timed.cost)
    if any(head <= end[0] and cost <= end[1] for head, cost in known):
        return None
    for violation in check(instance, solution):
        if violation.kind not in ELSEWHERE and "add up" not in violation.message:
            return None
    return end


def _at_least(instance: Instance, route: Route) -> tuple[float, float]:
    """A bound on what a route adds to a plan: its way alone."""
    vehicle = instance.vehicle_types[route.vehicle_type]
    nodes = [vehicle.start]
    for number, trip in enumerate(route.trips):
        nodes += [route.reloads[number - 1]] if number else []
        nodes += trip
    nodes += [] if vehicle.end is None else [vehicle.end]
    distance = float(instance.distance(nodes[:-1], nodes[1:], vehicle.profile).sum())
    if instance.objective == "vehicles_first":
        return 1.0, distance
    liked = sum(cost for client, cost in vehicle.preference if client in nodes)
    head = distance if instance.objective == "max_route" else 0.0
    return head, vehicle.fixed_cost + vehicle.distance_cost * distance + liked


def _whole(instance: Instance) -> list[int]:
    if not instance.split:
        return [1] * instance.n_clients
    return [max(1, int(max(instance.delivery[c, 0], instance.pickup[c, 0]))) for c in instance.clients]


def _routes(instance: Instance, kind: int, order: tuple[int, ...]) -> Iterator[tuple[Amounts, Route]]:
    whole = dict(zip(instance.clients, _whole(instance), strict=True))
    for shares in product(*(range(1, whole[client] + 1) for client in order)):
        taken = dict(zip(order, shares, strict=True))
        amounts = tuple(taken.get(client, 0) for client in instance.clients)
        for route in _forms(instance, kind, order):
            if not instance.split:
                yield amounts, route
                continue
            loads = [
                tuple(
                    (float(taken.get(c, 0) if instance.delivery[c, 0] or instance.pickup[c, 0] else 0),) for c in trip
                )
                for trip in route.trips
            ]
            yield (
                amounts,
                Route(route.trips, kind, reloads=route.reloads, charges=route.charges, quantities=tuple(loads)),
            )


def _forms(instance: Instance, kind: int, order: tuple[int, ...]) -> Iterator[Route]:
    """A sequence of clients with all reloads and stations."""
    vehicle = instance.vehicle_types[kind]
    stations = list(instance.station_nodes) if vehicle.battery else []
    for trips in range(min(len(order), int(min(vehicle.trip_limit, 9)))):
        for cuts in combinations(range(1, len(order)), trips):
            parts = [order[a:b] for a, b in zip((0, *cuts), (*cuts, len(order)), strict=True)]
            for reloads in product(vehicle.reload_depots, repeat=trips):
                for with_stations in _with_stations(parts, stations):
                    for charges in _charges(instance, kind, with_stations, reloads):
                        yield Route(tuple(with_stations), kind, reloads=reloads, charges=charges)


def _with_stations(parts: list[tuple[int, ...]], stations: list[int]) -> Iterator[list[tuple[int, ...]]]:
    yield parts
    spots = [(number, place) for number, part in enumerate(parts) for place in range(len(part) + 1)]
    for count in range(1, VISITS + 1 if stations else 1):
        for chosen in combinations(sorted(spots * 2), count):
            for visited in product(stations, repeat=count):
                found = [list(part) for part in parts]
                for (number, place), station in reversed(list(zip(chosen, visited, strict=True))):
                    found[number].insert(place, station)
                yield [tuple(part) for part in found]


def _charges(
    instance: Instance, kind: int, trips: list[tuple[int, ...]], reloads: tuple[int, ...]
) -> Iterator[tuple[float, ...] | None]:
    """All charges in steps that never let the battery run empty."""
    vehicle = instance.vehicle_types[kind]
    battery = vehicle.battery
    if battery is None:
        yield None
        return
    nodes = [vehicle.start]
    for number, trip in enumerate(trips):
        nodes += [reloads[number - 1]] if number else []
        nodes += trip
    nodes += [] if vehicle.end is None else [vehicle.end]

    def follow(place: int, energy: float, taken: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
        if place == len(nodes):
            yield taken
            return
        energy -= battery.use * float(instance.distance(nodes[place - 1], nodes[place], vehicle.profile))
        if energy < 0:
            return
        if nodes[place] < instance.depots:
            yield from follow(place + 1, battery.capacity, taken)
        elif nodes[place] in instance.station_nodes:
            for amount in range(0, int(battery.capacity - energy) + 1, STEP):
                yield from follow(place + 1, energy + amount, (*taken, float(amount)))
        else:
            yield from follow(place + 1, energy, taken)

    yield from follow(1, battery.capacity, ())
