"""What needs the walk is named, and so is the little that the search refuses."""

from math import inf
from typing import Any

import numpy as np
import pytest

import routewright as rw
from routewright.data.errors import UnsupportedError
from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, Break, VehicleType
from routewright.solvers.search import support
from routewright.solvers.search.support import rich_features
from routewright.solvers.search.warm import Family, family
from tests.solvers import tiny
from tests.solvers.search.more_cases import EVERY

REASONS: dict[str, set[str]] = {
    "cvrp": set(),
    "unrounded": set(),
    "limited_fleet": set(),
    "vrptw": set(),
    "vrptw_unrounded": set(),
    "duration_limit": {"cost of duration"},
    "distance_limit": set(),
    "overtime": {"overtime"},
    "open_routes": {"cost of duration"},
    "several_depots": set(),
    "mixed_fleet": {"vehicle types that differ in profile or speed"},
    "one_way": {"cost of duration"},
    "optional_clients": set(),
    "pickups": set(),
    "two_loads": {"several load dimensions"},
    "pairs": {"pairs"},
    "optional_pairs": {"pairs"},
    "backhauls": set(),
    "releases": {"release times", "cost of duration"},
    "choosy_vehicles": set(),
    "road_matrices": {"vehicle types that differ in profile or speed"},
    "soft_windows": {"soft windows"},
    "fewest_vehicles": {"objective vehicles_first"},
    "bonuses": {"negative prizes"},
    "half_optional_pairs": {"pairs"},
    "early_times": {"cost of duration"},
    "several_windows": {"several windows of a client"},
    "groups": set(),
    "groups_with_windows": {"several windows of a client"},
    "fewest_served": {"objective vehicles_first"},
}
VEHICLES: dict[str, VehicleType] = {
    "reloads": VehicleType(reload_depots=(0,)),
    "routes without cost of distance": VehicleType(distance_cost=0),
    "breaks": VehicleType(breaks=(Break(0, 50, 5),)),
    "batteries": VehicleType(battery=Battery(500)),
}
FIELDS: dict[str, dict[str, Any]] = {
    "several windows of a client": {"windows": [[[0, inf]] * 2, [[0, 9], [20, 99]], [[0, 99]] * 2]},
    "split deliveries": {"split": True},
    "soft windows": {"windows": [[0, 99], [0, inf], [0, inf]], "lateness_cost": [2, inf, inf]},
    "speed periods": {"speed_periods": [[0, 1.0], [50, 2.0]]},
    "charging stations": {"coords": [[0, 0], [3, 4], [6, 8], [1, 1]], "stations": 1},
    "objective max_route": {"objective": "max_route"},
    "negative prizes": {"required": [False, True, False], "prize": [0, 0, -5]},
    "clients without a load among classic backhauls": {"delivery": [0, 1, 0], "backhaul": "classic"},
}


def built(**fields: Any) -> Instance:
    given: dict[str, Any] = {"coords": [[0, 0], [3, 4], [6, 8]], "delivery": 1, "rounding": "round"}
    return Instance.build(**given | fields)


def test_every_maker_has_its_line() -> None:
    assert set(REASONS) == set(tiny.MAKERS)


@pytest.mark.parametrize("feature", REASONS)
def test_what_the_fast_kernels_do_not_know_is_named(feature: str) -> None:
    instance = tiny.make(feature, 0)
    assert set(rich_features(instance)) == REASONS[feature]
    assert rw.supports("search", instance) == []


@pytest.mark.parametrize("feature", VEHICLES)
def test_a_feature_of_the_vehicle_is_named(feature: str) -> None:
    assert rich_features(built(vehicle_types=[VEHICLES[feature]])) == [feature]


@pytest.mark.parametrize("feature", FIELDS)
def test_a_feature_of_the_instance_is_named(feature: str) -> None:
    instance = built(**FIELDS[feature])
    assert rich_features(instance) == [feature]
    assert rw.supports("search", instance) == []
    assert family(instance) is Family.RICH


@pytest.mark.parametrize("case", EVERY)
def test_what_the_fast_kernels_know_is_not_walked(case: str) -> None:
    instance = EVERY[case](np.random.default_rng(0), 6)
    assert rich_features(instance) == []
    assert family(instance) is not Family.RICH


def test_large_matrices_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "MATRIX_LIMIT", 2)
    road = np.ones((3, 3)) - np.eye(3)
    instance = Instance.build(distances=road, delivery=1)
    assert rw.supports("search", instance) == ["explicit distances for more than 2 nodes"]
    assert rw.supports("search", built()) == []


def test_large_instances_beyond_the_two_fast_families_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "WHOLE_LIMIT", 1)
    assert rw.supports("search", built()) == []
    assert rw.supports("search", built(pickup=[0, 1, 1])) == ["pickups with more than 1 clients"]
    assert rw.supports("search", built(split=True)) == ["split deliveries with more than 1 clients"]


def test_what_cannot_be_split_is_named() -> None:
    preferring = VehicleType(preference=((1, 5.0),))
    optional = built(split=True, required=[False, True, False], prize=9)
    assert rw.supports("search", optional) == ["split deliveries with optional clients or groups"]
    liked = built(split=True, vehicle_types=[preferring])
    assert rw.supports("search", liked) == ["split deliveries with preferences"]


def test_solving_says_why_not() -> None:
    optional = built(split=True, required=[False, True, False], prize=9)
    with pytest.raises(UnsupportedError, match="split deliveries with optional clients"):
        rw.solve(optional, solver="search", time_limit=0.1)
