"""Proofs of tours."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType


def shortest(instance: Instance) -> float:
    """By trying all orders."""
    orders = np.array([(0, *order) for order in permutations(range(1, instance.n_nodes))])
    return float(instance.distance(orders, np.roll(orders, -1, axis=1)).sum(axis=1).min())


@pytest.mark.parametrize("n", [2, 3, 4, 8])
@pytest.mark.parametrize("rounding", ["none", "round"])
def test_small_tours_are_proved(n: int, rounding: str) -> None:
    for seed in range(2):
        places = np.random.default_rng(seed).random((n, 2)) * 100
        instance = Instance.build(coords=places, rounding=rounding, vehicles=1)
        result = rw.solve(instance, solver="exact", time_limit=10)
        assert check(instance, result.solution, result.cost) == []
        assert result.cost == pytest.approx(shortest(instance), rel=1e-9)
        assert result.bound == pytest.approx(result.cost)
        assert result.optimal


@pytest.mark.parametrize("seed", range(3))
def test_tours_that_differ_there_and_back_are_proved(seed: int) -> None:
    ways = np.random.default_rng(seed).integers(1, 100, (8, 8)) * (1 - np.eye(8, dtype=int))
    instance = Instance.build(distances=ways, vehicles=1)
    result = rw.solve(instance, solver="exact", time_limit=10)
    assert result.cost == shortest(instance)
    assert result.optimal


@pytest.mark.parametrize(("name", "optimum"), [("berlin52", 7542), ("st70", 675)])
def test_public_tours_are_proved(instances: Path, name: str, optimum: float) -> None:
    path = instances / "tsplib" / f"{name}.tsp"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    result = rw.solve(rw.read(path), solver="exact", time_limit=30)
    assert (result.cost, result.bound) == (optimum, optimum)


def test_a_tour_too_long_to_prove_is_refused() -> None:
    instance = rw.generate("tsp", 300, 0)
    assert rw.supports("exact", instance) == ["more than 200 places of a tour"]
    assert rw.lower_bound(instance, time_limit=1).cost > 0  # type: ignore[operator]


def test_a_gap_is_the_distance_to_the_bound() -> None:
    instance = rw.generate("tsp", 150, 0)
    result = rw.solve(instance, solver="exact", time_limit=1.0)
    assert result.seconds < 1.0 * 1.05 + 0.3
    assert result.bound is not None
    assert result.gap == pytest.approx(100 * (result.cost - result.bound) / result.bound)


def test_a_vehicle_of_another_depot_drives_from_there() -> None:
    places = np.random.default_rng(1).integers(0, 100, (8, 2))
    vehicle = VehicleType(count=1, start=1, end=1)
    instance = Instance.build(coords=places, rounding="round", depots=2, vehicle_types=[vehicle])
    alone = Instance.build(coords=places[1:], rounding="round", vehicles=1)
    for solver in ("lk", "mcts", "exact"):
        assert rw.supports(solver, instance) == ["several depots"], solver
    result = rw.solve(instance, time_limit=0.5)
    assert result.solver == "search"
    assert result.cost == shortest(alone) == result.trajectory[-1].cost


def test_the_bound_of_no_clients_is_nothing() -> None:
    assert rw.lower_bound(Instance.build(coords=[[0, 0]], vehicles=1)).cost == 0.0


def test_of_whole_costs_one_less_is_better() -> None:
    instance = Instance.build(coords=[[0, 0], [2_500_000, 0]], rounding="round")
    result = rw.solve(instance, solver="search", stop=rw.Stop(iterations=10))
    assert not replace(result, bound=result.cost - 1).optimal
    assert replace(result, bound=result.cost - 0.4).optimal


def test_a_target_ends_the_proof() -> None:
    instance = rw.generate("tsp", 60, 1)
    result = rw.solve(instance, solver="exact", stop=rw.Stop(target=1e9, wall=60))
    assert result.feasible
    assert result.seconds < 5
