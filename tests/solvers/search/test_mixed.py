"""Starts with one kind of vehicle for everybody."""

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.general import general_model
from routewright.solvers.search.kernel.model import CAPACITY, FIXED
from routewright.solvers.search.mixed import alone, kinds_to_try, on_vehicles
from routewright.solvers.search.solver import in_words
from routewright.solvers.search.start import start_flat, start_routes
from tests.solvers import tiny


def fleet(*types: VehicleType) -> Instance:
    return Instance.build(**tiny.base(np.random.default_rng(5), 40), vehicle_types=list(types))


SMALL = VehicleType(capacity=12, distance_cost=1)  # type: ignore[arg-type]
LARGE = VehicleType(capacity=60, distance_cost=2, fixed_cost=50)  # type: ignore[arg-type]


def test_the_largest_kinds_are_tried_first() -> None:
    assert kinds_to_try(general_model(fleet(SMALL, LARGE))) == [1, 0]
    assert kinds_to_try(general_model(fleet(SMALL))) == []


@pytest.mark.parametrize("kind", [0, 1])
def test_routes_for_one_kind_are_routes_of_the_instance(kind: int) -> None:
    instance = fleet(SMALL, LARGE)
    asked = general_model(instance)
    assert asked.fleet is not None
    one_kind = alone(asked, kind)
    assert one_kind is not None
    assert one_kind.problem.capacity == asked.fleet.limits[kind, CAPACITY]
    assert one_kind.problem.fixed * asked.fleet.rate[kind] == asked.fleet.limits[kind, FIXED]
    flat = on_vehicles(asked.fleet, asked.first, kind, start_routes(one_kind, 1))
    solution = in_words(instance, asked, flat)
    assert {route.vehicle_type for route in solution} == {kind}
    assert check(instance, solution) == []


def test_of_few_vehicles_the_fullest_are_kept() -> None:
    few = VehicleType(count=2, capacity=60, distance_cost=2)  # type: ignore[arg-type]
    asked = general_model(fleet(SMALL, few))
    one_kind = alone(asked, 1)
    assert one_kind is not None
    assert asked.fleet is not None
    routes = start_routes(one_kind, 1)
    kept = on_vehicles(asked.fleet, asked.first, 1, routes)
    assert (kept == 1).sum() == 2
    assert len(kept) - 2 == sum(sorted(map(len, routes))[-2:])


@pytest.mark.parametrize(
    "other",
    [
        VehicleType(capacity=60, allowed=frozenset({1, 2})),  # type: ignore[arg-type]
        VehicleType(capacity=60, preference=((1, 5.0),)),  # type: ignore[arg-type]
        VehicleType(capacity=60, end=None),  # type: ignore[arg-type]
        VehicleType(capacity=1),  # type: ignore[arg-type]
    ],
)
def test_a_kind_for_which_savings_say_too_little_is_left_aside(other: VehicleType) -> None:
    asked = general_model(fleet(SMALL, other))
    assert alone(asked, 1) is None
    assert alone(asked, 0) is not None


def test_a_start_has_the_kind_that_is_cheaper_for_everybody() -> None:
    """One client alone is cheaper on a small vehicle, all of them are on large ones."""
    asked = general_model(fleet(VehicleType(capacity=12), VehicleType(capacity=400, fixed_cost=20)))  # type: ignore[arg-type]
    assert set(start_flat(asked, 1)[start_flat(asked, 1) < asked.first].tolist()) == {1}
