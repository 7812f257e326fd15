"""Large instances, region by region, on small ones that are taken for large."""

from pathlib import Path

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.data.vehicle import VehicleType
from routewright.solvers.result import Result
from routewright.solvers.search import divide, nearness
from routewright.solvers.search.whole import Whole, route_cost
from routewright.solvers.stop import Stop
from tests.solvers import tiny
from tests.solvers.search.more_cases import EVERY

N = 150


@pytest.fixture(autouse=True)
def small_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divide, "WHOLE_LIMIT", 20)
    monkeypatch.setattr(divide, "REGION", 40)
    monkeypatch.setattr(divide, "FIXED_VISIT", 1_000)
    monkeypatch.setattr(nearness, "PIECE", 50)
    monkeypatch.setattr(nearness, "LINKS", 15)


def wide(instance: Instance) -> Instance:
    """With windows in which everyone can be reached."""
    return instance.replace(windows=instance.windows + np.array([0, 200]))


def drawn(case: str) -> Instance:
    instance = EVERY[case](np.random.default_rng(1), N)
    return wide(instance) if case == "windows" else instance


def searched(instance: Instance, iterations: int = 20_000, seed: int = 0, start: Solution | None = None) -> Result:
    stop = Stop(iterations=iterations)
    return rw.solve(instance, solver="search", stop=stop, seed=seed, initial_solution=start)


@pytest.mark.parametrize(
    "case", ["capacity", "windows", "hours", "distance", "unrounded", "asymmetric", "fixed cost", "open", "optional"]
)
def test_answers_are_feasible_complete_and_better_than_their_start(case: str) -> None:
    result = searched(drawn(case))
    assert check(result.instance, result.solution, result.cost) == []
    visited = [node for route in result.solution for node in route.stops]
    assert sorted([*visited, *result.solution.unserved]) == list(result.instance.clients)
    costs = [point.cost for point in result.trajectory]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0]
    assert costs[-1] == pytest.approx(result.cost)


@pytest.mark.parametrize("windows", [False, True])
def test_the_fleet_limit_is_kept(windows: bool) -> None:
    fields = tiny.base(np.random.default_rng(2), N)
    count = int(np.ceil(sum(fields["delivery"]) / 50 * 1.15))
    vehicle = VehicleType(count=count, capacity=50)  # type: ignore[arg-type]
    times = [[0, 9000]] * (N + 1) if windows else None
    result = searched(Instance.build(**fields, windows=times, vehicle_types=[vehicle]))
    assert len(result.solution) <= count
    assert result.feasible


def test_the_same_seed_gives_the_same_answer() -> None:
    first, again, other = (searched(drawn("capacity"), 5_000, seed) for seed in (1, 1, 2))
    assert first.solution == again.solution
    assert first.solution != other.solution


def test_a_given_start_is_improved() -> None:
    instance = drawn("capacity")
    given = searched(instance, 5_000)
    result = searched(instance, 5_000, seed=3, start=given.solution)
    assert result.trajectory[0].cost <= given.cost
    assert result.cost <= given.cost


def test_a_start_at_the_edge_of_the_tolerance_is_taken() -> None:
    """The judge lets it pass, whole units would not."""
    instance = Instance.build(coords=np.random.default_rng(0).random((31, 2)), delivery=1)
    start = Solution.from_routes([list(instance.clients)])
    vehicle = VehicleType(max_distance=evaluate(instance, start).cost * (1 - 0.9e-6))
    tight = instance.replace(vehicle_types=(vehicle,))
    assert check(tight, start) == []
    assert searched(tight, 100, start=start).feasible


def test_a_client_out_of_reach_is_lost_alone() -> None:
    instance = drawn("windows")
    times = instance.windows.copy()
    times[7] = [[0, 0]]
    result = searched(instance.replace(windows=times))
    assert not result.feasible
    assert [violation.node for violation in result.violations] == [7]


def test_the_wall_limit_is_kept() -> None:
    result = rw.solve(drawn("windows"), solver="search", time_limit=1.0)
    assert result.feasible
    assert result.seconds <= 1.0 * 1.05 + 0.3


def cut(instance: Instance) -> list["np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    return list(np.array_split(np.arange(1, N - 9), 30))


def test_a_region_is_whole_routes_around_its_centre() -> None:
    instance = drawn("optional")
    whole = Whole(instance, cut(instance))
    for centre in (1, 70, N):
        numbers, unserved = whole.region(centre, 40)
        inside = np.concatenate([whole.routes[number] for number in numbers])
        assert len(set(numbers.tolist())) == len(numbers)
        assert 1 <= len(inside) <= 40
        assert centre in inside or centre in unserved
        assert set(unserved.tolist()) <= set(whole.unserved.tolist()) == set(range(N - 9, N + 1))


def test_a_region_has_a_route_even_if_that_is_too_long() -> None:
    instance = drawn("capacity")
    numbers, _ = Whole(instance, cut(instance)).region(1, 1)
    assert len(numbers) == 1


def test_replacing_routes_keeps_costs_and_places() -> None:
    instance = drawn("optional")
    whole = Whole(instance, cut(instance))
    before = whole.copy()
    numbers, unserved = whole.region(5, 40)
    gone = np.concatenate([whole.routes[number] for number in numbers])
    new = [gone[::-1], unserved[:1]]
    whole.replace(numbers, [route for route in new if len(route)])
    everyone = np.concatenate(whole.routes)
    assert len(set(everyone.tolist())) == len(everyone)
    assert sorted([*everyone.tolist(), *whole.unserved.tolist()]) == list(instance.clients)
    left_out = whole.unserved.tolist()
    solution = Solution.from_routes([route.tolist() for route in whole.routes], left_out)
    prizes = float(instance.prize[left_out].sum())
    assert whole.cost == pytest.approx(sum(route_cost(instance, route) for route in whole.routes) + prizes)
    assert whole.cost == pytest.approx(evaluate(instance, solution).cost)
    assert [route.tolist() for route in before.routes] == [route.tolist() for route in cut(instance)]
    assert before.unserved.tolist() == list(range(N - 9, N + 1))


def test_those_who_must_be_served_come_first() -> None:
    instance = drawn("capacity")
    full = Whole(instance, [np.array([client]) for client in instance.clients])
    short = Whole(instance, [np.array([client]) for client in instance.clients[:-1]])
    assert full.is_complete
    assert not short.is_complete
    assert full.rank < short.rank
    assert short.cost < full.cost


@pytest.mark.slow
def test_a_city_of_three_thousand_clients(monkeypatch: pytest.MonkeyPatch, instances: Path) -> None:
    monkeypatch.undo()
    (path,) = instances.rglob("Leuven1.vrp")
    result = rw.solve(rw.read(path), solver="search", time_limit=3.0)
    assert result.feasible
    assert result.trajectory[-1].cost < result.trajectory[0].cost
    assert result.seconds <= 3.0 * 1.05 + 0.3
    assert result.cost < 1.06 * 192_848  # the best known


def test_several_threads_anneal_regions_that_share_no_route() -> None:
    instance = drawn("capacity")
    result = rw.solve(instance, solver="search", stop=Stop(iterations=20_000), threads=3)
    assert check(instance, result.solution, result.cost) == []
    whole = Whole(instance, [np.array(route.stops) for route in result.solution])
    random = np.random.default_rng(0)
    for _ in range(10):
        regions = divide._regions(whole, random, 3)
        numbers = [number for region in regions for number in region.numbers.tolist()]
        assert len(numbers) == len(set(numbers))
        assert 1 <= len(regions) <= 3


def test_several_threads_keep_the_fleet_limit() -> None:
    fields = tiny.base(np.random.default_rng(2), N)
    count = int(np.ceil(sum(fields["delivery"]) / 50 * 1.1))
    vehicle = VehicleType(count=count, capacity=(50,))
    instance = Instance.build(**fields, vehicle_types=[vehicle])
    result = rw.solve(instance, solver="search", stop=Stop(iterations=20_000), threads=3)
    assert result.feasible
    assert len(result.solution) <= count


def test_a_start_without_some_clients_is_completed_region_by_region() -> None:
    instance = drawn("capacity")
    good = searched(instance, 5_000)
    start = Solution(good.solution.routes[2:])
    result = searched(instance, 20_000, start=start)
    assert result.feasible
