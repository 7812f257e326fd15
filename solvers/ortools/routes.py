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
        stops = []
        index = following(routing.Start(vehicle))
        while not routing.IsEnd(index):
            stops.append(model.nodes[model.manager.IndexToNode(index)])
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
    for route in solution:
        if not len(route):
            continue
        if not free.get(route.vehicle_type) or any(stop not in model.index for stop in route.stops):
            return None
        plan[free[route.vehicle_type].pop(0)] = [model.index[stop] for stop in route.stops]
    return model.routing.ReadAssignmentFromRoutes(plan, True)
