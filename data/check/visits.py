"""Who is visited, and how often (rule 2), and how many vehicles drive (rule 3)."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from routewright.data.check.violation import Violation
from routewright.data.instance import Instance
from routewright.data.solution import Solution


def visited_by(instance: Instance, solution: Solution) -> dict[int, list[int]]:
    """Indices of the routes at each visited client, one for every visit."""
    routes: dict[int, list[int]] = defaultdict(list)
    for index, route in enumerate(solution.routes):
        for node in route.stops:
            if node in instance.clients:
                routes[node].append(index)
    return dict(routes)


def check_visits(instance: Instance, solution: Solution) -> Iterator[Violation]:
    """Rule 2 without quantities, and the number of vehicles of rule 3."""
    visits = visited_by(instance, solution)
    yield from _repeated(instance, visits)
    for client in instance.clients:
        if instance.required[client] and client not in visits:
            yield Violation("missing client", f"required client {client} is not visited", node=client)
    yield from _groups(instance, visits)
    yield from _unserved(instance, solution, visits)
    yield from _fleet(instance, solution)


def _repeated(instance: Instance, visits: dict[int, list[int]]) -> Iterator[Violation]:
    for client, routes in visits.items():
        if instance.split:
            for index, times in Counter(routes).items():
                if times > 1:
                    message = f"route {index}: visits client {client} {times} times"
                    yield Violation("repeated client", message, index, client)
        elif len(routes) > 1:
            where = ", ".join(map(str, routes))
            message = f"client {client} is visited {len(routes)} times, by routes {where}"
            yield Violation("repeated client", message, routes[-1], client)


def _groups(instance: Instance, visits: dict[int, list[int]]) -> Iterator[Violation]:
    members: dict[int, list[int]] = defaultdict(list)
    for client in instance.clients:
        if instance.group[client] >= 0:
            members[int(instance.group[client])].append(client)
    for group, clients in members.items():
        seen = [client for client in clients if client in visits]
        if len(seen) != 1:
            names = f" ({', '.join(map(str, seen))})" if seen else ""
            message = f"group {group}: {len(seen)} of its clients are visited{names}, must be exactly 1"
            yield Violation("group", message, node=seen[-1] if seen else None)


def _unserved(instance: Instance, solution: Solution, visits: dict[int, list[int]]) -> Iterator[Violation]:
    for node in solution.unserved:
        if node not in instance.clients:
            yield Violation("unserved", f"unserved lists node {node}, which is no client", node=node)
        elif node in visits:
            index = visits[node][0]
            message = f"unserved lists client {node}, which route {index} visits"
            yield Violation("unserved", message, index, node)


def _fleet(instance: Instance, solution: Solution) -> Iterator[Violation]:
    used = Counter(route.vehicle_type for route in solution.routes if route.stops)
    for index, vehicle in enumerate(instance.vehicle_types):
        if vehicle.count is not None and used[index] > vehicle.count:
            message = f"vehicle type {index}: {used[index]} routes, it has {vehicle.count} vehicles"
            yield Violation("vehicle count", message)
