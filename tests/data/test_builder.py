"""Instances built node by node equal those built from arrays."""

from math import inf, nan
from typing import Any

import numpy as np
import pytest

from routewright.data import Battery, Instance, InstanceBuilder, InstanceError, VehicleType


def test_clients_come_out_as_arrays() -> None:
    builder = InstanceBuilder()
    builder.add_depot(0, 0, window=(0, 100))
    builder.add_client(3, 4, delivery=5, window=(10, 20), service=2, release=1)
    builder.add_client(6, 8, pickup=4, windows=[(0, 5), (30, 40)], lateness_cost=3, required=False, prize=9)
    assert builder.build(capacity=10, vehicles=2, rounding="round") == Instance.build(
        coords=[[0, 0], [3, 4], [6, 8]],
        delivery=[0, 5, 0],
        pickup=[0, 0, 4],
        windows=[[[0, 100], [0, 100]], [[10, 20], [10, 20]], [[0, 5], [30, 40]]],
        service=[0, 2, 0],
        release=[0, 1, 0],
        lateness_cost=np.array([inf, inf, 3]),
        required=[False, True, False],
        prize=[0, 0, 9],
        capacity=10,
        vehicles=2,
        rounding="round",
    )


def test_depots_may_come_at_any_time_and_handles_follow() -> None:
    builder = InstanceBuilder()
    first = builder.add_client(1, 1, name="first")
    station = builder.add_station(5, 5, name="plug")
    north = builder.add_depot(0, 9, name="north")
    second = builder.add_client(2, 2, name="second")
    south = builder.add_depot(0, -9, name="south")
    builder.add_pair(second, first, load=7)
    builder.add_vehicle_type(
        start=south, reload_depots=[north], allowed=[second, first], preference=[(second, 3.0)], battery=Battery(9)
    )
    builder.add_vehicle_type(end=None)
    instance = builder.build()
    assert instance.names == ("north", "south", "first", "second", "plug")
    assert (instance.depots, instance.stations) == (2, 1)
    assert [builder.node(handle) for handle in (first, station, north, second, south)] == [2, 4, 0, 3, 1]
    assert instance.pairs.tolist() == [[3, 2]]
    assert (instance.pickup[3, 0], instance.delivery[2, 0]) == (7, 7)
    assert instance.vehicle_types == (
        VehicleType(
            start=1, end=1, reload_depots=(0,), allowed=frozenset({2, 3}), preference=((3, 3.0),), battery=Battery(9)
        ),
        VehicleType(start=0, end=None),
    )


def test_matrices_are_given_in_the_order_of_adding() -> None:
    builder = InstanceBuilder()
    client = builder.add_client()
    depot = builder.add_depot()
    instance = builder.build(distances=[[0, 2], [7, 0]], durations=[[0, 3], [8, 0]], capacity=1)
    assert instance.coords is None
    assert instance.distance(builder.node(depot), builder.node(client)) == 7
    assert instance.duration(builder.node(client), builder.node(depot)) == 3


def test_loads_may_have_several_dimensions() -> None:
    builder = InstanceBuilder()
    builder.add_depot(0, 0)
    builder.add_client(1, 1, delivery=(2, 3))
    builder.add_client(2, 2)
    instance = builder.build(capacity=(5, 5))
    assert instance.delivery.tolist() == [[0, 0], [2, 3], [0, 0]]
    assert instance.pickup.shape == (3, 2)


def test_groups_make_their_members_optional() -> None:
    builder = InstanceBuilder()
    builder.add_depot(0, 0)
    builder.add_client(1, 1, group=0)
    builder.add_client(2, 2, group=0)
    builder.add_client(3, 3)
    instance = builder.build(capacity=1)
    assert instance.group.tolist() == [-1, 0, 0, -1]
    assert instance.required.tolist() == [False, False, False, True]


def test_building_twice_gives_equal_instances() -> None:
    builder = InstanceBuilder()
    builder.add_depot(0, 0)
    builder.add_client(1, 1, delivery=3)
    builder.add_vehicle_type(capacity=4)
    assert builder.build() == builder.build()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"delivery": -1}, "delivery is -1"),
        ({"pickup": nan}, "pickup is nan"),
        ({"x": inf}, "x is inf"),
        ({"x": None}, "x is None, y is 0"),
        ({"service": -2}, "service is -2"),
        ({"release": inf}, "release is inf"),
        ({"window": (9, 3)}, "closes at 3, before it opens at 9"),
        ({"window": (nan, 3)}, "window is (nan, 3)"),
        ({"prize": nan}, "prize is nan"),
        ({"lateness_cost": -1}, "lateness_cost is -1"),
    ],
)
def test_errors_name_the_client_at_once(arguments: dict[str, Any], said: str) -> None:
    builder = InstanceBuilder()
    client: dict[str, Any] = {"x": 0, "y": 0, "name": "Smith"} | arguments
    with pytest.raises(InstanceError) as caught:
        builder.add_client(**client)
    assert str(caught.value).startswith("client 'Smith': ")
    assert said in str(caught.value)


def test_errors_of_the_whole_name_the_client_too() -> None:
    builder = InstanceBuilder()
    smith = builder.add_client(1, 1, delivery=12, name="Smith")
    builder.add_depot(0, 0)
    with pytest.raises(InstanceError, match=r"node 1 asks 12, .*\(node 1 is client 'Smith'\)"):
        builder.build(capacity=10)
    builder.add_client(2, 2, delivery=(1, 2))
    with pytest.raises(InstanceError, match="client 'Smith': delivery has 1 load dimensions, others have 2"):
        builder.build(capacity=(20, 20))
    with pytest.raises(InstanceError, match="handle 7 does not exist"):
        builder.add_pair(smith, 7)


def test_a_pair_needs_two_clients() -> None:
    builder = InstanceBuilder()
    depot, client = builder.add_depot(0, 0), builder.add_client(1, 1)
    with pytest.raises(InstanceError, match="pair: depot with handle 0 is not a client"):
        builder.add_pair(depot, client)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"wheels": 4}, "wheels"),
        ({"start": 9}, "handle 9"),
        ({"speed": 0}, "speed is 0"),
        ({"allowed": [5]}, "handle 5"),
    ],
)
def test_errors_of_vehicle_types_name_field_and_value(fields: dict[str, Any], said: str) -> None:
    builder = InstanceBuilder()
    builder.add_depot(0, 0)
    with pytest.raises(InstanceError, match=said):
        builder.add_vehicle_type(**fields)


def test_a_vehicle_type_needs_depots_for_its_ends() -> None:
    builder = InstanceBuilder()
    builder.add_depot(0, 0)
    builder.add_vehicle_type(start=builder.add_client(1, 1))
    with pytest.raises(InstanceError, match="vehicle type 0: depot 1 does not exist"):
        builder.build()


@pytest.mark.parametrize("matrix", [[[0, 1, 2], [1, 0, 2]], [0, 1]])
def test_a_matrix_of_the_wrong_size_is_refused(matrix: list[Any]) -> None:
    builder = InstanceBuilder()
    builder.add_depot()
    builder.add_client()
    with pytest.raises(InstanceError, match="must be 2x2"):
        builder.build(distances=matrix, capacity=1)


def test_nothing_added_is_an_error_not_a_crash() -> None:
    with pytest.raises(InstanceError):
        InstanceBuilder().build(capacity=1)


def test_both_window_and_windows_are_too_many() -> None:
    with pytest.raises(InstanceError, match="not both"):
        InstanceBuilder().add_client(0, 0, window=(0, 1), windows=[(0, 1)])


def test_a_node_without_place_among_others_is_named() -> None:
    builder = InstanceBuilder()
    builder.add_depot(0, 0)
    builder.add_client(name="Smith")
    with pytest.raises(InstanceError, match="client 'Smith': x and y are missing"):
        builder.build(capacity=1)
