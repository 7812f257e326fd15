from routewright.data.check import check
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType
from tests.data.check.cases import fleet, kinds, line, one


def test_each_required_client_once_is_fine() -> None:
    assert check(line(0, 1, 2), one(1, 2)) == []


def test_a_missing_client_is_named() -> None:
    found = check(line(0, 1, 2), one(1))
    assert [(v.kind, v.node, v.route) for v in found] == [("missing client", 2, None)]
    assert str(found[0]) == "required client 2 is not visited"


def test_a_client_visited_twice_is_told_once_with_its_routes() -> None:
    found = check(line(0, 1, 2), Solution.from_routes([[1, 2], [1]]))
    assert [(v.kind, v.node, v.route) for v in found] == [("repeated client", 1, 1)]
    assert "routes 0, 1" in str(found[0])


def test_an_optional_client_may_stay_away_but_not_come_twice() -> None:
    instance = line(0, 1, 2, required=[False, True, False])
    assert check(instance, one(1)) == []
    assert check(instance, Solution.from_routes([[1]], unserved=[2])) == []
    assert kinds(check(instance, one(1, 2, 2))) == ["repeated client"]


def test_a_visited_client_must_not_be_listed_as_unserved() -> None:
    instance = line(0, 1, 2, required=[False, True, False])
    assert kinds(check(instance, Solution.from_routes([[1, 2]], unserved=[2]))) == ["unserved"]


def test_unserved_lists_clients_only() -> None:
    instance = line(0, 1, 2, required=[False, True, False], stations=1)
    found = check(instance, Solution.from_routes([[1]], unserved=[0, 2, 9]))
    assert [(v.kind, v.node) for v in found] == [("unserved", 0), ("unserved", 2), ("unserved", 9)]


def test_exactly_one_client_of_a_group_is_visited() -> None:
    instance = line(0, 1, 2, 3, group=[-1, 0, 0, -1])
    assert check(instance, one(1, 3)) == []
    assert check(instance, one(2, 3)) == []
    assert kinds(check(instance, one(3))) == ["group"]
    assert kinds(check(instance, one(1, 2, 3))) == ["group"]


def test_stations_may_be_visited_any_number_of_times_by_any_route() -> None:
    instance = line(0, 1, 2, 3, stations=1)
    assert check(instance, Solution.from_routes([[3, 1, 3], [3, 2, 3, 3]])) == []


def test_unknown_nodes_and_depots_among_stops_are_told_without_an_exception() -> None:
    instance = line(0, 1, 2)
    assert kinds(check(instance, one(1, 2, 3))) == ["unknown node"]
    assert kinds(check(instance, one(1, 2, -1))) == ["unknown node"]
    assert kinds(check(instance, one(1, 0, 2))) == ["depot in trip"]


def test_split_allows_a_client_on_several_routes_but_not_twice_on_one() -> None:
    instance = line(0, 1, delivery=[0, 4], capacity=3, split=True)
    halves = tuple(Route(((1,),), quantities=(((2.0,),),)) for _ in range(2))
    assert check(instance, Solution(halves)) == []
    twice = Route(((1, 1),), quantities=(((2.0,), (2.0,)),))
    assert kinds(check(line(0, 1, delivery=[0, 4], capacity=4, split=True), Solution((twice,)))) == ["repeated client"]


def test_more_routes_than_vehicles_are_told_by_type() -> None:
    types = [VehicleType(count=1), VehicleType(count=None)]
    instance = line(0, 1, 2, vehicle_types=types)
    both = Solution((Route(((1,),)), Route(((2,),))))
    assert kinds(check(instance, both)) == ["vehicle count"]
    assert check(instance, Solution((Route(((1,),)), Route(((2,),), vehicle_type=1)))) == []


def test_a_route_without_stops_uses_no_vehicle_and_costs_nothing() -> None:
    instance = line(0, 5, **fleet(count=1, fixed_cost=100))
    idle = [Route(()), Route(((),)), Route(((), ()), vehicle_type=7)]
    assert check(instance, Solution((Route(((1,),)), *idle)), 110) == []
