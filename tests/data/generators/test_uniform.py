"""Uniform instances against the numbers of Kool et al. (2019)."""

import numpy as np
import pytest

from routewright.data.generators import generate
from routewright.data.generators.uniform import usual_capacity


def test_capacities_are_those_of_the_paper() -> None:
    assert [usual_capacity(n) for n in (10, 20, 50, 100)] == [20, 30, 40, 50]


def test_other_sizes_follow_the_published_lines() -> None:
    assert [usual_capacity(n) for n in (200, 1_000, 2_000)] == [70, 230, 260]


def test_capacity_never_falls_as_instances_grow() -> None:
    capacities = [usual_capacity(n) for n in range(1, 3_000)]
    assert all(np.diff(capacities) >= 0)
    assert capacities[0] >= 9  # the largest demand


def test_demands_are_whole_and_evenly_spread_over_one_to_nine() -> None:
    load = generate("uniform", 9_000, seed=1).delivery[1:, 0]
    values, counts = np.unique(load, return_counts=True)
    assert values.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    # Each count is binomial(9000, 1/9), standard deviation 30.
    assert abs(counts - 1_000).max() < 120


def test_places_are_uniform_in_the_unit_square() -> None:
    coords = generate("uniform", 9_999, seed=2).coords
    assert coords is not None
    counts, _, _ = np.histogram2d(coords[:, 0], coords[:, 1], bins=5, range=[[0, 1], [0, 1]])
    assert counts.sum() == 10_000
    assert abs(counts - 400).max() < 80  # standard deviation 20


def test_the_usual_instance_is_unrounded() -> None:
    instance = generate("uniform", 20, seed=3)
    assert (instance.rounding, instance.scale, instance.exact) == ("none", 1, False)


def test_a_grid_gives_whole_coordinates_and_rounded_distances() -> None:
    instance = generate("uniform", 5_000, seed=4, grid=10)
    assert instance.coords is not None
    assert instance.rounding == "round"
    assert instance.exact
    assert np.unique(instance.coords).tolist() == list(range(11))
    counts = np.bincount(instance.coords[:, 0].astype(int))
    assert abs(counts - 5_001 / 11).max() < 100  # ends as likely as the middle, deviation 20


def test_the_grid_moves_points_only_a_little() -> None:
    plain, snapped = generate("uniform", 50, seed=5), generate("uniform", 50, seed=5, grid=1_000)
    assert plain.coords is not None
    assert snapped.coords is not None
    assert abs(plain.coords * 1_001 - snapped.coords).max() < 1.0


def test_a_given_capacity_is_taken() -> None:
    assert generate("uniform", 20, seed=0, capacity=77).capacities.tolist() == [[77.0]]


@pytest.mark.parametrize("n", [2, 100])
def test_a_tsp_has_one_vehicle_without_limits(n: int) -> None:
    instance = generate("tsp", n, seed=0)
    vehicle = instance.vehicle_types[0]
    assert (instance.n_nodes, vehicle.count, vehicle.capacity) == (n, 1, ())
    assert not instance.delivery.any()
