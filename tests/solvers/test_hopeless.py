"""Clients that no vehicle can serve, and those that only look so."""

from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.hopeless import hopeless, shortage
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop
from tests.solvers.brute_force import optimum
from tests.solvers.tiny import make

COORDS = [[0, 0], [10, 0], [60, 80]]
"""Client 1 is 10 away, client 2 is 100 away."""


def _reason(**fields: Any) -> dict[int, str]:
    return hopeless(Instance.build(**{"coords": COORDS, "rounding": "round"} | fields))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"windows": [[0, 999], [0, 99], [0, 99]]}, "its time window closes before a vehicle can arrive"),
        ({"windows": [[0, 999], [0, 99], [0, 99]], "release": [0, 0, 10]}, "its time window closes"),
        ({"windows": [[0, 199], [0, 150], [0, 150]]}, "no vehicle that serves it is back in time"),
        ({"vehicle_types": [VehicleType(shift=(5, 204))]}, "no vehicle that serves it is back in time"),
        ({"vehicle_types": [VehicleType(max_distance=199)]}, "the way to it and back exceeds the distance limit"),
        ({"vehicle_types": [VehicleType(max_duration=190, max_overtime=9)]}, "exceeds the duration limit"),
        ({"vehicle_types": [VehicleType(allowed=frozenset({1}))]}, "not allowed on the vehicle"),
    ],
)
def test_the_far_client_is_named_with_the_reason(fields: dict[str, Any], reason: str) -> None:
    found = _reason(**fields)
    assert list(found) == [2]
    assert reason in found[2]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"windows": [[0, 999], [0, 99], [0, 100]]},
        {"windows": [[0, 999], [0, 99], [0, 99]], "lateness_cost": [inf, inf, 3.0]},
        {"windows": [[0, 999], [0, 99], [0, 99]], "required": [False, True, False]},
        {"windows": [[0, 200], [0, 150], [0, 150]]},
        {"vehicle_types": [VehicleType(max_distance=10), VehicleType(max_distance=200)]},
        {"vehicle_types": [VehicleType(max_distance=100, end=None)]},
        {"vehicle_types": [VehicleType(max_duration=190, max_overtime=10)]},
        {"windows": [[0, 999], [0, 99], [0, 99]], "speed_periods": [[0, 2.0]]},
    ],
)
def test_whoever_can_be_served_is_not_named(fields: dict[str, Any]) -> None:
    assert _reason(**fields) == {}


def test_a_type_without_vehicles_helps_nobody() -> None:
    fleet = [VehicleType(max_distance=50), VehicleType(count=0)]
    assert list(_reason(vehicle_types=fleet)) == [2]


def test_loads_are_compared_type_by_type() -> None:
    """The large vehicle may not go to client 1, and the small one cannot carry its load."""
    fleet = [VehicleType(capacity=3), VehicleType(capacity=9, allowed=frozenset({2}))]  # type: ignore[arg-type]
    found = _reason(vehicle_types=fleet, delivery=[0, 5, 5])
    assert found == {1: "client 1 cannot be served: its load exceeds the capacity / not allowed on the vehicle"}


def test_a_pair_falls_with_either_of_its_clients() -> None:
    found = _reason(windows=[[0, 999], [0, 99], [0, 99]], pairs=[[1, 2]], pickup=[0, 1, 0], delivery=[0, 0, 1])
    assert found[1] == "client 1 cannot be served: it makes a pair with client 2"
    assert "its time window closes" in found[2]


def test_a_detour_may_be_the_shorter_way() -> None:
    """The direct way takes 100, that by client 1 takes 20: the window at 50 can be met."""
    road = np.array([[0, 10, 100], [10, 0, 10], [100, 10, 0]])
    instance = Instance.build(distances=road, windows=[[0, 999], [0, 99], [0, 50]])
    assert hopeless(instance) == {}
    assert list(hopeless(instance.replace(windows=np.array([[[0, 999.0]], [[0, 99]], [[0, 19]]])))) == [2]


def test_an_instance_with_a_hopeless_client_has_no_solution() -> None:
    drawn = [make(feature, seed, n=5) for feature in ("one_way", "vrptw", "mixed_fleet", "pairs") for seed in range(12)]
    named = [instance for instance in drawn if hopeless(instance)]
    assert named
    assert all(optimum(instance) == inf for instance in named)


def small_fleet(**fields: object) -> Instance:
    given: dict[str, object] = {
        "coords": [[0, 0], [3, 4], [6, 8], [9, 12]],
        "delivery": 4,
        "capacity": 5,
        "vehicles": 2,
    }
    return Instance.build(**given | fields)  # type: ignore[arg-type]


def test_a_fleet_that_is_too_small_is_said_to_be() -> None:
    assert shortage(small_fleet()) == "all 2 vehicles together hold 10, the deliveries are 12"
    assert shortage(small_fleet(vehicles=3)) is None
    assert shortage(small_fleet(vehicles=None)) is None
    assert shortage(small_fleet(required=[False, True, True, False])) is None
    assert shortage(small_fleet(delivery=0, pickup=4)) == "all 2 vehicles together hold 10, the pickups are 12"


def test_the_loads_of_pairs_do_not_count() -> None:
    instance = small_fleet(delivery=[0, 0, 9, 4], pickup=[0, 9, 0, 0], pairs=[[1, 2]], capacity=9, vehicles=1)
    assert shortage(instance) is None


def test_whoever_a_small_fleet_leaves_out_is_told_why() -> None:
    result = solve(small_fleet(), solver="search", stop=Stop(iterations=500))
    assert not result.feasible
    assert len(result.solution) == 2
    assert str(result.violations[0]).endswith("hold 10, the deliveries are 12")
