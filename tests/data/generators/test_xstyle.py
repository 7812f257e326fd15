"""X-style instances against the recipe of Uchoa et al. (2017)."""

import re
from math import ceil, exp, log, pi
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from routewright.data.generators import generate, xstyle_places
from routewright.data.generators.xstyle_demands import DEMANDS
from routewright.data.generators.xstyle_places import Customers, Depot, attraction
from routewright.data.instance import Instance

RANGES = {
    "unit": (1, 1),
    "1-10": (1, 10),
    "5-10": (5, 10),
    "1-100": (1, 100),
    "50-100": (50, 100),
    "quadrant": (1, 100),
    "small-large": (1, 100),
}


@pytest.mark.parametrize(("depot", "place"), [("central", [500, 500]), ("eccentric", [0, 0])])
def test_the_depot_is_in_the_middle_or_in_the_corner(depot: str, place: list[int]) -> None:
    assert _places(generate("xstyle", 20, seed=1, depot=depot))[0].tolist() == place


def test_a_random_depot_is_anywhere_on_the_grid() -> None:
    places = np.array([_places(generate("xstyle", 2, seed=s, depot="random"))[0] for s in range(400)])
    assert abs(places.mean(axis=0) - 500).max() < 60  # standard deviation of the mean is 14.4
    assert abs(places.std(axis=0) - 289).max() < 40


@pytest.mark.parametrize("customers", get_args(Customers))
def test_places_are_different_whole_numbers_on_the_grid(customers: str) -> None:
    for seed in range(3):
        instance = generate("xstyle", 700, seed=seed, customers=customers)
        places = _places(instance)
        assert instance.rounding == "round"
        assert instance.exact
        assert np.array_equal(places, np.rint(places))
        assert places.min() >= 0
        assert places.max() <= 1_000
        assert len(np.unique(places, axis=0)) == 701


def test_random_customers_are_uniform() -> None:
    places = _places(generate("xstyle", 8_000, seed=2, customers="random"))[1:]
    counts, _, _ = np.histogram2d(places[:, 0], places[:, 1], bins=4, range=[[0, 1000], [0, 1000]])
    assert abs(counts - 500).max() < 110  # standard deviation 22


def test_attraction_halves_every_forty_units_and_adds_up_over_seeds() -> None:
    seeds = np.array([[100.0, 100.0], [900.0, 100.0]])
    points = np.array([[100.0, 100.0], [140.0, 100.0], [100.0, 180.0], [500.0, 100.0]])
    assert attraction(points, seeds[:1]) == pytest.approx([1.0, 0.5, 0.25, 2.0**-10])
    assert attraction(points, seeds)[3] == pytest.approx(2 * 2.0**-10)


def test_clustered_customers_keep_the_distances_that_the_decay_gives() -> None:
    seed_place = np.array([[500.0, 500.0]])
    rng = np.random.default_rng(4)
    found = xstyle_places._near(rng, 4_000, seed_place, set())
    apart = np.linalg.norm(found - seed_place, axis=1)
    # In the plane the density r 2^(-r/40) has mean 80 / ln 2; the grid ends where 1e-3 of it is left.
    assert apart.mean() == pytest.approx(80 / log(2), rel=0.03)
    within = np.mean(apart <= 100)
    rate = 100 * log(2) / 40
    assert within == pytest.approx(1 - (1 + rate) * exp(-rate), abs=0.03)


@pytest.mark.parametrize(("customers", "share"), [("clustered", 1.0), ("random-clustered", 0.5)])
def test_as_many_customers_gather_around_seeds_as_the_kind_says(customers: str, share: float) -> None:
    n, near = 800, []
    for seed in range(5):
        instance = generate("xstyle", n, seed=seed, customers=customers, clusters=1)
        clients = _places(instance)[1:]
        centre = clients[_densest(clients)]
        near.append(np.mean(np.linalg.norm(clients - centre, axis=1) < 250))
    # 93 % of a cluster is within 250 of its seed, and (on average) less than pi / 16 of the rest.
    expected = 0.93 * share + (1 - share) * pi / 16
    assert np.mean(near) == pytest.approx(expected, abs=0.08)


def test_the_number_of_seeds_is_three_to_eight() -> None:
    names = [generate("xstyle", 30, seed=s, customers="clustered").name for s in range(200)]
    seeds = [int(re.search(r"-C(\d)-", name).group(1)) for name in names]  # type: ignore[union-attr]
    assert set(seeds) == {3, 4, 5, 6, 7, 8}


@pytest.mark.parametrize("demand", DEMANDS)
def test_demands_are_whole_fill_their_range_and_stay_inside(demand: str) -> None:
    load = generate("xstyle", 3_000, seed=3, demand=demand).delivery[1:, 0]
    assert np.array_equal(load, np.rint(load))
    assert (load.min(), load.max()) == RANGES[demand]


@pytest.mark.parametrize(("demand", "mean"), [("1-10", 5.5), ("5-10", 7.5), ("1-100", 50.5), ("50-100", 75.0)])
def test_range_demands_are_uniform(demand: str, mean: float) -> None:
    load = generate("xstyle", 5_000, seed=4, demand=demand).delivery[1:, 0]
    assert load.mean() == pytest.approx(mean, rel=0.03)


def test_quadrant_demands_depend_on_the_quadrant_alone() -> None:
    instance = generate("xstyle", 2_000, seed=5, demand="quadrant", customers="random")
    places, load = _places(instance)[1:], instance.delivery[1:, 0]
    upper_right = (places >= 500).all(axis=1)
    lower_left = (places < 500).all(axis=1)
    odd = upper_right | lower_left
    assert (load[odd].min(), load[odd].max()) == (51, 100)
    assert (load[~odd].min(), load[~odd].max()) == (1, 50)


def test_small_large_demands_leave_a_gap_and_are_mostly_small() -> None:
    shares = []
    for seed in range(40):
        load = generate("xstyle", 400, seed=seed, demand="small-large").delivery[1:, 0]
        assert not ((load > 10) & (load < 50)).any()
        shares.append(np.mean(load <= 10))
    assert min(shares) >= 0.699
    assert max(shares) <= 0.951
    assert np.mean(shares) == pytest.approx(0.825, abs=0.04)


@pytest.mark.parametrize("route_size", [3.0, 6.5, 25.0])
@pytest.mark.parametrize("demand", DEMANDS)
def test_capacity_follows_the_formula_and_routes_hold_about_r_clients(route_size: float, demand: str) -> None:
    instance = generate("xstyle", 500, seed=6, demand=demand, route_size=route_size)
    load, capacity = instance.delivery[1:, 0], instance.capacities[0, 0]
    assert capacity == max(load.max(), ceil(route_size * load.sum() / 500))
    if capacity > load.max():
        assert capacity / load.mean() == pytest.approx(route_size, rel=0.1 if demand != "unit" else 0.34)


def test_route_size_is_triangular_between_3_and_25() -> None:
    names = [generate("xstyle", 100, seed=s).name for s in range(400)]
    sizes = np.array([float(re.search(r"-r([\d.]+)-", name).group(1)) for name in names])  # type: ignore[union-attr]
    assert sizes.min() >= 3
    assert sizes.max() <= 25
    assert sizes.mean() == pytest.approx(34 / 3, abs=0.9)  # standard deviation of the mean 0.24


def test_options_left_open_take_every_value() -> None:
    names = [generate("xstyle", 30, seed=s).name.split("-n30-")[1] for s in range(200)]
    assert {name[0] for name in names} == {"C", "E", "R"}
    assert {re.sub(r"\d", "", name.split("-")[1]) for name in names} == {"R", "C", "RC"}
    for demand in DEMANDS:
        assert any(f"-{demand}-r" in name for name in names)


def test_fixing_the_demand_leaves_the_places_as_they_were() -> None:
    free, fixed = generate("xstyle", 50, seed=7), generate("xstyle", 50, seed=7, demand="unit")
    assert np.array_equal(_places(free), _places(fixed))


@pytest.mark.parametrize("depot", get_args(Depot))
def test_small_instances_of_every_kind_exist(depot: str) -> None:
    for customers in get_args(Customers):
        for n in (1, 2, 3):
            assert generate("xstyle", n, seed=1, depot=depot, customers=customers).n_clients == n


def test_clusters_are_as_tight_as_in_the_published_files(instances: Path) -> None:
    """X-n303-k21 has eight seeds (C(8) in the paper's table): compare distances between neighbours."""
    rows = (instances / "X" / "X-n303-k21.vrp").read_text().split("NODE_COORD_SECTION")[1].split("DEMAND_SECTION")[0]
    numbers = np.array(rows.split(), dtype=np.float64).reshape(-1, 3)[1:, 1:]
    ours = [
        _between_neighbours(_places(generate("xstyle", 302, seed=s, customers="clustered", clusters=8))[1:])
        for s in range(20)
    ]
    assert min(ours) < _between_neighbours(numbers) < max(ours)


def _places(instance: Instance) -> np.ndarray:
    assert instance.coords is not None
    return instance.coords


def _densest(clients: np.ndarray) -> int:
    return int((np.linalg.norm(clients[:, None] - clients[None, :], axis=2) < 60).sum(axis=1).argmax())


def _between_neighbours(clients: np.ndarray) -> float:
    apart = np.linalg.norm(clients[:, None] - clients[None, :], axis=2)
    return float(np.sort(apart, axis=1)[:, 5].mean())
