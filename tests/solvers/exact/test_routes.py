"""Proofs of routes: the optimum of enumeration, bounds below it, and what is known of public files."""

from pathlib import Path

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.exact.capacity_cuts import violated
from routewright.solvers.exact.network import network
from routewright.solvers.exact.routes import Proof
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop
from tests.solvers import tiny
from tests.solvers.brute_force import best

MAKERS = ["cvrp", "unrounded", "limited_fleet", "vrptw", "vrptw_unrounded", "distance_limit"]


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("seed", range(4))
def test_the_proved_optimum_is_that_of_enumeration(maker: str, seed: int) -> None:
    instance = tiny.make(maker, seed, 6)
    cost, _ = best(instance)
    result = rw.solve(instance, solver="exact", time_limit=20)
    if cost == np.inf:
        assert not result.feasible
        return
    assert check(instance, result.solution, result.cost) == []
    assert result.cost == pytest.approx(cost, rel=1e-6)
    assert result.bound == pytest.approx(cost, rel=1e-6)
    assert result.optimal


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("seed", range(3))
def test_without_a_start_the_proof_comes_to_the_same(maker: str, seed: int) -> None:
    instance = tiny.make(maker, seed, 6)
    cost, _ = best(instance)
    answer = Proof(instance, Monitor(Stop(wall=20)), None).finish()
    if cost < np.inf:
        assert answer.bound == pytest.approx(cost, rel=1e-6)
        assert rw.evaluate(instance, answer.solution).cost == pytest.approx(cost, rel=1e-6)


@pytest.mark.parametrize("vehicle", [
    VehicleType(capacity=(15,), end=None), VehicleType(capacity=(15,), fixed_cost=50),
    VehicleType(capacity=(15,), count=3),
    VehicleType(capacity=(20,), max_duration=220),
])  # fmt: skip
def test_vehicles_of_all_kinds_it_knows(vehicle: VehicleType) -> None:
    for seed in range(3):
        instance = tiny.make("cvrp", seed, 6).replace(vehicle_types=(vehicle,))
        cost, _ = best(instance)
        result = rw.solve(instance, solver="exact", time_limit=20)
        assert (result.cost, result.bound) == (cost, cost)


@pytest.mark.parametrize("seed", range(3))
def test_roads_that_differ_there_and_back(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ways = rng.integers(5, 100, (7, 7)) * (1 - np.eye(7, dtype=int))
    instance = Instance.build(distances=ways, delivery=[0, *rng.integers(1, 9, 6)], capacity=15)
    result = rw.solve(instance, solver="exact", time_limit=20)
    assert result.cost == best(instance)[0] == result.bound


@pytest.mark.parametrize("seed", range(3))
def test_bounds_are_below_the_optimum_and_not_far(seed: int) -> None:
    instance = tiny.make("cvrp", seed, 7)
    cost, _ = best(instance)
    bound = rw.lower_bound(instance, time_limit=10).cost
    assert bound is not None
    assert 0.9 * cost <= bound <= cost


def test_cuts_are_found_and_keep_the_optimum() -> None:
    """One vehicle in two halves cannot carry all: the flow is cut off, no solution is."""
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [11, 0], [10, 1]], rounding="round", delivery=[0, 2, 2, 2], capacity=3
    )
    found = network(instance)
    flow = np.zeros((4, 4))
    for a, b, c in [(1, 2, 3), (2, 3, 1), (3, 1, 2)]:
        del c
        for way in [(0, a), (a, b), (b, 0)]:
            flow[way] += 0.5
    rows = violated(found, flow)
    assert rows
    whole = np.zeros((4, 4))
    whole[0, 1:] = whole[1:, 0] = 1.0
    for row in rows:
        assert flow[row.ways].sum() < row.least
        assert whole[row.ways].sum() >= row.least


def test_cuts_hold_for_every_solution() -> None:
    instance = tiny.make("cvrp", 2, 6)
    found = network(instance)
    demand, capacity = found.graph.demand, found.graph.capacity
    rng = np.random.default_rng(0)
    flow = rng.random((7, 7)) * (1 - np.eye(7)) / 6
    for row in violated(found, flow):
        inside = np.flatnonzero(row.ways.any(axis=0))
        assert row.least == max(1, np.ceil(demand[inside].sum() / capacity))
        outside = set(range(7)) - set(inside.tolist())
        assert all(row.ways[i, j] == (i in outside and j in set(inside.tolist())) for i in range(7) for j in range(7))


def test_a_proof_out_of_time_still_bounds() -> None:
    instance = generate("xstyle", 45, 3)
    result = rw.solve(instance, solver="exact", time_limit=1.5)
    assert result.seconds < 1.5 * 1.05 + 0.3
    assert result.feasible
    if result.bound is not None:
        assert result.bound <= result.cost


def test_what_cannot_be_proved_is_refused_with_reasons() -> None:
    instance = tiny.make("pairs", 0, 5)
    assert "pairs" in rw.supports("exact", instance)
    with pytest.raises(rw.UnsupportedError, match="pairs"):
        rw.lower_bound(instance)


def test_an_instance_without_a_solution_has_no_bound() -> None:
    instance = tiny.make("limited_fleet", 0, 6).replace(vehicle_types=(VehicleType(count=1, capacity=(10,)),))
    result = rw.solve(instance, solver="exact", time_limit=5)
    assert not result.feasible
    assert not result.optimal


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["P-n16-k8", "P-n19-k2", "P-n22-k2", "E-n22-k4"])
def test_public_optima_are_proved(instances: Path, name: str) -> None:
    path = next(iter((instances / "cvrp_classic").rglob(f"{name}.vrp")), None)
    if path is None:
        pytest.skip(f"{name} is not there")
    optimum = {"P-n16-k8": 450, "P-n19-k2": 212, "P-n22-k2": 216, "E-n22-k4": 375}[name]
    result = rw.solve(rw.read(path), solver="exact", time_limit=120)
    assert result.cost == optimum
    assert result.optimal


def test_a_bound_is_below_the_optimum_whenever_the_proof_ends(instances: Path) -> None:
    """The bound of one part is none of the others."""
    path = instances / "cvrp_classic" / "A" / "A-n34-k5.vrp"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    for parts in (1, 4, 10):
        answer = Proof(rw.read(path), Monitor(Stop(iterations=parts, wall=20)), None).finish()
        assert answer.bound is not None
        assert 770 <= answer.bound <= 778


@pytest.mark.parametrize("fields", [
    {"windows": [[0, 30], [0, np.inf], [0, np.inf]], "lateness_cost": 0.5},
    {"windows": [[[0, 20], [100, 200]], [[0, np.inf]] * 2, [[0, np.inf]] * 2]},
    {"service": [10, 0, 0], "vehicle_types": [VehicleType(max_duration=35)]},
])  # fmt: skip
def test_depots_are_no_clients(fields: dict[str, object]) -> None:
    """Their lateness may have a price, of several windows the last closing counts, and service is for reloads."""
    instance = Instance.build(coords=[[0, 0], [10, 0], [0, 10]], rounding="round", **fields)  # type: ignore[arg-type]
    cost, _ = best(instance)
    if "lateness_cost" in fields:
        assert rw.supports("exact", instance) == ["soft windows"]
    else:
        assert cost == 34
        assert (rw.lower_bound(instance).cost or 0.0) <= cost
        assert rw.solve(instance, solver="exact", time_limit=5).cost == cost
