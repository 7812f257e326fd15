import pytest

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType
from tests.data.check.cases import cost, fleet, kinds, line, one


def test_fixed_distance_and_preference_costs_add_up_by_type() -> None:
    types = [
        VehicleType(fixed_cost=100, distance_cost=2, preference=((1, 7), (2, 1000))),
        VehicleType(fixed_cost=50, distance_cost=3, preference=((2, -4),)),
    ]
    instance = line(0, 5, -6, vehicle_types=types)
    routes = Solution((Route(((1,),)), Route(((2,),), vehicle_type=1)))
    assert cost(instance, routes) == (100 + 2 * 10 + 7) + (50 + 3 * 12 - 4)


def test_a_second_route_of_a_type_pays_again() -> None:
    instance = line(0, 5, -6, **fleet(fixed_cost=100))
    assert cost(instance, Solution.from_routes([[1], [2]])) == 222
    assert cost(instance, one(1, 2)) == 122


def test_every_client_that_is_not_visited_costs_its_prize() -> None:
    instance = line(0, 5, 6, 7, 8, required=[0, 1, 0, 0, 0], prize=[0, 99, 3, 20, 4], group=[-1, -1, -1, 1, 1])
    assert cost(instance, one(1, 3)) == 14 + 3 + 4


def test_cost_is_claimed_in_reported_units() -> None:
    instance = Instance.build(coords=[(0, 0), (1, 1)], rounding="trunc1", scale=10)
    assert check(instance, one(1), 2.8) == []
    assert kinds(check(instance, one(1), 28)) == ["cost"]


@pytest.mark.parametrize("claim", [9, 11, 10.0000001, float("nan"), float("inf")])
def test_a_wrong_claim_is_rejected_exactly_where_numbers_are_whole(claim: float) -> None:
    found = check(line(0, 5), one(1), claim)
    assert kinds(found) == ["cost"]
    assert str(found[0]).endswith("but is 10")


def test_a_claim_may_be_off_by_a_millionth_where_numbers_are_not_whole() -> None:
    instance = Instance.build(coords=[(0, 0), (100, 100)])
    length = 2 * 20000**0.5
    assert check(instance, one(1), length * (1 + 9e-7)) == []
    assert kinds(check(instance, one(1), length * (1 + 2e-6))) == ["cost"]


def test_a_claim_is_checked_beside_other_violations_that_leave_the_cost_alone() -> None:
    instance = line(0, 5, 6, delivery=[0, 3, 3], capacity=5)
    assert kinds(check(instance, one(1, 2), 12)) == ["capacity"]
    assert kinds(check(instance, one(1, 2), 13)) == ["capacity", "cost"]


def test_a_route_is_no_longer_than_its_limit() -> None:
    assert check(line(0, 5, **fleet(max_distance=10)), one(1)) == []
    found = check(line(0, 5, **fleet(max_distance=9)), one(1))
    assert [str(v) for v in found] == ["route 0: drives 10, must be at most 9"]
    assert kinds(found) == ["distance"]


@pytest.mark.parametrize(("spare", "expected"), [(-1e-7, []), (-1e-5, ["distance"])])
def test_a_limit_is_held_within_a_millionth_where_numbers_are_not_whole(spare: float, expected: list[str]) -> None:
    instance = Instance.build(coords=[(0, 0), (1, 1)], **fleet(max_distance=8**0.5 + spare))
    assert kinds(check(instance, one(1))) == expected


def test_numbers_of_the_solution_that_are_not_whole_bring_the_tolerance_with_them() -> None:
    instance = line(0, 1, delivery=[0, 1], capacity=1, split=True)
    tenths = Solution(tuple(Route(((1,),), quantities=(((0.1,),),)) for _ in range(10)))
    assert check(instance, tenths) == []


def test_a_profile_has_its_own_distances() -> None:
    road = [[[0, 5], [6, 0]], [[0, 50], [60, 0]]]
    instance = Instance.build(distances=road, vehicle_types=[VehicleType(), VehicleType(profile=1)])
    assert cost(instance, one(1)) == 11
    assert cost(instance, one(1, vehicle_type=1)) == 110
