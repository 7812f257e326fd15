"""The price of a solution (rule 16) and the claim that was made of it."""

from itertools import pairwise
from math import isnan

from routewright.data.check.precision import Precision
from routewright.data.check.tour import Tour
from routewright.data.check.travel import Travel
from routewright.data.check.violation import Violation
from routewright.data.instance import Instance


def driven(tour: Tour, travel: Travel) -> float:
    """Raw distance of a tour (rule 13)."""
    return sum(travel.distance(before.node, call.node, tour.vehicle) for before, call in pairwise(tour.calls))


def check_distance(tour: Tour, distance: float, precision: Precision) -> list[Violation]:
    """Rule 13."""
    limit = tour.vehicle.max_distance
    if not precision.above(distance, limit):
        return []
    return [tour.violation("distance", f"drives {distance:.12g}, must be at most {limit:.12g}")]


def route_cost(tour: Tour, distance: float, time_cost: float) -> float:
    """Raw cost of a tour, its time already priced."""
    vehicle = tour.vehicle
    preference = dict(vehicle.preference)
    wishes = sum(preference.get(call.node, 0.0) for call in tour.calls if call.role == "client")
    return vehicle.fixed_cost + vehicle.distance_cost * distance + time_cost + wishes


def prizes(instance: Instance, visited: set[int]) -> float:
    """Raw prizes of the clients that no route visits."""
    return float(sum(instance.prize[client] for client in instance.clients if client not in visited))


def check_claim(instance: Instance, raw: float, claimed: float, precision: Precision) -> list[Violation]:
    """Whether the claimed cost (reported units) is the raw cost over the scale."""
    cost = raw / instance.scale
    if not isnan(claimed) and precision.equal(claimed, cost):
        return []
    return [Violation("cost", f"cost is claimed to be {claimed:.12g}, but is {cost:.12g}")]
