from typing import Any

import pytest

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from tests.data.check.cases import fleet, kinds, line, one


def test_deliveries_are_on_board_from_the_start() -> None:
    found = check(line(0, 1, 2, delivery=[0, 3, 4], capacity=6), one(1, 2))
    assert kinds(found) == ["capacity"]
    assert str(found[0]) == "route 0: trip 0 carries 7 of load 0 when leaving the depot, its capacity is 6"
    assert check(line(0, 1, 2, delivery=[0, 3, 4], capacity=7), one(1, 2)) == []


def test_a_delivery_leaves_before_the_pickup_comes_on_board() -> None:
    swap = line(0, 1, 2, delivery=[0, 3, 4], pickup=[0, 3, 4], capacity=7)
    assert check(swap, one(1, 2)) == []
    growing = line(0, 1, 2, delivery=[0, 3, 4], pickup=[0, 4, 0], capacity=7)
    found = check(growing, one(1, 2))
    assert [(v.kind, v.node) for v in found] == [("capacity", 1)]
    assert check(growing, one(2, 1)) == []


def test_every_dimension_has_its_own_capacity() -> None:
    instance = line(0, 1, 2, delivery=[[0, 0], [3, 1], [3, 1]], capacity=(6, 1))
    found = check(instance, one(1, 2))
    assert kinds(found) == ["capacity"]
    assert "load 1" in str(found[0])


def test_a_type_without_capacity_takes_everything() -> None:
    assert check(line(0, 1, delivery=[0, 1e9]), one(1)) == []


def test_a_reload_empties_the_vehicle() -> None:
    instance = line(0, 1, 2, delivery=[0, 4, 4], **fleet(capacity=4, reload_depots=0))
    assert check(instance, Solution((Route(((1,), (2,))),))) == []
    assert kinds(check(instance, one(1, 2))) == ["capacity"]


def paired(**fields: Any) -> Instance:
    return line(0, 1, 2, 3, pickup=[0, 5, 0, 0], delivery=[0, 0, 5, 2], pairs=[(1, 2)], **fields)


def test_a_pair_is_carried_from_its_first_node_to_its_second() -> None:
    assert check(paired(capacity=7), one(1, 2, 3)) == []
    assert check(paired(capacity=5), one(3, 1, 2)) == []
    found = check(paired(capacity=6), one(1, 3, 2))
    assert [(v.kind, v.node) for v in found] == [("capacity", 1)]


def test_a_pair_stays_together_and_in_order() -> None:
    assert kinds(check(paired(capacity=9), one(2, 1, 3))) == ["pair"]
    apart = check(paired(capacity=9), Solution.from_routes([[1, 3], [2]]))
    assert [(v.kind, v.node) for v in apart] == [("pair", 1), ("pair", 2)]
    trips = Solution((Route(((1, 3), (2,))),))
    reloading = paired(**fleet(capacity=9, reload_depots=0))
    assert kinds(check(reloading, trips)) == ["pair", "pair"]


def test_a_pair_of_optional_clients_stays_away_together() -> None:
    instance = paired(required=[False, False, False, True])
    assert check(instance, one(3)) == []
    assert kinds(check(instance, one(1, 3))) == ["pair"]


def test_classic_backhaul_wants_deliveries_first_and_some() -> None:
    instance = line(0, 1, 2, 3, delivery=[0, 1, 0, 1], pickup=[0, 0, 1, 0], backhaul="classic")
    assert check(instance, one(1, 3, 2)) == []
    assert kinds(check(instance, one(1, 2, 3))) == ["backhaul"]
    assert kinds(check(instance, Solution.from_routes([[1, 3], [2]]))) == ["backhaul"]
    assert check(instance.replace(backhaul="mixed"), one(1, 2, 3)) == []


def test_a_client_with_both_loads_may_end_the_deliveries_of_a_classic_trip() -> None:
    instance = line(0, 1, 2, delivery=[0, 1, 1], pickup=[0, 0, 1], backhaul="classic")
    assert check(instance, one(1, 2)) == []
    assert kinds(check(instance, one(2, 1))) == ["backhaul"]


def splitted(*loads: float) -> Solution:
    return Solution(tuple(Route(((1,),), quantities=(((load,),),)) for load in loads))


@pytest.mark.parametrize("kind", ["delivery", "pickup"])
def test_split_quantities_add_up_to_the_whole_load(kind: str) -> None:
    loads: dict[str, Any] = {kind: [0, 10]}
    instance = line(0, 1, capacity=6, split=True, **loads)
    assert check(instance, splitted(4, 6)) == []
    assert kinds(check(instance, splitted(4, 5))) == ["quantity"]
    assert kinds(check(instance, splitted(4, 6, 1))) == ["quantity"]
    assert kinds(check(instance, splitted(3, 7))) == ["capacity"]


def test_a_visit_without_quantities_handles_the_whole_load() -> None:
    instance = line(0, 1, delivery=[0, 10], capacity=10, split=True)
    assert check(instance, one(1)) == []
    assert kinds(check(instance, Solution((*one(1), *splitted(1))))) == ["quantity"]


def test_quantities_count_without_split_as_well() -> None:
    instance = line(0, 1, delivery=[0, 10], capacity=10)
    assert check(instance, splitted(10)) == []
    assert kinds(check(instance, splitted(9))) == ["quantity"]


def test_a_pickup_beside_a_delivery_follows_in_proportion() -> None:
    instance = line(0, 1, delivery=[0, 4], pickup=[0, 8], capacity=6, split=True)
    assert check(instance, splitted(3, 1)) == []  # 3 of 4 delivered: 6 of 8 picked up
    assert kinds(check(instance.replace(vehicle_types=line(0, 1, capacity=5).vehicle_types), splitted(3, 1))) == [
        "capacity"
    ]


def test_both_ends_of_a_split_pair_handle_the_same() -> None:
    instance = line(0, 1, 2, pickup=[0, 4, 0], delivery=[0, 0, 4], pairs=[(1, 2)], split=True)

    def trip(first: float, second: float) -> Route:
        return Route(((1, 2),), quantities=(((first,), (second,)),))

    assert check(instance, Solution((trip(1, 1), trip(3, 3)))) == []
    assert kinds(check(instance, Solution((trip(1, 3), trip(3, 1))))) == ["pair", "pair"]


@pytest.mark.parametrize(
    "quantities",
    [
        (),
        ((),),
        (((1.0,),), ((1.0,),)),
        (((1.0, 2.0),),),
        (((1.0,), (1.0,)),),
        (((-1.0,),),),
        (((float("nan"),),),),
        ((("much",),),),
        ((1.0,),),
        (7.0,),
    ],
)
def test_misshapen_quantities_are_told_without_an_exception(quantities: Any) -> None:
    instance = line(0, 1, delivery=[0, 1], capacity=1, split=True)
    assert kinds(check(instance, one(1, quantities=quantities), 2.0)) == ["quantity"]


def test_stations_handle_nothing() -> None:
    instance = line(0, 1, 2, delivery=[0, 1, 0], stations=1)
    assert check(instance, one(1, 2, quantities=(((1.0,), (0.0,)),))) == []
    assert kinds(check(instance, one(1, 2, quantities=(((1.0,), (1.0,)),)))) == ["quantity"]
