"""Gaussian mixtures: filled square, tight heaps, as many as asked for."""

import numpy as np
import pytest

from routewright.data.generators import generate
from routewright.data.generators.clustered import mixture


@pytest.mark.parametrize("modes", [1, 3, 7])
def test_points_fill_the_unit_square_in_both_directions(modes: int) -> None:
    coords = generate("clustered", 100, seed=1, modes=modes).coords
    assert coords is not None
    assert coords.min(axis=0).tolist() == [0.0, 0.0]
    assert coords.max(axis=0).tolist() == [1.0, 1.0]


def test_a_wide_spread_makes_as_many_heaps_as_modes() -> None:
    for seed in range(5):
        coords = generate("clustered", 300, seed=seed, modes=4, spread=5_000.0).coords
        assert coords is not None
        assert _heaps(coords, reach=0.01) == 4


def test_a_larger_spread_brings_neighbours_closer() -> None:
    nearest = [np.mean([_nearest(spread, seed) for seed in range(10)]) for spread in (0.0, 10.0, 30.0, 50.0)]
    assert nearest == sorted(nearest, reverse=True)


def test_each_mode_has_its_share() -> None:
    points = mixture(np.random.default_rng(3), 8_000, 2, 1e5)
    left = int((points[:, 0] < 0.5).sum())
    assert abs(left - 4_000) < 200  # binomial, standard deviation 45


def test_demands_and_capacity_are_those_of_uniform_instances() -> None:
    instance = generate("clustered", 100, seed=2)
    assert instance.capacities.tolist() == [[50.0]]
    assert set(instance.delivery[1:, 0]) <= set(range(1, 10))


def test_a_grid_gives_an_exact_instance() -> None:
    instance = generate("clustered", 50, seed=2, grid=100)
    assert instance.coords is not None
    assert instance.exact
    assert instance.coords.min() == 0
    assert instance.coords.max() == 100


def _nearest(spread: float, seed: int) -> float:
    coords = generate("clustered", 100, seed=seed, spread=spread).coords
    assert coords is not None
    apart = np.linalg.norm(coords[:, None] - coords[None, :], axis=2) + np.diag(np.full(len(coords), np.inf))
    return float(apart.min(axis=1).mean())


def _heaps(points: np.ndarray, reach: float) -> int:
    """Connected components of points closer than ``reach``."""
    near = np.linalg.norm(points[:, None] - points[None, :], axis=2) < reach
    label = np.arange(len(points))
    while True:
        lowest = np.where(near, label[None, :], len(points)).min(axis=1)
        if np.array_equal(lowest, label):
            return len(np.unique(label))
        label = lowest
