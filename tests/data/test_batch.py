"""Instances as tensors, and back."""

from typing import Any

import pytest
import torch

from routewright.data.batch import to_actions, to_solution, to_tensordict, unsupported
from routewright.data.check import check
from routewright.data.errors import InstanceError, UnsupportedError
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Battery, VehicleType


def test_different_sizes_and_depots_are_padded_depots_first() -> None:
    small = Instance.build(coords=[[0, 0], [3, 4]], delivery=[0, 2], capacity=5)
    large = Instance.build(coords=[[9, 9], [8, 8], [1, 1], [2, 2]], delivery=[0, 0, 1, 3], capacity=4, depots=2)
    batch = to_tensordict([small, large])
    assert batch.batch_size == (2,)
    assert batch["clients"].tolist() == [[False, False, True, False], [False, False, True, True]]
    assert batch["coords"][0].tolist() == [[0, 0], [0, 0], [3, 4], [0, 0]]
    assert batch["delivery"][..., 0].tolist() == [[0, 0, 2, 0], [0, 0, 1, 3]]
    assert batch["windows"][0, 3].tolist() == [0.0, float("inf")]
    assert batch["doors"].tolist() == [1, 2]
    assert batch["unit"].tolist() == [4.0, 8.0]
    assert batch["capacity"].dtype == torch.float32


def test_matrices_appear_where_they_are_needed_only() -> None:
    plain = generate("uniform", 5, 1)
    assert "distances" not in to_tensordict([plain])
    written = to_tensordict([plain], matrices=True, dtype=torch.float64)
    assert written["distances"][0].tolist() == plain.distance_matrix().tolist()
    rounded = Instance.build(coords=[[0, 0], [1, 1]], delivery=[0, 1], capacity=1, rounding="round")
    batch = to_tensordict([rounded, generate("uniform", 3, 1)])
    assert batch["distances"].shape == (2, 4, 4)
    assert batch["distances"][0, 0].tolist() == [0.0, 1.0, 0.0, 0.0]
    assert "durations" not in batch
    roads = generate("streets", 3, 1)
    both = to_tensordict([roads], dtype=torch.float64)
    assert both["durations"][0].tolist() == roads.durations[0].tolist()  # type: ignore[index]


def test_actions_become_routes_of_the_depots_they_began_at() -> None:
    instance = generate("mtvrp", 4, 1, variant="MDVRP", depots=2)
    solution = to_solution(instance, [2, 3, 1, 4, 0, 0])
    assert solution.routes == (Route(((2, 3),), vehicle_type=0), Route(((4,),), vehicle_type=1))
    assert solution.unserved == (5,)


def test_actions_of_a_batch_with_more_depots_are_translated() -> None:
    instance = generate("mtvrp", 3, 1)
    batch = to_tensordict([generate("mtvrp", 6, 1, variant="MDVRP", depots=3), instance])
    solution = to_solution(instance, [3, 0, 5, 4, 0], batch)
    assert [route.stops for route in solution] == [(1,), (3, 2)]
    with pytest.raises(InstanceError, match=r"action 1 is no node of Instance\(.*\)$"):
        to_solution(instance, [1], batch)
    with pytest.raises(InstanceError, match=r"action 5 is no node .*; batch= must be given"):
        to_solution(instance, [5])


def test_vehicle_types_are_doors_and_stations_come_last() -> None:
    types = [VehicleType(start=1, end=1, capacity=(3,)), VehicleType(capacity=(5,), speed=2.0, battery=Battery(9.0))]
    instance = Instance.build(
        coords=[[0, 0], [9, 9], [1, 1], [2, 2], [5, 5]], delivery=[0, 0, 1, 2, 0], depots=2, stations=1,
        vehicle_types=types,
    )  # fmt: skip
    batch = to_tensordict([instance, generate("uniform", 3, 1)])
    assert batch["coords"][0].tolist() == [[9, 9], [0, 0], [1, 1], [2, 2], [0, 0], [5, 5]]
    assert batch["capacity"][0, :, 0].tolist() == [3, 5]
    assert batch["speed"][0].tolist() == [1, 2]
    assert batch["battery"].tolist() == [[0, 9], [0, 0]]
    assert batch["stations"].tolist() == [[True], [False]]
    assert batch["vehicles"][1].tolist() == [float("inf"), 0.0]
    solution = to_solution(instance, [1, 2, 5, 0, 3, 0], batch)
    assert solution.routes == (Route(((2, 4),), vehicle_type=1), Route(((3,),), vehicle_type=0))


def test_solutions_become_the_actions_that_they_came_from() -> None:
    instance = generate("mtvrp", 4, 1, variant="MDVRP", depots=2)
    batch = to_tensordict([instance, generate("mtvrp", 6, 1, variant="MDVRP", depots=3)])
    solution = Solution((Route(((4,),), vehicle_type=1), Route(((2, 3),)), Route(((5,),))))
    assert to_actions(instance, solution) == [2, 3, 0, 5, 1, 4, 0, 0]
    actions = to_actions(instance, solution, batch)
    assert actions == [3, 4, 0, 6, 1, 5, 0, 0]
    assert set(to_solution(instance, actions, batch).routes) == set(solution.routes)


def test_reloads_stand_between_clients_and_stations() -> None:
    types = [
        VehicleType(reload_depots=(1,), max_trips=3),
        VehicleType(start=1, end=1, reload_depots=(2, 0), max_trips=1),
        VehicleType(start=2, end=2, reload_depots=(1, 2)),
    ]
    instance = Instance.build(
        coords=[[0, 0], [1, 0], [2, 0], [3, 3], [4, 4], [9, 9]], depots=3, stations=1, service=[5, 6, 7, 8, 8, 0],
        release=[0, 0, 0, 11, 12, 0], vehicle_types=types,
    )  # fmt: skip
    batch = to_tensordict([instance, generate("uniform", 3, 1)], matrices=True)
    assert batch["trips"].tolist() == [[3, 1, float("inf")], [1, 1, 1]]
    assert batch["reloads"].tolist() == [[[True, False], [False, False], [True, True]], [[False, False]] * 3]
    assert batch["coords"][0, 6:].tolist() == [[1, 0], [2, 0], [9, 9]]
    assert batch["service"][0].tolist() == [5, 6, 7, 8, 8, 0, 6, 7, 0]
    assert batch["release"][0].tolist() == [0, 0, 0, 11, 12, 0, 0, 0, 0]
    solution = to_solution(instance, [2, 3, 7, 4, 6, 0, 8, 6, 0], batch)
    assert solution == Solution((Route(((3,), (4,)), vehicle_type=2, reloads=(2,)), Route(((5,),))))
    named = Solution((Route(((4,), (3,)), vehicle_type=2, reloads=(2,)),))
    assert to_actions(instance, named, batch) == [2, 4, 7, 3, 0, 0]
    assert to_actions(instance, Solution((Route(((4,), (3,)), vehicle_type=2),)), batch) == [2, 4, 6, 3, 0, 0]


def test_the_way_from_a_depot_to_itself_is_nothing() -> None:
    ways = [[9, 1, 2], [3, 9, 4], [5, 6, 9]]
    vehicle = VehicleType(reload_depots=(0,))
    batch = to_tensordict([Instance.build(distances=ways, vehicle_types=[vehicle])])
    assert batch["distances"][0].tolist() == [[0, 1, 2, 0], [3, 0, 4, 3], [5, 6, 0, 5], [0, 1, 2, 0]]


@pytest.mark.parametrize(
    ("vehicle", "more", "reason"),
    [
        ({"battery": Battery(9.0)}, {}, "several trips of vehicles with a battery"),
        ({}, {"split": True}, "several trips beside split deliveries"),
        ({"max_duration": 50}, {"release": 3.0}, "a limited duration of several trips with release times"),
    ],
)
def test_what_several_trips_do_not_go_with_is_named(vehicle: dict[str, Any], more: dict[str, Any], reason: str) -> None:
    several, single = (VehicleType(reload_depots=(0,), max_trips=most, **vehicle) for most in (2, 1))
    assert unsupported(Instance.build(coords=[[0, 0], [1, 1]], vehicle_types=[several], **more)) == [reason]
    assert unsupported(Instance.build(coords=[[0, 0], [1, 1]], vehicle_types=[single], **more)) == []
    plain = VehicleType(reload_depots=(0,))
    assert unsupported(Instance.build(coords=[[0, 0], [1, 1]], vehicle_types=[plain])) == []


def test_split_deliveries_leave_as_much_as_there_is() -> None:
    instance = Instance.build(coords=[[0, 0], [1, 0], [2, 0]], delivery=[0, 7, 8], capacity=10, split=True)
    solution = to_solution(instance, [1, 2, 0, 2, 0])
    assert [route.quantities for route in solution] == [(((7.0,), (3.0,)),), (((5.0,),),)]
    assert check(instance, solution) == []


@pytest.mark.parametrize("action", [-1, 4])
def test_an_action_that_is_no_node_is_refused(action: int) -> None:
    with pytest.raises(InstanceError, match=f"action {action} is no node of Instance"):
        to_solution(generate("mtvrp", 3, 1), [action])


def test_what_environments_do_not_know_is_named() -> None:
    instance = Instance.build(
        coords=[[0, 0], [1, 1], [2, 2]], pickup=[0, 1, 0], delivery=[0, 0, 1], pairs=[[1, 2]],
        vehicle_types=[VehicleType(duration_cost=2.0)], lateness_cost=1.0, windows=[[0, 9]] * 3, backhaul="classic",
    )  # fmt: skip
    assert unsupported(instance) == ["pairs beside classic backhauls", "soft windows", "a price of duration"]
    with pytest.raises(
        UnsupportedError, match=r"instance 1 '': environments do not know pairs beside classic backhauls, "
    ):
        to_tensordict([generate("uniform", 2, 1), instance])


def test_a_batch_needs_instances_with_as_many_loads() -> None:
    with pytest.raises(InstanceError, match="no instances"):
        to_tensordict([])
    two = Instance.build(coords=[[0, 0], [1, 1]], delivery=[[0, 0], [1, 1]], capacity=(2, 2))
    with pytest.raises(InstanceError, match="has 2 load dimensions, the first has 1"):
        to_tensordict([generate("uniform", 2, 1), two])
