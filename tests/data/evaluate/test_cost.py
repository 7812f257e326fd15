"""Every term of the cost by hand, and what the objectives compare."""

from math import inf
from typing import Any

import pytest

from routewright.data import Instance, Route, Solution, VehicleType
from routewright.data.evaluate import CostParts, Evaluation, evaluate

# Depot at 0, clients at 3, 7 and 12 on a line.
LINE = [[0, 0], [3, 0], [7, 0], [12, 0]]


def of(vehicle: VehicleType, *routes: tuple[int, ...], **fields: Any) -> Evaluation:
    instance = Instance.build(coords=LINE, rounding="round", vehicle_types=[vehicle], **fields)
    return evaluate(instance, Solution.from_routes(routes))


def test_distance_is_the_sum_of_the_arcs_of_all_routes() -> None:
    evaluation = of(VehicleType(distance_cost=2), (1, 3), (2,))
    assert evaluation.distance == 24 + 14
    assert evaluation.parts == CostParts(distance=76)
    assert [route.cost for route in evaluation.routes] == [48, 28]


def test_each_used_vehicle_costs_its_fixed_cost_and_empty_routes_cost_nothing() -> None:
    instance = Instance.build(coords=LINE, rounding="round", vehicle_types=[VehicleType(fixed_cost=100)])
    evaluation = evaluate(instance, Solution((Route(((1, 2, 3),)), Route(((),)), Route(()))))
    assert (evaluation.parts.fixed, evaluation.vehicles, evaluation.raw) == (100, 1, 124)


def test_duration_is_charged_with_waiting_and_service() -> None:
    windows = [[0, 100], [10, 20], [40, 50], [0, 100]]
    evaluation = of(VehicleType(duration_cost=3), (1, 2), windows=windows, service=[9, 5, 5, 0])
    # Service at 1 begins at 20 at the latest: leave at 17, leave 1 at 25, wait from 29 to 40 at 2.
    assert (evaluation.duration, evaluation.parts.duration) == (3 + 5 + 4 + 11 + 5 + 7, 3 * 35)
    assert evaluation.routes[0].departure == 17


def test_lateness_costs_per_unit_after_the_last_window_at_clients_and_at_the_depot() -> None:
    windows = [[0, 10], [0, 100], [0, 5], [0, 100]]
    evaluation = of(VehicleType(), (2,), windows=windows, lateness_cost=[10, inf, 3, inf])
    assert [stop.lateness for stop in evaluation.routes[0].stops] == [0, 2, 4]
    assert evaluation.parts.lateness == 2 * 3 + 4 * 10


def test_lateness_at_a_hard_window_is_shown_and_costs_nothing() -> None:
    evaluation = of(VehicleType(), (3,), windows=[[0, 100], [0, 9], [0, 9], [0, 9]])
    assert evaluation.routes[0].stops[1].lateness == 3
    assert evaluation.parts.lateness == 0
    assert evaluation.routes[0].end == 24


def test_overtime_costs_what_exceeds_the_longest_duration() -> None:
    vehicle = VehicleType(max_duration=10, max_overtime=20, overtime_cost=5)
    assert of(vehicle, (3,)).parts.overtime == 14 * 5
    assert of(vehicle, (1,)).parts.overtime == 0


def test_preference_is_paid_for_each_client_that_the_type_visits() -> None:
    vehicle = VehicleType(preference=((1, 4), (3, -1)))
    assert of(vehicle, (1, 2)).parts.preference == 4
    assert of(vehicle, (1, 3)).parts.preference == 3


def test_prizes_of_the_clients_left_out_are_paid() -> None:
    evaluation = of(VehicleType(), (1,), required=False, prize=[0, 5, 6, 7])
    assert evaluation.parts == CostParts(distance=6, prizes=13)
    assert evaluation.unserved == (2, 3)


def test_all_parts_add_up_to_the_cost_which_is_reported_per_scale() -> None:
    vehicle = VehicleType(fixed_cost=10, duration_cost=1, preference=((1, 4),), max_duration=5, overtime_cost=2)
    instance = Instance.build(
        coords=LINE, rounding="trunc1", scale=10, vehicle_types=[vehicle], required=False, prize=[0, 0, 1, 2]
    )
    evaluation = evaluate(instance, Solution.from_routes([[1]]))
    assert evaluation.parts == CostParts(fixed=10, distance=60, duration=60, overtime=110, preference=4, prizes=3)
    assert (evaluation.raw, evaluation.cost) == (247, 24.7)


def test_alternatives_of_a_visited_client_are_not_unserved() -> None:
    evaluation = of(VehicleType(), (1,), group=[-1, 0, 0, 1])
    assert evaluation.unserved == (3,)


def test_the_objective_says_what_is_compared() -> None:
    routes = ((1,), (3,))
    assert of(VehicleType(fixed_cost=1), *routes).key == (32,)
    assert of(VehicleType(fixed_cost=1), *routes, objective="vehicles_first").key == (1, 2, 30)
    assert of(VehicleType(fixed_cost=1), *routes, objective="max_route").key == (24, 32)


def test_an_empty_solution_costs_the_prizes_alone() -> None:
    evaluation = of(VehicleType(fixed_cost=9), prize=[0, 1, 1, 1], objective="max_route")
    assert (evaluation.raw, evaluation.routes, evaluation.key) == (3, (), (0, 3))


def test_each_vehicle_type_drives_by_its_profile_at_its_speed() -> None:
    matrix = [[0, 4], [6, 0]]
    fleet = [VehicleType(profile=0, speed=2), VehicleType(profile=1, speed=5, end=None)]
    instance = Instance.build(distances=[matrix, [[0, 10], [10, 0]]], vehicle_types=fleet)
    evaluation = evaluate(instance, Solution((Route(((1,),)), Route(((1,),), vehicle_type=1))))
    assert [(route.distance, route.end) for route in evaluation.routes] == [(10, 5), (10, 2)]


@pytest.mark.parametrize("end", [None, 1])
def test_open_routes_end_at_their_last_stop_and_others_at_their_end_depot(end: int | None) -> None:
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [4, 0]], depots=2, rounding="round", vehicle_types=[VehicleType(end=end)]
    )
    assert evaluate(instance, Solution.from_routes([[2]])).distance == (4 if end is None else 10)
