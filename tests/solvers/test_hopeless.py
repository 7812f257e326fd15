"""Clients that no vehicle can serve, and those that only look so."""

from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, Break, VehicleType
from routewright.solvers.hopeless import hopeless, hopeless_groups, shortage
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
        ({"windows": [[0, 50], [0, 99], [0, 999]], "release": [0, 0, 51]}, "after the last departure (51 > 50)"),
        (
            {"vehicle_types": [VehicleType(reload_depots=(0,), shift=(0, 500))], "release": [0, 0, 501]},
            "released after the vehicle's shift (501 > 500)",
        ),
        ({"windows": [[0, 999], [0, 99], [0, 190]], "speed_periods": [[0, 0.4], [50, 0.5]]}, "closes before a vehicle"),
        ({"vehicle_types": [VehicleType(battery=Battery(199))]}, "the battery does not last from one charge"),
        ({"vehicle_types": [VehicleType(battery=Battery(99), end=None)]}, "by way of it (100 > 99)"),
        (
            {"vehicle_types": [VehicleType(breaks=(Break(0, 40, 5),))], "release": [0, 0, 50]},
            "its driver's break would begin before the vehicle can leave (50 > 40)",
        ),
        (
            {"vehicle_types": [VehicleType(breaks=(Break(30, 90, 5),), max_duration=204)]},
            "exceeds the duration limit (205 > 204)",
        ),
        ({"vehicle_types": [VehicleType(breaks=(Break(30, 90, 5),), shift=(0, 204))]}, "back in time (205 > 204)"),
        (
            {"windows": [[0, 50], [0, 999], [400, 999]], "vehicle_types": [VehicleType(max_duration=349, end=None)]},
            "exceeds the duration limit (350 > 349)",
        ),
        (
            {
                "windows": [[[0, 999]] * 2, [[0, 9], [20, 99]], [[0, 50], [300, 310]]],
                "vehicle_types": [VehicleType(shift=(0, 399))],
            },
            "no vehicle that serves it is back in time (400 > 399)",
        ),
        (
            {
                "backhaul": "classic",
                "delivery": [0, 4, 0],
                "pickup": [0, 0, 4],
                "vehicle_types": [VehicleType(allowed=frozenset({2})), VehicleType(allowed=frozenset({1}))],
            },
            "no delivery can come before its pickup",
        ),
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
        {"windows": [[0, 50], [0, 99], [0, 999]], "release": [0, 0, 50], "vehicle_types": [VehicleType(end=None)]},
        {"vehicle_types": [VehicleType(battery=Battery(200))]},
        {"vehicle_types": [VehicleType(battery=Battery(100), end=None)]},
        {"vehicle_types": [VehicleType(breaks=(Break(0, 50, 5),))], "release": [0, 0, 50]},
        {"vehicle_types": [VehicleType(breaks=(Break(201, 300, 5),), max_duration=200)]},
        {"windows": [[0, 50], [0, 999], [400, 999]], "vehicle_types": [VehicleType(max_duration=350, end=None)]},
        {"backhaul": "classic", "delivery": [0, 4, 0], "pickup": [0, 0, 4]},
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
    assert found == {1: "client 1 cannot be served: its load exceeds the capacity (5 > 3) / not allowed on the vehicle"}


def test_a_pair_falls_with_either_of_its_clients() -> None:
    found = _reason(windows=[[0, 999], [0, 99], [0, 99]], pairs=[[1, 2]], pickup=[0, 1, 0], delivery=[0, 0, 1])
    assert found[1] == (
        "pair 1, 2 cannot be served: no vehicle can do both: "
        "node 2 closes before a vehicle can come from node 1 (104 > 99)"
    )
    assert "its time window closes before a vehicle can arrive (100 > 99)" in found[2]


def test_a_client_is_named_with_its_hopeless_mate() -> None:
    found = _reason(vehicle_types=[VehicleType(battery=Battery(150))], pairs=[[1, 2]], pickup=[0, 1, 0],
                    delivery=[0, 0, 1])  # fmt: skip
    assert found[1] == "client 1 cannot be served: it makes a pair with client 2"
    assert "the battery does not last" in found[2]


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


def test_a_station_on_the_way_saves_whom_it_can() -> None:
    """Client 2 is 100 away; a station half way makes a battery of 100 enough, one of 99 does not reach back to it."""
    coords = [[0, 0], [10, 0], [60, 80], [30, 40]]

    def found(capacity: float) -> dict[int, str]:
        fleet = [VehicleType(battery=Battery(capacity))]
        return hopeless(Instance.build(coords=coords, rounding="round", stations=1, vehicle_types=fleet))

    assert found(100) == {}
    assert found(99) == {
        2: "client 2 cannot be served: the battery does not last from one charge to the next by way of it (100 > 99)"
    }


def test_stations_that_no_charge_reaches_help_nobody() -> None:
    """The station beside client 2 is 100 away as well."""
    instance = Instance.build(
        coords=[*COORDS, [60, 80]], rounding="round", stations=1, vehicle_types=[VehicleType(battery=Battery(99))]
    )
    assert list(hopeless(instance)) == [2]


def test_a_later_trip_may_leave_from_a_nearer_depot() -> None:
    """Released at 150, client 2 is reached at 160 from the second depot, where its window still is open."""
    vehicle = VehicleType(reload_depots=(1,), end=None)
    instance = Instance.build(
        coords=[[0, 0], [60, 70], [10, 0], [60, 80]],
        rounding="round",
        depots=2,
        release=[0, 0, 0, 150],
        windows=[[0, 999], [0, 999], [0, 999], [0, 160]],
        vehicle_types=[vehicle],
    )
    assert hopeless(instance) == {}
    closing = instance.windows.copy()
    closing[3, 0, 1] = 159
    assert list(hopeless(instance.replace(windows=closing))) == [3]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"vehicle_types": [VehicleType(allowed=frozenset({1})), VehicleType(allowed=frozenset({2}))]}, "not allowed"),
        ({"vehicle_types": [VehicleType(max_distance=203)]}, "exceeds the distance limit (204 > 203)"),
        ({"vehicle_types": [VehicleType(max_duration=203)]}, "exceeds the duration limit (204 > 203)"),
        ({"vehicle_types": [VehicleType(shift=(0, 203))]}, "back in time (204 > 203)"),
        ({"windows": [[0, 999], [8, 999], [0, 103]]}, "closes before a vehicle can come from node 1 (104 > 103)"),
        ({"windows": [[0, 999], [150, 160], [0, 120]]}, "node 2 closes before node 1 opens"),
        ({"release": [0, 0, 9], "windows": [[0, 999], [0, 999], [0, 112]]}, "can come from node 1 (113 > 112)"),
        ({"backhaul": "classic"}, "classic backhauls let no delivery come after a pickup"),
    ],
)
def test_a_pair_that_no_vehicle_can_serve_together(fields: dict[str, Any], reason: str) -> None:
    """Out to client 1 (10), on to client 2 (94), home (100)."""
    loads = {"pairs": [[1, 2]], "pickup": [0, 1, 0], "delivery": [0, 0, 1]}
    found = _reason(**loads, **fields)
    assert list(found) == [1, 2]
    assert all(reason in words for words in found.values())
    assert _reason(**loads) == {}


def test_a_group_without_a_reachable_member_is_named() -> None:
    windows = [[0, 999], [0, 9], [0, 99]]
    instance = Instance.build(coords=COORDS, rounding="round", windows=windows, group=[-1, 3, 3])
    assert hopeless(instance) == {}
    assert hopeless_groups(instance) == {
        3: "group 3 cannot be served: none of its 2 clients can; "
        "client 1 cannot be served: its time window closes before a vehicle can arrive (10 > 9)"
    }
    assert hopeless_groups(instance.replace(group=np.array([-1, 3, 4]))).keys() == {3, 4}
    windows[2] = [0, 100]
    assert hopeless_groups(instance.replace(windows=np.array(windows, dtype=float)[:, None])) == {}


def test_a_hopeless_group_is_told_by_solve() -> None:
    instance = Instance.build(
        coords=COORDS, rounding="round", windows=[[0, 999], [0, 99], [0, 99]], group=[-1, -1, 3], capacity=9
    )
    result = solve(instance, solver="pyvrp", stop=Stop(iterations=20))
    assert not result.feasible
    assert str(result.violations[0]).startswith("group 3 cannot be served: none of its 1 clients can; client 2")


def test_hands_that_are_too_few_are_said_to_be() -> None:
    long = {"service": 300, "delivery": 0, "capacity": None, "vehicles": None}
    for fields in ({"shift": (100, 500)}, {"max_duration": 380, "max_overtime": 20}):
        fleet = [VehicleType(count=2, **fields)]
        assert shortage(small_fleet(**long, vehicle_types=fleet)) == (
            "all vehicles together work 800, the services alone take 900"
        )
        assert shortage(small_fleet(**long, vehicle_types=[VehicleType(count=3, **fields)])) is None


def test_trips_and_groups_count_in_a_shortage() -> None:
    reloading = [VehicleType(count=1, capacity=(5,), reload_depots=(0,), max_trips=2)]
    fields = {"capacity": None, "vehicles": None, "vehicle_types": reloading}
    assert shortage(small_fleet(**fields)) == "all 1 vehicles together hold 10, the deliveries are 12"
    assert shortage(small_fleet(**fields, group=[-1, 0, 0, -1])) is None
