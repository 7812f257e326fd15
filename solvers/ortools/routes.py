"""Solutions there and back."""

from collections.abc import Callable
from typing import Any

from routewright.data.solution import Route, Solution
from routewright.solvers.ortools.model import Model


def read_routes(model: Model, following: Callable[[int], int]) -> Solution:
    """Our words for the plan in which ``following`` gives the index after each index."""
    routing, instance = model.routing, model.instance
    routes = []
    for vehicle, vehicle_type in enumerate(model.vehicles):
        stops: list[int] = []
        index = following(routing.Start(vehicle))
        while not routing.IsEnd(index):
            stop = model.nodes[model.manager.IndexToNode(index)]
            if stop not in stops[-1:]:  # who has just charged may call there again for nothing
                stops.append(stop)
            index = following(index)
        if stops:
            routes.append(Route((tuple(stops),), vehicle_type))
    visited = {node for route in routes for node in route.stops}
    groups = {int(instance.group[node]) for node in visited} - {-1}
    unserved = [c for c in instance.clients if c not in visited and int(instance.group[c]) not in groups]
    return Solution(tuple(routes), tuple(unserved))


def start_from(model: Model, solution: Solution) -> Any | None:
    """The library's assignment for our plan; None where the plan breaks a rule or lacks vehicles."""
    free: dict[int, list[int]] = {}
    for vehicle, vehicle_type in enumerate(model.vehicles):
        free.setdefault(vehicle_type, []).append(vehicle)
    plan: list[list[int]] = [[] for _ in model.vehicles]
    calls: dict[int, list[int]] = {}
    for place in model.stations:
        calls.setdefault(model.nodes[model.manager.IndexToNode(place)], []).append(place)
    for route in solution:
        if not len(route):
            continue
        stops = _places(model, route.stops, calls)
        if not free.get(route.vehicle_type) or stops is None:
            return None
        plan[free[route.vehicle_type].pop(0)] = stops
    return model.routing.ReadAssignmentFromRoutes(plan, True)


def _places(model: Model, stops: tuple[int, ...], calls: dict[int, list[int]]) -> list[int] | None:
    """Indices of stops; each call at a station takes one of ``calls``. None where there is none."""
    places = []
    for stop in stops:
        if stop not in model.index and not calls.get(stop):
            return None
        places.append(model.index[stop] if stop in model.index else calls[stop].pop())
    return places
