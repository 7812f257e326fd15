from math import asin, cos, radians, sin, sqrt

import pytest

from routewright.data.check.travel import SpeedPeriods, Travel
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

VAN = VehicleType()


def far(rounding: str, a: tuple[float, float], b: tuple[float, float], metric: str = "euclidean") -> float:
    instance = Instance.build(coords=[a, b], rounding=rounding, metric=metric, vehicle_types=[VAN])
    return Travel(instance).distance(0, 1, VAN)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [("none", sqrt(13)), ("round", 4), ("ceil", 4), ("trunc1", 36), ("scale1000", 3606), ("att", 2)],
)
def test_the_root_of_13_by_every_rounding(rounding: str, expected: float) -> None:
    assert far(rounding, (1, 1), (3, 4)) == expected


def test_halves_are_rounded_up() -> None:
    assert far("round", (0, 0), (2.5, 0)) == 3
    assert far("round", (0, 0), (0.5, 0)) == 1


def test_att_is_never_below_the_pseudo_euclidean_length() -> None:
    assert far("att", (0, 0), (10, 0)) == 4, "10 / sqrt(10) is 3.16"
    assert far("att", (0, 0), (0, 0)) == 0


def test_geo_distances_of_ulysses() -> None:
    """Nodes 1 and 2 of TSPLIB's ulysses16, 509 apart by its published matrix."""
    assert far("geo", (38.24, 20.42), (39.57, 26.15)) == 509
    assert far("geo", (38.24, 20.42), (38.24, 20.42)) == 0


def test_a_quarter_of_the_equator_in_kilometres() -> None:
    assert far("none", (0, 0), (0, 90), "haversine") == pytest.approx(10007.557, abs=1e-3)
    assert far("round", (0, 0), (0, 90), "haversine") == 10008


def test_haversine_is_the_great_circle() -> None:
    """Brussels to Lyon by the spherical law of cosines."""
    (lat_a, lon_a), (lat_b, lon_b) = (50.8503, 4.3517), (45.7640, 4.8357)
    cosine = sin(radians(lat_a)) * sin(radians(lat_b))
    cosine += cos(radians(lat_a)) * cos(radians(lat_b)) * cos(radians(lon_b - lon_a))
    expected = 6371.0088 * (asin(1) - asin(cosine))
    assert far("none", (lat_a, lon_a), (lat_b, lon_b), "haversine") == pytest.approx(expected)


def test_explicit_matrices_need_no_coordinates_and_no_rounding() -> None:
    instance = Instance.build(distances=[[0, 1.5], [2.5, 0]], rounding="round", vehicle_types=[VAN])
    assert Travel(instance).distance(0, 1, VAN) == 1.5
    assert Travel(instance).distance(1, 0, VAN) == 2.5


def test_progress_and_clock_undo_each_other() -> None:
    periods = SpeedPeriods(Instance.build(coords=[(0, 0)], speed_periods=[(0, 1), (10, 0.25), (30, 4)], capacity=1))
    assert [periods.progress(time) for time in (-2, 0, 10, 30, 31)] == [-2, 0, 10, 15, 19]
    for time in (-3.0, 0.0, 5.0, 10.0, 14.0, 30.0, 99.0):
        assert periods.clock(periods.progress(time)) == pytest.approx(time)


def test_no_one_overtakes_by_leaving_later() -> None:
    periods = SpeedPeriods(Instance.build(coords=[(0, 0)], speed_periods=[(0, 1), (10, 0.25), (30, 4)], capacity=1))
    arrivals = [periods.arrival(tenth / 10, 7.0) for tenth in range(500)]
    assert arrivals == sorted(arrivals)
