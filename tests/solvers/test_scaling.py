"""Whole numbers out of fractions, on the safe side."""

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.scaling import LARGEST, UNLIMITED, Scaling
from tests.solvers.tiny import make


@pytest.mark.parametrize("feature", ["cvrp", "vrptw", "releases", "road_matrices", "groups"])
def test_whole_numbers_stay_as_they_are(feature: str) -> None:
    instance = make(feature, 0)
    assert instance.exact
    assert Scaling.of(instance) == Scaling(1, 1, 1)


def test_decimals_are_kept_exactly() -> None:
    """A speed of 2 halves odd distances; prices have two decimals; loads are tenths."""
    vehicle = VehicleType(capacity=1.0, speed=2.0, distance_cost=0.25)  # type: ignore[arg-type]
    instance = Instance.build(
        coords=[[0, 0], [5, 0], [8, 0]], rounding="round", delivery=[0, 0.1, 0.3], vehicle_types=[vehicle]
    )
    scaling = Scaling.of(instance)
    assert scaling == Scaling(travel=10, price=100, load=10)
    assert scaling.up(instance.delivery[:, 0], scaling.load).tolist() == [0, 1, 3]
    assert scaling.raw_cost(scaling.rate(0.25) * int(scaling.later(5))) == 1.25


def test_fractions_of_a_capacity_fill_it_exactly() -> None:
    """Thirty loads of 1/30 fit into 1."""
    instance = Instance.build(coords=np.zeros((31, 2)), delivery=[0, *[1 / 30] * 30], capacity=1.0)
    scaling = Scaling.of(instance)
    loads = scaling.up(instance.delivery, scaling.load)
    assert loads.sum() <= int(scaling.down(1.0, scaling.load))


def test_irrational_numbers_are_rounded_against_the_vehicle() -> None:
    rng = np.random.default_rng(1)
    instance = Instance.build(coords=rng.random((9, 2)), windows=rng.random((9, 1)) + np.array([0.0, 1.0]))
    scaling = Scaling.of(instance)
    assert LARGEST / 10 < 2 * scaling.travel <= LARGEST
    road = instance.distance_matrix()
    assert (scaling.later(road) >= road * scaling.travel - 0.01).all()
    assert (scaling.later(road) <= road * scaling.travel + 1).all()
    closes = instance.windows[:, 0, 1]
    assert (scaling.sooner(closes) <= closes * scaling.travel + 0.01).all()


def test_infinity_becomes_the_largest_integer() -> None:
    assert Scaling(10, 1, 1).sooner([np.inf, 1.5]).tolist() == [UNLIMITED, 15]
