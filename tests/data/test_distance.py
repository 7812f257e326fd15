"""Distances by hand, from known places and from TSPLIB's own examples."""

from math import pi

import numpy as np
import pytest
from numpy.typing import NDArray

from routewright.data.distance import EARTH_RADIUS_KM, ROUNDINGS, between

ORIGIN = [0.0, 0.0]


def distance(start: list[float], end: list[float], metric: str = "euclidean", rounding: str = "none") -> float:
    return float(between(np.array(start), np.array(end), metric, rounding))


@pytest.mark.parametrize(
    ("rounding", "end", "expected"),
    [
        ("none", [1, 1], 2**0.5),
        ("round", [1, 1], 1),
        ("round", [1.5, 0], 2),  # halves go up
        ("round", [2.5, 0], 3),  # not to the even number
        ("round", [0, 2.49], 2),
        ("ceil", [1, 1], 2),
        ("ceil", [3, 4], 5),
        ("trunc1", [1, 1], 14),
        ("trunc1", [3, 4], 50),
        ("trunc1", [0.99, 0], 9),
        ("scale1000", [1, 1], 1414),
        ("scale1000", [2, 2], 2828),
        ("scale1000", [0.0006, 0], 1),
    ],
)
def test_each_rounding_by_hand(rounding: str, end: list[float], expected: float) -> None:
    assert distance(ORIGIN, end, rounding=rounding) == expected


@pytest.mark.parametrize(
    ("start", "end", "kilometres"),
    [
        ([48.8566, 2.3522], [51.5074, -0.1278], 343.6),  # Paris, London
        ([51.5074, -0.1278], [40.7128, -74.0060], 5570.2),  # London, New York
        ([-33.8688, 151.2093], [35.6762, 139.6503], 7826.6),  # Sydney, Tokyo
    ],
)
def test_haversine_between_known_cities(start: list[float], end: list[float], kilometres: float) -> None:
    assert distance(start, end, "haversine") == pytest.approx(kilometres, rel=1e-3)


def test_haversine_of_arcs_known_exactly() -> None:
    assert distance(ORIGIN, [90, 0], "haversine") == pytest.approx(EARTH_RADIUS_KM * pi / 2)
    assert distance([0, 179], [0, -179], "haversine") == pytest.approx(EARTH_RADIUS_KM * pi / 90)  # over the date line
    assert distance([10, 20], [-10, -160], "haversine") == pytest.approx(EARTH_RADIUS_KM * pi)  # antipodes
    assert distance([12.3, 45.6], [12.3, 45.6], "haversine") == 0


def test_haversine_is_rounded_like_any_distance() -> None:
    assert distance([48.8566, 2.3522], [51.5074, -0.1278], "haversine", "round") == 344
    assert distance([48.8566, 2.3522], [51.5074, -0.1278], "haversine", "trunc1") == 3435


@pytest.mark.parametrize(
    ("end", "expected"), [([39.57, 26.15], 509), ([40.56, 25.32], 501), ([36.26, 23.12], 312), ([38.24, 20.42], 0)]
)
def test_geo_reproduces_the_first_row_of_ulysses16(end: list[float], expected: float) -> None:
    assert distance([38.24, 20.42], end, rounding="geo") == expected


def test_geo_reads_the_fraction_as_minutes() -> None:
    # Half a degree is .30: one degree of a great circle of radius 6378.388 is 111.32, plus 1, cut off.
    assert distance([0, 0.30], [0, 1.30], rounding="geo") == 112
    assert distance([0, -0.30], [0, 0.30], rounding="geo") == 112


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ([6734, 1453], [2233, 10], 1495),  # the first arc of att48: 1494.70
        ([0, 0], [1, 0], 1),  # 0.316 is rounded to 0, which falls short
        ([0, 0], [10, 0], 4),  # 3.16
        ([0, 0], [0, 0], 0),
    ],
)
def test_att_rounds_and_then_up_where_that_fell_short(start: list[float], end: list[float], expected: float) -> None:
    assert distance(start, end, rounding="att") == expected


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_distances_are_symmetric_whole_where_rounded_and_alike_in_any_shape(rounding: str) -> None:
    points: NDArray[np.float64] = np.random.default_rng(1).uniform(-80, 80, (12, 2))
    table = between(points[:, None], points[None, :], "euclidean", rounding)
    assert table.tolist() == table.T.tolist()
    assert not np.diagonal(table).any()
    assert rounding == "none" or (table == np.rint(table)).all()
    assert between(points[0], points, "euclidean", rounding).tolist() == table[0].tolist()


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(ValueError, match="rounding 'floor' is none of none, round"):
        distance(ORIGIN, ORIGIN, rounding="floor")
