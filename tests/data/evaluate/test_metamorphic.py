"""What must not change, or must change in a known way, when a whole problem is transformed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from routewright.data import Break, Instance, Route, Solution, VehicleType
from routewright.data.evaluate import Evaluation, evaluate

SEEDS = range(5)


def problem(seed: int) -> tuple[dict[str, Any], VehicleType, Solution]:
    """Fields, fleet and three routes of a small problem with most features of time."""
    rng = np.random.default_rng(seed)
    opens = rng.integers(0, 300, (13, 2))
    fields = {
        "coords": rng.integers(0, 100, (13, 2)).astype(float),
        "delivery": np.concatenate([[0], rng.integers(1, 9, 12)]).astype(float),
        "windows": np.stack([opens, opens + rng.integers(10, 300, (13, 2))], axis=2).astype(float),
        "service": rng.integers(0, 9, 13).astype(float),
        "lateness_cost": np.full(13, 2.0),
        "release": np.concatenate([[0], rng.integers(0, 50, 12)]).astype(float),
    }
    fields["windows"][0] = [[0, 5000]] * 2
    vehicle = VehicleType(duration_cost=1, reload_depots=(0,), breaks=(Break(150, 400, 20),))
    order = rng.permutation(range(1, 13)).tolist()
    routes = (Route((tuple(order[:4]),)), Route((tuple(order[4:7]), tuple(order[7:9]))), Route((tuple(order[9:]),)))
    return fields, vehicle, Solution(routes)


def evaluated(fields: dict[str, Any], vehicle: VehicleType, solution: Solution) -> Evaluation:
    return evaluate(Instance.build(**fields, rounding="round", vehicle_types=[vehicle]), solution)


@pytest.mark.parametrize("seed", SEEDS)
def test_shifting_all_times_shifts_the_timetable_and_keeps_the_cost(seed: int) -> None:
    fields, vehicle, solution = problem(seed)
    before = evaluated(fields, vehicle, solution)
    moved = fields | {"windows": fields["windows"] + 1000, "release": fields["release"] + 1000}
    after = evaluated(moved, replace(vehicle, shift=(1000, np.inf), breaks=(Break(1150, 1400, 20),)), solution)
    assert after.parts == before.parts
    for late, early in zip(after.routes, before.routes, strict=True):
        assert (late.columns.departure - 1000).tolist() == early.columns.departure.tolist()
        assert late.columns.wait.tolist() == early.columns.wait.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_doubling_space_and_time_doubles_costs(seed: int) -> None:
    fields, vehicle, solution = problem(seed)
    small = Instance.build(**fields, rounding="none", vehicle_types=[vehicle])
    double = {name: fields[name] * 2 for name in ("coords", "windows", "service", "release")}
    pause = Break(300, 800, 40)
    large = Instance.build(**fields | double, rounding="none", vehicle_types=[replace(vehicle, breaks=(pause,))])
    before, after = evaluate(small, solution), evaluate(large, solution)
    assert after.distance == pytest.approx(2 * before.distance)
    assert after.duration == pytest.approx(2 * before.duration)
    assert after.raw == pytest.approx(2 * before.raw)


@pytest.mark.parametrize("seed", SEEDS)
def test_relabelling_clients_changes_nothing_but_the_labels(seed: int) -> None:
    fields, vehicle, solution = problem(seed)
    before = evaluated(fields, vehicle, solution)
    label = np.concatenate([[0], np.random.default_rng(seed).permutation(range(1, 13))])
    renamed = {name: values[np.argsort(label)] for name, values in fields.items()}
    routes = tuple(Route(tuple(tuple(label[list(trip)]) for trip in route.trips)) for route in solution.routes)
    after = evaluated(renamed, vehicle, Solution(routes))
    assert after.parts == before.parts
    for new, old in zip(after.routes, before.routes, strict=True):
        assert new.columns.node.tolist() == label[old.columns.node].tolist()
        assert new.columns.load.tolist() == old.columns.load.tolist()
        assert new.columns.departure.tolist() == old.columns.departure.tolist()


def test_reversing_a_symmetric_route_costs_the_same_and_reversing_routes_too() -> None:
    rng = np.random.default_rng(0)
    instance = Instance.build(coords=rng.integers(0, 1000, (30, 2)), rounding="round")
    routes = [list(range(1, 15)), list(range(15, 30))]
    forth = evaluate(instance, Solution.from_routes(routes))
    back = evaluate(instance, Solution.from_routes([route[::-1] for route in routes[::-1]]))
    assert back.raw == forth.raw
    assert back.routes[0].distance == forth.routes[1].distance


@pytest.mark.parametrize("seed", SEEDS)
def test_fixing_the_chosen_departure_gives_the_same_costs_and_ends(seed: int) -> None:
    fields, vehicle, solution = problem(seed)
    free = evaluated(fields, vehicle, solution)
    fixed = tuple(
        replace(route, departure=timed.departure) for route, timed in zip(solution.routes, free.routes, strict=True)
    )
    again = evaluated(fields, vehicle, Solution(fixed))
    assert again.parts == free.parts
    assert [timed.end for timed in again.routes] == [timed.end for timed in free.routes]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_routes_is_kept_and_irrelevant_to_the_cost(seed: int) -> None:
    fields, vehicle, solution = problem(seed)
    before = evaluated(fields, vehicle, solution)
    after = evaluated(fields, vehicle, Solution(solution.routes[::-1]))
    assert after.raw == before.raw
    assert [timed.cost for timed in after.routes] == [timed.cost for timed in before.routes][::-1]
    assert [timed.route for timed in after.routes] == [0, 1, 2]
