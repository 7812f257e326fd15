"""Bounds of tours: below all tours, close to the best one, exact where that is known."""

import csv
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from routewright.data.formats.read import read
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.solvers.exact.assignment import assignment
from routewright.solvers.exact.kernel.one_tree import LONGEST, ascend, flat
from routewright.solvers.exact.one_tree import longest
from routewright.solvers.exact.too_long import longer_by
from routewright.solvers.exact.tours import longest_tree
from routewright.solvers.lk.problem import problem
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop


def monitor(trees: int = 500) -> Monitor:
    return Monitor(Stop(iterations=trees))


def shortest_one_tree(ways: np.ndarray) -> float:
    """By trying all trees that Pruefer's sequences name, beside two ways from the first city."""
    n = len(ways)
    trees = []
    for code in np.ndindex(*(n - 1,) * (n - 3)):
        degree = np.bincount(code, minlength=n - 1) + 1
        length, left = 0.0, degree.copy()
        for node in code:
            leaf = int(np.flatnonzero(left == 1)[0])
            length += ways[leaf + 1, node + 1]
            left[leaf] -= 1
            left[node] -= 1
        a, b = np.flatnonzero(left == 1)
        trees.append(length + ways[a + 1, b + 1])
    return float(min(trees) + np.sort(ways[0, 1:])[:2].sum())


def small(seed: int, n: int = 6) -> Instance:
    places = np.random.default_rng(seed).integers(0, 100, (n, 2))
    return Instance.build(coords=places, rounding="round", vehicles=1)


@pytest.mark.parametrize("seed", range(5))
def test_the_first_tree_is_the_shortest_one_tree(seed: int) -> None:
    instance = small(seed)
    tree = flat(6)
    ascend(problem(instance).asked, tree, 1, 0.0, 1)
    assert tree.tally[LONGEST] == shortest_one_tree(instance.distance_matrix())


@pytest.mark.parametrize("seed", range(5))
def test_penalties_change_all_tours_alike(seed: int) -> None:
    instance = small(seed)
    tree = flat(6)
    penalty = np.random.default_rng(seed).integers(-20, 20, 6)
    tree.penalty[:] = penalty
    ascend(problem(instance).asked, tree, 1, 0.0, 1)
    ways = instance.distance_matrix() + penalty[:, None] + penalty[None, :]
    assert tree.tally[LONGEST] == shortest_one_tree(ways) - 2 * penalty.sum()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rounding", ["none", "round"])
def test_no_tour_beats_the_bound(seed: int, rounding: str) -> None:
    places = np.random.default_rng(seed).random((7, 2)) * 100
    instance = Instance.build(coords=places, rounding=rounding, vehicles=1)
    orders = np.array([(0, *order) for order in permutations(range(1, 7))])
    best = instance.distance(orders, np.roll(orders, -1, axis=1)).sum(axis=1).min()
    bound = longest(instance, monitor()).cost
    assert 0.9 * best <= bound <= best + 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_asymmetric_tours_are_bounded_by_the_better_of_two_ways(seed: int) -> None:
    ways = np.random.default_rng(seed).integers(1, 100, (7, 7)) * (1 - np.eye(7, dtype=int))
    instance = Instance.build(distances=ways, vehicles=1)
    orders = np.array([(0, *order) for order in permutations(range(1, 7))])
    best = ways[orders, np.roll(orders, -1, axis=1)].sum(axis=1).min()
    bound = longest_tree(instance, monitor()).cost
    assert assignment(instance) <= bound <= best


def test_an_assignment_without_subtours_is_the_best_tour() -> None:
    ways = np.full((5, 5), 10.0)
    ways[np.arange(5), (np.arange(5) + 1) % 5] = 1.0
    assert assignment(Instance.build(distances=ways, vehicles=1)) == 5.0


def test_what_a_way_adds_to_the_tree_is_what_the_tree_with_it_costs() -> None:
    ways = small(3).distance_matrix()
    penalty = np.array([3.0, -2.0, 0.0, 5.0, -4.0, 1.0])
    penalised = ways + penalty[:, None] + penalty[None, :]
    shortest = shortest_one_tree(penalised)
    grows = longer_by(ways, penalty)
    for i, j in [(1, 2), (1, 5), (2, 4), (3, 5), (0, 1), (0, 4)]:
        free = penalised.copy()
        free[i, j] = free[j, i] = -1000.0  # taken in any case
        with_it = shortest_one_tree(free) + 1000.0 + penalised[i, j]
        assert grows[i, j] == pytest.approx(with_it - shortest)


@pytest.mark.parametrize(("name", "share"), [("berlin52", 1.0), ("eil51", 0.985), ("kroB100", 0.98), ("gr137", 0.98)])
def test_public_tours_are_bounded_closely(instances: Path, name: str, share: float) -> None:
    path = instances / "tsplib" / f"{name}.tsp"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    with (instances / "tsplib" / "optima.csv").open() as file:
        optimum = {row[0]: row[1] for row in csv.reader(file)}[name]
    bound = longest(read(path), monitor(2_000)).cost
    assert share * float(optimum) <= bound <= float(optimum)


def test_a_time_limit_is_kept() -> None:
    clock = Monitor(Stop(wall=0.2))
    longest(generate("tsp", 700, 1), clock)
    assert clock.wall() < 0.6
