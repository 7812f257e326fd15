"""Polishing in the words of an Instance, and what routes cost by the definition."""

from itertools import pairwise

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.search.model import model
from routewright.solvers.search.polish import polish
from tests.solvers.search.neighbourhood import Tours


def raw_cost(instance: Instance, tours: Tours) -> float:
    """Arcs and vehicles in raw units."""
    vehicle = instance.vehicle_types[0]
    distance = instance.distance_matrix()
    total = 0.0
    for tour in tours:
        if tour:
            stops = [0, *tour] if vehicle.end is None else [0, *tour, 0]
            total += vehicle.fixed_cost + sum(float(distance[a, b]) for a, b in pairwise(stops))
    return total


def is_feasible(instance: Instance, tours: Tours) -> bool:
    """Whether the judge lets the routes pass, all other clients being left out."""
    served = {client for tour in tours for client in tour}
    left_out = [client for client in instance.clients if client not in served]
    return not check(instance, Solution.from_routes(tours, left_out))


def polished(instance: Instance, tours: Tours, seed: int = 0) -> Tours:
    """``polish`` with the nodes of the instance."""
    asked = model(instance)
    given = [asked.numbers(tour) for tour in tours if tour]
    return [[int(asked.nodes[number]) for number in route] for route in polish(asked, given, seed)]
