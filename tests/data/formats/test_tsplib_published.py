"""TSPLIB files against what is published about them: optima, the identity tour, assignment bounds."""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from routewright.data import Instance
from routewright.data.formats.read import read

OPTIMAL_TOURS = {  # as TSPLIB's .opt.tour files have them
    "att48": "1 8 38 31 44 18 7 28 6 37 19 27 17 43 30 36 46 33 20 47 21 32 39 48 5 42 24 10 45 35 4 26 2 29 34 41 "
    "16 22 3 23 14 25 13 11 12 15 40 9",
    "bayg29": "1 28 6 12 9 26 3 29 5 21 2 20 10 4 15 18 14 17 22 11 19 25 7 23 8 27 16 13 24",
    "berlin52": "1 49 32 45 19 41 8 9 10 43 33 51 11 52 14 13 47 26 27 28 12 25 4 6 15 5 24 48 38 37 40 39 36 35 34 "
    "44 46 16 29 50 20 23 30 2 7 42 21 17 3 18 31 22",
    "burma14": "1 2 14 3 4 5 6 12 7 13 8 11 9 10",
    "ulysses16": "1 14 13 12 7 6 15 5 11 9 10 16 3 2 4 8",
}
IDENTITY_TOURS = {"pcb442": 221_440, "gr666": 423_710}  # TSPLIB 95, for verifying distance functions


def optima(folder: Path) -> dict[str, int]:
    with (folder / "optima.csv").open() as stream:
        return {row["instance"]: int(row["optimal"]) for row in csv.DictReader(stream)}


def length(instance: Instance, tour: list[int]) -> float:
    return sum(float(instance.distance(a, b)) for a, b in pairwise([*tour, tour[0]]))


@pytest.mark.parametrize("name", OPTIMAL_TOURS)
def test_the_published_optimal_tour_has_the_published_length(instances: Path, name: str) -> None:
    instance = read(instances / "tsplib" / f"{name}.tsp")
    tour = [int(node) - 1 for node in OPTIMAL_TOURS[name].split()]
    assert sorted(tour) == list(range(instance.n_nodes))
    assert length(instance, tour) == optima(instances / "tsplib")[name]


@pytest.mark.parametrize("name", IDENTITY_TOURS)
def test_the_tour_in_file_order_has_the_published_length(instances: Path, name: str) -> None:
    instance = read(instances / "tsplib" / f"{name}.tsp")
    assert length(instance, list(range(instance.n_nodes))) == IDENTITY_TOURS[name]


def test_asymmetric_optima_lie_above_the_assignment_bound(instances: Path) -> None:
    optimal = optima(instances / "atsp")
    for path in sorted((instances / "atsp").glob("*.atsp")):
        bound = _assignment(read(path).distance_matrix())
        assert bound <= optimal[path.stem]
        if path.stem.startswith("rbg"):  # the bound is tight there
            assert bound == optimal[path.stem]
        elif path.stem != "br17":
            assert bound > 0.85 * optimal[path.stem]


def _assignment(matrix: np.ndarray) -> float:
    start, end = np.nonzero(~np.eye(len(matrix), dtype=bool))
    assignment = SimpleLinearSumAssignment()
    assignment.add_arcs_with_cost(start, end, matrix[start, end].astype(np.int64))
    assert assignment.solve() == assignment.OPTIMAL
    return float(assignment.optimal_cost())


def test_the_smallest_asymmetric_file_has_the_published_optimum(instances: Path) -> None:
    assert _held_karp(read(instances / "atsp" / "br17.atsp").distance_matrix()) == optima(instances / "atsp")["br17"]


def _held_karp(matrix: np.ndarray) -> float:
    """Length of a shortest tour (Held & Karp 1962), by sets of visited nodes."""
    n = len(matrix) - 1
    onward, best = matrix[1:, 1:], np.full((1 << n, n), np.inf)
    best[1 << np.arange(n), np.arange(n)] = matrix[0, 1:]
    for visited in range(1, 1 << n):
        ends = (best[visited][:, None] + onward).min(axis=0)
        new = [node for node in range(n) if not visited >> node & 1]
        after = visited | (1 << np.array(new, dtype=np.int64))
        best[after, new] = np.minimum(best[after, new], ends[new])
    return float((best[-1] + matrix[1:, 0]).min())


@pytest.mark.parametrize("name", ["bayg29", "brazil58", "hk48", "si175"])
def test_the_optimum_lies_between_a_spanning_tree_and_a_short_tour(instances: Path, name: str) -> None:
    instance = read(instances / "tsplib" / f"{name}.tsp")
    matrix, optimum = instance.distance_matrix(), optima(instances / "tsplib")[name]
    assert np.array_equal(matrix, matrix.T)
    assert _tree(matrix) < optimum <= _two_opt(matrix) < 1.1 * optimum


def _tree(matrix: np.ndarray) -> float:
    """Weight of a minimum spanning tree (Prim)."""
    near, weight = matrix[0].copy(), 0.0
    inside = np.zeros(len(matrix), dtype=bool)
    inside[0] = True
    while not inside.all():
        node = int(np.argmin(np.where(inside, np.inf, near)))
        weight += float(near[node])
        inside[node] = True
        near = np.minimum(near, matrix[node])
    return weight


def _two_opt(matrix: np.ndarray) -> float:
    """Length of a tour from the nearest neighbour, made shorter by reversals."""
    tour = [0]
    while len(tour) < len(matrix):
        row = matrix[tour[-1]].copy()
        row[tour] = np.inf
        tour.append(int(np.argmin(row)))
    order, improved = np.array(tour), True
    while improved:
        improved = False
        for i in range(1, len(order) - 1):
            after = np.roll(order, -1)[i:]
            gain = matrix[order[i - 1], order[i]] + matrix[order[i:], after]
            gain = gain - matrix[order[i - 1], order[i:]] - matrix[order[i], after]
            best = int(np.argmax(gain))
            if gain[best] > 0:
                order[i : i + best + 1] = order[i : i + best + 1][::-1].copy()
                improved = True
    return float(matrix[order, np.roll(order, -1)].sum())


def test_every_tsplib_file_is_read_with_its_own_rule(instances: Path) -> None:
    rules = {}
    for path in sorted((instances / "tsplib").glob("*.tsp")):
        instance = read(path)
        assert (instance.vehicle_types[0].count, instance.depots, instance.exact) == (1, 1, True)
        rules[path.stem] = instance.rounding
    assert len(rules) == 52
    assert {name for name, rule in rules.items() if rule == "ceil"} == {"dsj1000"}
    assert {name for name, rule in rules.items() if rule == "att"} == {"att48"}
    assert {name for name, rule in rules.items() if rule == "geo"} >= {"gr137", "gr666", "ulysses16", "burma14"}


def test_the_fixed_edge_of_linhp318_leaves_its_first_node(instances: Path) -> None:
    instance = read(instances / "tsplib" / "linhp318.tsp")
    matrix = instance.distance_matrix()
    plain = instance.replace(distances=None, metric="euclidean").distance_matrix()
    assert np.array_equal(matrix[1:], plain[1:])
    assert (matrix[0, 213], matrix[0].argsort()[1]) == (plain[0, 213], 213)
    assert np.sort(matrix[0])[2] > optima(instances / "tsplib")["linhp318"]
