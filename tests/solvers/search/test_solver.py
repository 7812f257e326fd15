"""The search against every possible plan of small instances, and what a run promises."""

from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.data.vehicle import VehicleType
from routewright.solvers.result import Result
from routewright.solvers.search.phases import CAPACITY
from routewright.solvers.stop import Stop
from tests.solvers import tiny
from tests.solvers.brute_force import optimum
from tests.solvers.search.more_cases import EVERY

ITERATIONS = 3_000


def searched(instance: Instance, stop: Stop | None = None, **options: Any) -> Result:
    return rw.solve(instance, solver="search", stop=stop or Stop(iterations=ITERATIONS), **options)


def drawn(case: str, seed: int, n: int = 5) -> Instance:
    return EVERY[case](np.random.default_rng(seed), n)


def reachable(case: str, n: int) -> Instance:
    """With windows that are wide enough for everyone."""
    instance = drawn(case, 0, n)
    return instance.replace(windows=instance.windows + np.array([0, 150]))


@pytest.mark.parametrize("case", EVERY)
def test_small_instances_are_solved_to_the_optimum(case: str) -> None:
    solvable = 0
    for seed in range(8):
        instance = drawn(case, seed)
        least = optimum(instance)
        if least == inf:
            continue
        solvable += 1
        result = searched(instance, seed=seed)
        assert check(instance, result.solution, result.cost) == []
        assert result.cost == pytest.approx(least, rel=1e-7), f"seed {seed}"
    assert solvable > 4


@pytest.mark.parametrize("seed", range(10))
def test_a_client_that_is_reached_in_time_by_way_of_others_alone_is_served(seed: int) -> None:
    rng = np.random.default_rng(seed)
    road = rng.integers(30, 60, (6, 6)) * (1 - np.eye(6))
    road[0, 5] = 300
    road[0, 1] = road[1, 5] = 10
    instance = Instance.build(distances=road, windows=[[0, 900], *[[0, 800]] * 4, [0, 50]], delivery=1, capacity=3)
    assert check(instance, searched(instance, seed=seed).solution) == []


@pytest.mark.parametrize("case", EVERY)
def test_no_limit_is_ever_broken(case: str) -> None:
    """Shorter routes break limits too where arcs are longer than a detour."""
    for seed in range(6):
        result = searched(drawn(case, seed, n=25), Stop(iterations=1_000), seed=seed)
        assert {violation.kind for violation in result.violations} <= {"missing client"}


@pytest.mark.parametrize("case", EVERY)
def test_long_runs_which_combine_break_no_limit_either(case: str) -> None:
    instance = drawn(case, 5, n=12)
    result = searched(instance, Stop(iterations=CAPACITY.worthwhile * 12 * 5))
    assert {violation.kind for violation in result.violations} <= {"missing client"}


@pytest.mark.parametrize("case", ["capacity", "windows", "optional", "open"])
def test_seven_clients_take_a_second_at_most(case: str) -> None:
    instance = drawn(case, 100, n=7)
    result = searched(instance, Stop(wall=1.0, target=optimum(instance)))
    assert result.cost == pytest.approx(optimum(instance))
    assert result.seconds < 1.0


@pytest.mark.parametrize("case", EVERY)
def test_what_the_trajectory_says_last_is_what_the_answer_costs(case: str) -> None:
    instance = drawn(case, 3, n=25)
    result = searched(instance)
    assert check(instance, result.solution, result.cost) == []
    costs = [point.cost for point in result.trajectory]
    assert all(before > after for before, after in pairwise(costs))
    assert costs[-1] == pytest.approx(result.cost, rel=1e-6)
    assert all(a.iterations <= b.iterations and a.wall <= b.wall for a, b in pairwise(result.trajectory))


@pytest.mark.parametrize("case", ["capacity", "windows", "optional", "unrounded"])
def test_the_same_seed_and_iterations_give_the_same_answer(case: str) -> None:
    instance = drawn(case, 0, n=60)
    first, again, other = (searched(instance, seed=seed) for seed in (1, 1, 2))
    assert first.solution == again.solution
    assert [point.cost for point in first.trajectory] == [point.cost for point in again.trajectory]
    assert first.solution != other.solution
    assert first.iterations == again.iterations == ITERATIONS


@pytest.mark.parametrize("case", ["capacity", "windows"])
@pytest.mark.parametrize("clock", ["wall", "cpu"])
def test_limits_on_time_are_kept(case: str, clock: str) -> None:
    limit = Stop(wall=0.5) if clock == "wall" else Stop(cpu=0.5)
    result = searched(reachable(case, 200), limit)
    used = result.seconds if clock == "wall" else result.cpu_seconds
    assert 0.5 <= used <= 0.5 * 1.05 + 0.3
    assert result.feasible


def test_a_target_ends_the_run() -> None:
    instance = drawn("capacity", 0, n=60)
    target = searched(instance).cost + 1
    result = searched(instance, Stop(target=target, iterations=10 * ITERATIONS))
    assert result.cost <= target
    assert result.iterations < 10 * ITERATIONS


def test_a_run_ends_when_nothing_improves() -> None:
    result = searched(drawn("capacity", 0, n=30), Stop(no_improvement=2_000))
    assert 2_000 <= result.iterations - result.trajectory[-1].iterations < 4_000


def test_an_iteration_limit_of_zero_gives_the_start() -> None:
    result = searched(drawn("windows", 0, n=30), Stop(iterations=0))
    assert result.feasible
    assert result.iterations == 0


@pytest.mark.parametrize("case", EVERY)
def test_an_initial_solution_is_where_the_run_starts(case: str) -> None:
    instance = drawn(case, 5, n=25)
    good = searched(instance, seed=1)
    if not good.feasible:
        pytest.skip("a client cannot be reached")
    still = searched(instance, Stop(iterations=0), initial_solution=good.solution)
    assert still.cost == pytest.approx(good.cost)
    again = searched(instance, seed=2, initial_solution=good.solution)
    assert again.cost <= good.cost * (1 + 1e-9)
    assert again.trajectory[0].cost <= good.cost * (1 + 1e-6)


def test_an_infeasible_start_is_not_kept() -> None:
    instance = drawn("capacity", 0, n=25)
    start = Solution.from_routes([list(instance.clients)])
    assert check(instance, start)
    assert searched(instance, initial_solution=start).feasible


@pytest.mark.parametrize("case", ["capacity", "windows"])
def test_two_threads_give_one_checked_answer(case: str) -> None:
    instance = drawn(case, 0, n=100)
    result = searched(instance, Stop(wall=1.0), threads=2)
    assert check(instance, result.solution, result.cost) == []
    assert result.trajectory[-1].cost == pytest.approx(result.cost)


def test_without_clients_there_is_nothing_to_do() -> None:
    result = searched(Instance.build(coords=[[0, 0]], capacity=5), Stop(wall=5.0))
    assert result.feasible
    assert result.cost == 0
    assert result.solution.routes == ()
    assert result.seconds < 1.0


@pytest.mark.parametrize("windows", [None, [[0, 99], [0, 99]]])
def test_one_client_takes_one_route(windows: list[list[int]] | None) -> None:
    instance = Instance.build(coords=[[0, 0], [3, 4]], rounding="round", delivery=1, capacity=5, windows=windows)
    result = searched(instance)
    assert result.cost == 10
    assert [route.stops for route in result.solution] == [(1,)]


def test_clients_in_one_place_cost_nothing_more() -> None:
    instance = Instance.build(coords=[[0, 0], *[[3, 4]] * 6], rounding="round", delivery=1, capacity=3)
    assert searched(instance).cost == 20


def test_clients_at_the_depot_cost_nothing() -> None:
    result = searched(Instance.build(coords=[[1, 1]] * 4, rounding="round", delivery=1, capacity=2))
    assert result.feasible
    assert result.cost == 0


@pytest.mark.parametrize(
    ("vehicle", "windows", "reason"),
    [
        (VehicleType(), True, "its time window closes before a vehicle can arrive"),
        (VehicleType(max_distance=199), False, "the way to it and back exceeds the distance limit"),
        (VehicleType(max_duration=199), False, "the way to it and back exceeds the duration limit"),
    ],
)
def test_whoever_is_out_of_reach_is_named_and_the_others_are_served(
    vehicle: VehicleType, windows: bool, reason: str
) -> None:
    times = [[0, 999], [0, 99], [0, 99], [0, 99]] if windows else None
    coords = [[0, 0], [10, 0], [60, 80], [0, 10]]
    result = searched(Instance.build(coords=coords, rounding="round", windows=times, vehicle_types=[vehicle]))
    assert not result.feasible
    assert [violation.node for violation in result.violations] == [2]
    assert reason in str(result.violations[0])
    assert sorted(node for route in result.solution for node in route.stops) == [1, 3]


@pytest.mark.parametrize("windows", [False, True])
def test_a_fleet_that_is_too_small_serves_whom_it_can(windows: bool) -> None:
    vehicle = VehicleType(count=2, capacity=2)  # type: ignore[arg-type]
    fields = tiny.base(np.random.default_rng(0), 6) | {"delivery": 1}
    times = [[0, 900]] * 7 if windows else None
    result = searched(Instance.build(**fields, windows=times, vehicle_types=[vehicle]))
    assert not result.feasible
    assert len(result.solution) == 2
    assert sum(map(len, result.solution)) == 4
    assert len(result.violations) == 2


def test_a_tight_fleet_is_packed() -> None:
    """Two vehicles must be full to the brim; opening a third is not allowed."""
    fields = tiny.base(np.random.default_rng(3), 8) | {"delivery": [0, 5, 4, 3, 3, 5, 4, 2, 4]}
    vehicle = VehicleType(count=2, capacity=15)  # type: ignore[arg-type]
    assert searched(Instance.build(**fields, vehicle_types=[vehicle])).feasible


@pytest.mark.parametrize("case", ["cvrp", "vrptw", "mixed_fleet", "several_depots", "releases", "pairs"])
def test_a_start_without_some_clients_is_completed(case: str) -> None:
    instance = tiny.make(case, 2 if case == "pairs" else 1, 6)
    good = rw.solve(instance, solver="search", stop=Stop(iterations=2_000))
    assert good.feasible
    route = max(good.solution, key=len)
    start = Solution(tuple(each for each in good.solution if each is not route))
    result = rw.solve(instance, solver="search", stop=Stop(iterations=1), initial_solution=start)
    assert result.feasible
    served = {node for each in result.solution for node in each.stops}
    assert served == set(instance.clients)
