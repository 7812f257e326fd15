import pytest

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType
from tests.data.check.cases import cost, fleet, kinds, line, one


def test_a_vehicle_type_that_does_not_exist_is_told() -> None:
    assert kinds(check(line(0, 1), one(1, vehicle_type=1))) == ["vehicle type"]
    assert kinds(check(line(0, 1), one(1, vehicle_type=-1))) == ["vehicle type"]


def test_start_and_end_repeat_the_types_depots() -> None:
    instance = line(0, 1, 2, depots=2, **fleet(start=0, end=1))
    assert check(instance, one(2, start=0, end=1)) == []
    assert kinds(check(instance, one(2, start=1))) == ["depot"]
    assert kinds(check(instance, one(2, end=0))) == ["depot"]


def test_an_open_route_names_no_end() -> None:
    instance = line(0, 4, **fleet(end=None))
    assert cost(instance, one(1)) == 4
    assert kinds(check(instance, one(1, end=0))) == ["depot"]


def test_a_type_visits_its_allowed_clients_only_but_any_station() -> None:
    types = [VehicleType(allowed=frozenset([1])), VehicleType()]
    instance = line(0, 1, 2, 3, vehicle_types=types, stations=1)
    apart = Solution((Route(((1, 3),)), Route(((2,),), vehicle_type=1)))
    assert check(instance, apart) == []
    found = check(instance, one(1, 2))
    assert [(v.kind, v.node) for v in found] == [("allowed", 2)]


def test_trips_are_limited_and_need_a_reload_depot() -> None:
    trips = Solution((Route(((1,), (2,), (3,))),))
    assert kinds(check(line(0, 1, 2, 3), trips)) == ["trips"]
    assert kinds(check(line(0, 1, 2, 3, **fleet(reload_depots=0, max_trips=2)), trips)) == ["trips"]
    assert check(line(0, 1, 2, 3, **fleet(reload_depots=0)), trips, 2 + 4 + 6) == []


def test_trips_without_reload_depots_are_one_violation_even_if_depots_are_named() -> None:
    route = Route(((1,), (2,)), reloads=(0,))
    assert kinds(check(line(0, 1, 2), Solution((route,)))) == ["trips"]


def test_reloads_take_place_at_the_named_depot() -> None:
    instance = line(0, 10, 2, 12, depots=2, **fleet(reload_depots=(0, 1)))
    there = Solution((Route(((2,), (3,)), reloads=(1,)),))
    assert cost(instance, there) == 2 + 8 + 2 + 12
    first_of_the_type = Solution((Route(((2,), (3,))),))
    assert cost(instance, first_of_the_type) == 2 + 2 + 12 + 12


def test_wrong_reload_depots_are_told() -> None:
    instance = line(0, 10, 2, 12, depots=2, **fleet(reload_depots=1))
    assert kinds(check(instance, Solution((Route(((2,), (3,)), reloads=(0,)),)))) == ["reload depot"]
    assert kinds(check(instance, Solution((Route(((2,), (3,)), reloads=(1, 1)),)))) == ["reload depot"]
    assert kinds(check(instance, Solution((Route(((2, 3),), reloads=(1,)),)))) == ["reload depot"]


def test_a_trip_is_never_empty_beside_another() -> None:
    instance = line(0, 1, 2, **fleet(reload_depots=0))
    assert kinds(check(instance, Solution((Route(((1, 2), ())),)))) == ["empty trip"]


@pytest.mark.parametrize("depot", [99, -1, 1])
def test_reloads_at_what_is_no_depot_are_told(depot: int) -> None:
    instance = Instance.build(coords=[[0, 0], [1, 0], [2, 0]])
    found = check(instance, Solution((Route(((1,), (2,)), reloads=(depot,)),)))
    assert {"trips", "reload depot"} <= {violation.kind for violation in found}
