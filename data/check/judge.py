"""The judge: every rule of docs/problem.md, one after another, independently of the evaluator."""

from routewright.data.check.cost import check_claim, check_distance, driven, prizes, route_cost
from routewright.data.check.energy import charging
from routewright.data.check.load import Loads
from routewright.data.check.precision import Precision
from routewright.data.check.timetable import Timetable
from routewright.data.check.tour import Tour, examine
from routewright.data.check.travel import Travel
from routewright.data.check.violation import Violation
from routewright.data.check.visits import check_visits, visited_by
from routewright.data.instance import Instance
from routewright.data.solution import Solution


def check(instance: Instance, solution: Solution, cost: float | None = None) -> list[Violation]:
    """Every rule that ``solution`` breaks; an empty list means that it is feasible.

    A route that cannot be followed (an unknown node, say) is not looked at further. The claimed
    cost is compared wherever the solution has one: not if some route cannot be followed or has no
    timetable within the limits.

    Args:
        instance: the problem.
        solution: the answer.
        cost: what its cost is claimed to be, in reported units (raw / scale).
    """
    precision = Precision.of(instance, solution)
    violations = list(check_visits(instance, solution))
    tours: list[Tour] = []
    followed = True
    for index, route in enumerate(solution.routes):
        if route.stops:
            tour, faults = examine(instance, index, route)
            violations += faults
            tours += [] if tour is None else [tour]
            followed = followed and tour is not None
    violations += _check_loads(instance, solution, tours, precision)
    total, faults = _check_tours(instance, tours, precision)
    violations += faults
    if cost is not None and followed and total is not None:
        total += prizes(instance, set(visited_by(instance, solution)))
        violations += check_claim(instance, total, cost, precision)
    return violations


def _check_loads(instance: Instance, solution: Solution, tours: list[Tour], precision: Precision) -> list[Violation]:
    loads, violations, handled = Loads(instance, precision), list[Violation](), []
    for tour in tours:
        shares, faults = loads.shares(tour)
        violations += faults
        if shares is not None:
            violations += loads.check_trips(tour, shares)
            handled.append((tour, shares))
    understood = {tour.index for tour, _ in handled}
    unknown = {node for i, route in enumerate(solution.routes) if i not in understood for node in route.stops}
    return [*violations, *loads.check_totals(handled, unknown)]


def _check_tours(instance: Instance, tours: list[Tour], precision: Precision) -> tuple[float | None, list[Violation]]:
    """The raw cost of all tours, None where one has none; and what breaks distance, energy, time."""
    travel, violations = Travel(instance), list[Violation]()
    timetable = Timetable(instance, travel, precision)
    total: float | None = 0.0
    for tour in tours:
        distance = driven(tour, travel)
        times, faults = charging(tour, travel, precision)
        violations += [*check_distance(tour, distance, precision), *faults]
        if times is None:
            total = None
            continue
        time_cost, faults = timetable.judge(tour, times)
        violations += faults
        if time_cost is None or total is None:
            total = None
        else:
            total += route_cost(tour, distance, time_cost)
    return total, violations
