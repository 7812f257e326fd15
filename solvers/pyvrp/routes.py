"""Solutions there and back."""

from typing import TYPE_CHECKING

from routewright.data.solution import Route, Solution
from routewright.solvers.pyvrp.model import Model
from routewright.solvers.pyvrp.roads import FORBIDDEN

if TYPE_CHECKING:
    from pyvrp import Activity
    from pyvrp import Route as TheirRoute
    from pyvrp import Solution as TheirSolution


def from_pyvrp(model: Model, solution: "TheirSolution") -> Solution:
    """PyVRP's plan in our words; trips without stops are dropped."""
    routes = [_ours(model, route) for route in solution.routes()]
    visited = {node for route in routes for node in route.stops}
    instance = model.instance
    groups = {int(instance.group[node]) for node in visited}
    unserved = [c for c in instance.clients if c not in visited and int(instance.group[c]) not in groups - {-1}]
    return Solution(tuple(route for route in routes if len(route)), tuple(unserved))


def _ours(model: Model, route: "TheirRoute") -> Route:
    trips: list[list[int]] = []
    depots: list[int] = []
    for activity in route:
        if activity.is_depot():
            depots.append(model.depots[activity.idx])
            trips.append([])
        else:
            trips[-1].append(model.nodes[activity.type.name, activity.idx])
    # Each depot but the last one begins a trip; the first one is the start.
    kept = [(depot, trip) for depot, trip in zip(depots[:-1], trips[:-1], strict=True) if trip]
    reloads = tuple(depot for depot, _ in kept[1:])
    return Route(tuple(tuple(trip) for _, trip in kept), model.types[route.vehicle_type()], reloads=reloads)


def to_pyvrp(model: Model, solution: Solution) -> "TheirSolution | None":
    """Our plan in PyVRP's words, if it has vehicles and words for it."""
    from pyvrp import Route as TheirRoute
    from pyvrp import Solution as TheirSolution

    routes = []
    try:
        for route in solution:
            if len(route):
                index = model.types.index(route.vehicle_type)
                routes.append(TheirRoute(model.data, _activities(model, route), index))
        return TheirSolution(model.data, routes)
    except (LookupError, ValueError, RuntimeError):
        # A client twice, more routes than vehicles, vehicles, clients or trips that the model does not have.
        return None


def _activities(model: Model, route: Route) -> "list[Activity]":
    from pyvrp import Activity, ActivityType

    usual = model.instance.vehicle_types[route.vehicle_type].reload_depots
    activities: list[Activity] = []
    for index, trip in enumerate(route.trips):
        if index:
            depot = route.reloads[index - 1] if index <= len(route.reloads) else usual[0]
            activities.append(Activity(ActivityType.DEPOT, model.reloads[depot]))
        activities.extend(model.activities[node] for node in trip)
    return activities


def holds(solution: "TheirSolution") -> bool:
    """Whether a plan breaks no limit and does nothing forbidden."""
    return solution.is_feasible() and all(route.distance() < FORBIDDEN for route in solution.routes())
