"""Tours: optimal where that can be known, in time, repeatable."""

import csv
import time
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.data.vehicle import VehicleType
from routewright.solvers.monitor import Progress
from routewright.solvers.result import Result
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop


def shortest(instance: Instance) -> float:
    """By trying all orders."""
    orders = np.array([(0, *order) for order in permutations(range(1, instance.n_nodes))])
    ways = instance.distance(orders, np.roll(orders, -1, axis=1), 0).sum(axis=1)
    return float(ways.min()) * instance.vehicle_types[0].distance_cost / instance.scale


def sound(instance: Instance, result: Result) -> None:
    assert check(instance, result.solution, result.cost) == []
    assert result.cost == evaluate(instance, result.solution).cost
    assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=1e-7)


def on_roads(n: int, seed: int, *, whole: bool) -> Instance:
    ways = np.random.default_rng(seed).uniform(1.0, 100.0, (n, n))
    ways[np.arange(n), np.arange(n)] = 0.0
    return Instance.build(distances=np.rint(ways) if whole else ways, vehicles=1)


@pytest.mark.parametrize("n", [2, 3, 5, 7, 8, 9])
@pytest.mark.parametrize("kind", ["plane", "rounded", "whole roads", "roads"])
def test_small_tours_are_the_shortest(n: int, kind: str) -> None:
    for seed in range(3):
        if kind == "plane":
            instance = generate("tsp", n, seed)
        elif kind == "rounded":
            instance = Instance.build(coords=100 * generate("tsp", n, seed).coords, rounding="round", vehicles=1)  # type: ignore[operator]
        else:
            instance = on_roads(n, seed, whole=kind == "whole roads")
        result = solve(instance, solver="lk", stop=Stop(iterations=2_000), seed=seed)
        sound(instance, result)
        assert result.cost == pytest.approx(shortest(instance), rel=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_a_fixed_edge_is_driven_in_its_direction_on_the_shortest_such_tour(tmp_path: Path, seed: int) -> None:
    n, random = 8, np.random.default_rng(seed)
    first, second = random.permutation(np.arange(1, n + 1))[:2]
    places = "".join(f"{i + 1} {x} {y}\n" for i, (x, y) in enumerate(random.integers(0, 100, (n, 2))))
    head = f"TYPE: TSP\nDIMENSION: {n}\nEDGE_WEIGHT_TYPE: EUC_2D\n"
    path = tmp_path / "fixed.tsp"
    path.write_text(f"{head}NODE_COORD_SECTION\n{places}FIXED_EDGES_SECTION\n{first} {second}\n-1\nEOF\n")
    instance = read(path)
    result = solve(instance, solver="lk", stop=Stop(iterations=2_000), seed=seed)
    sound(instance, result)
    assert result.cost == shortest(instance)
    tour = [0, *result.solution.routes[0].stops]
    assert tour[(tour.index(first - 1) + 1) % n] == second - 1


@pytest.mark.parametrize("name", ["tsplib/berlin52.tsp", "tsplib/gr137.tsp", "tsplib/att48.tsp", "atsp/ftv33.atsp"])
def test_public_optima_are_found(instances: Path, name: str) -> None:
    path = instances / name
    if not path.exists():
        pytest.skip(f"no {path}")
    with (path.parent / "optima.csv").open() as stream:
        optima = {row[0]: row[1] for row in csv.reader(stream)}
    instance = read(path)
    result = solve(instance, solver="lk", stop=Stop(iterations=60_000), seed=1)
    sound(instance, result)
    assert result.cost == float(optima[path.stem])


def test_a_price_of_distance_and_heaps_of_cities_are_no_trouble() -> None:
    coords = np.repeat(np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 0.0]]), 20, axis=0)
    instance = Instance.build(coords=coords, vehicle_types=[VehicleType(count=1, distance_cost=2.5)])
    result = solve(instance, solver="lk", stop=Stop(iterations=500))
    sound(instance, result)
    assert result.cost == pytest.approx(2.5 * 16.0)


def test_iterations_and_a_seed_make_an_answer() -> None:
    instance = generate("tsp", 60, 1)
    one, again, other = (
        solve(instance, solver="lk", stop=Stop(iterations=700), seed=seed) for seed in (1, 1, 2)
    )  # fmt: skip
    assert one.solution == again.solution
    assert one.iterations == other.iterations == 700
    assert [point.cost for point in one.trajectory] == [point.cost for point in again.trajectory]


@pytest.mark.parametrize("n", [100, 1000])
def test_time_limits_are_kept(n: int) -> None:
    instance = generate("tsp", n, 1)
    solve(instance, solver="lk", time_limit=0.1)
    began = time.perf_counter()
    result = solve(instance, solver="lk", time_limit=0.5)
    assert time.perf_counter() - began < 0.5 * 1.05 + 0.3
    sound(instance, result)


def test_it_goes_on_from_a_tour_and_is_never_worse() -> None:
    instance = generate("tsp", 80, 3)
    good = solve(instance, solver="lk", stop=Stop(iterations=5_000)).solution
    told: list[Progress] = []
    result = solve(
        instance, solver="lk", stop=Stop(iterations=1), initial_solution=good, on_improvement=told.append
    )  # fmt: skip
    assert result.cost <= evaluate(instance, good).cost
    backwards = Solution.from_routes([good.routes[0].stops[::-1]])
    assert solve(instance, solver="lk", stop=Stop(iterations=1), initial_solution=backwards).cost <= result.cost + 1e-9


def test_whatever_is_more_than_a_tour_is_refused_in_words() -> None:
    assert supports("lk", generate("tsp", 9, 1)) == []
    assert supports("lk", generate("mtvrp", 9, 1)) == ["capacities", "fleets of more than one vehicle"]
    coords = generate("tsp", 9, 1).coords
    late = Instance.build(coords=coords, vehicles=1, windows=[[0.0, 5.0]] * 9)
    assert supports("lk", late) == ["time windows"]
