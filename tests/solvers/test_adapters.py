"""OR-Tools and PyVRP behind our door: right, in time, repeatable."""

import os
import signal
import threading
import time
from itertools import pairwise
from math import inf
from pathlib import Path

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.errors import UnsupportedError
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read, read_solution
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Battery, Break, VehicleType
from routewright.solvers.monitor import Progress
from routewright.solvers.result import Result
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.brute_force import optimum
from tests.solvers.tiny import MAKERS, base, make

ADAPTERS = ("pyvrp", "ortools")
UNKNOWN: dict[str, set[str]] = {"pyvrp": {"soft_windows"}, "ortools": set()}
KNOWN = [(adapter, feature) for adapter in ADAPTERS for feature in MAKERS if feature not in UNKNOWN[adapter]]
STEPS = {"pyvrp": 300, "ortools": 400}

both = pytest.mark.parametrize("adapter", ADAPTERS)


def steps(adapter: str, count: int | None = None, seed: int = 0) -> Stop:
    return Stop(iterations=STEPS[adapter] if count is None else count, wall=20)


@pytest.fixture
def hundred() -> Instance:
    rng = np.random.default_rng(8)
    return Instance.build(**base(rng, 100), capacity=50)


def _agree(instance: Instance, result: Result, best: float) -> None:
    """The answer is the oracle's, and the library counted as we do."""
    if best == inf:
        assert not result.feasible
        return
    assert result.feasible
    close = {"rel": 0, "abs": 0} if instance.exact else {"rel": 1e-6}
    assert result.cost == pytest.approx(best, **close)
    assert result.trajectory[-1].cost == pytest.approx(result.cost, **close)


@pytest.mark.parametrize(("adapter", "feature"), KNOWN)
def test_it_finds_the_optimum_of_tiny_instances(adapter: str, feature: str) -> None:
    instance = make(feature, seed=0, n=5)
    _agree(instance, solve(instance, solver=adapter, stop=steps(adapter)), optimum(instance))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize(("adapter", "feature"), KNOWN)
def test_it_finds_the_optimum_of_many_tiny_instances(adapter: str, feature: str, seed: int) -> None:
    instance = make(feature, seed, n=6)
    _agree(instance, solve(instance, solver=adapter, stop=Stop(cpu=1.0, wall=10)), optimum(instance))


@pytest.mark.slow
@pytest.mark.parametrize("feature", ["cvrp", "vrptw", "duration_limit"])
@pytest.mark.parametrize("seed", range(3))
@both
def test_seven_clients_take_no_luck_either(adapter: str, feature: str, seed: int) -> None:
    instance = make(feature, seed, n=7)
    _agree(instance, solve(instance, solver=adapter, stop=Stop(cpu=1.0, wall=10)), optimum(instance))


@pytest.mark.parametrize(
    ("adapter", "feature"), [(adapter, feature) for adapter in ADAPTERS for feature in sorted(UNKNOWN[adapter])]
)
def test_features_it_does_not_know_are_refused(adapter: str, feature: str) -> None:
    with pytest.raises(UnsupportedError, match=f"^{adapter} does not know "):
        solve(make(feature, 0), solver=adapter)


def _with_vehicle(**fields: object) -> Instance:
    return Instance.build(coords=np.eye(4)[:, :2], rounding="round", vehicle_types=[VehicleType(**fields)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("instance", "reason", "refused_by"),
    [
        (_with_vehicle(breaks=(Break(0, 9, 1),)), "breaks", ("pyvrp",)),
        (_with_vehicle(breaks=(Break(0, 9, 1),), duration_cost=1), "breaks where time has a price", ("ortools",)),
        (_with_vehicle(battery=Battery(5)), "batteries", ("pyvrp",)),
        (_with_vehicle(battery=Battery(5), count=2), "batteries in a limited fleet", ("ortools",)),
        (_with_vehicle(battery=Battery(5), duration_cost=2), "batteries where time has a price", ("ortools",)),
        (_with_vehicle(reload_depots=(0,)), "reloads", ("ortools",)),
        (_with_vehicle(shift=(-5, -1)), "times before 0", ADAPTERS),
        (
            _with_vehicle(preference=((1, -3.0),), max_distance=9),
            "preferences or negative prizes together with a distance limit",
            ("pyvrp",),
        ),
        (_with_vehicle().replace(split=True), "split deliveries", ADAPTERS),
        (_with_vehicle().replace(speed_periods=np.array([[0.0, 1.0], [9, 2]])), "speed_periods", ADAPTERS),
        (_with_vehicle().replace(objective="max_route"), "objective max_route", ("pyvrp",)),
        (_with_vehicle().replace(backhaul="classic"), "classic backhauls with clients that have no load", ADAPTERS),
    ],
)
def test_reasons_are_plain_words(instance: Instance, reason: str, refused_by: tuple[str, ...]) -> None:
    for adapter in ADAPTERS:
        assert (reason in supports(adapter, instance)) == (adapter in refused_by)


@both
def test_the_same_seed_gives_the_same_answer(adapter: str, hundred: Instance) -> None:
    first, again, other = (solve(hundred, solver=adapter, stop=Stop(iterations=20), seed=seed) for seed in (3, 3, 4))
    assert first.solution == again.solution
    assert first.iterations == again.iterations == 20
    assert first.solution != other.solution


@both
def test_it_keeps_its_time_limit(adapter: str, hundred: Instance) -> None:
    begin = time.perf_counter()
    result = solve(hundred, solver=adapter, time_limit=0.6)
    assert result.feasible
    assert time.perf_counter() - begin <= 0.6 * 1.05 + 0.3


@both
def test_it_keeps_its_limit_of_processor_time(adapter: str, hundred: Instance) -> None:
    result = solve(hundred, solver=adapter, stop=Stop(cpu=0.4))
    assert 0.4 <= result.cpu_seconds <= 0.4 * 1.05 + 0.3


@both
def test_it_stops_at_the_target_or_when_stuck(adapter: str, hundred: Instance) -> None:
    first = solve(hundred, solver=adapter, stop=Stop(iterations=30))
    target = first.trajectory[len(first.trajectory) // 2].cost
    assert solve(hundred, solver=adapter, stop=Stop(target=target), time_limit=20).iterations < 30
    assert solve(make("cvrp", 0), solver=adapter, stop=Stop(no_improvement=50, wall=20)).seconds < 10


@both
def test_improvements_fall_and_hand_out_solutions(adapter: str, hundred: Instance) -> None:
    heard: list[Progress] = []
    result = solve(hundred, solver=adapter, stop=Stop(iterations=30), on_improvement=heard.append)
    costs = [progress.cost for progress in heard]
    assert costs == sorted(set(costs), reverse=True)
    for progress in heard:
        assert progress.solution is not None
        assert check(hundred, progress.solution, progress.cost) == []
    assert costs[-1] == result.cost
    assert all(0 <= a.cpu <= b.cpu for a, b in pairwise(heard))


@both
def test_it_starts_from_a_given_solution(adapter: str, hundred: Instance) -> None:
    good = solve(hundred, solver=adapter, stop=Stop(iterations=60))
    again = solve(hundred, solver=adapter, stop=Stop(iterations=1), initial_solution=good.solution)
    assert again.trajectory[0].cost == good.cost


@both
@pytest.mark.parametrize(
    "feature", ["vrptw", "pairs", "mixed_fleet", "optional_clients", "open_routes", "several_depots"]
)
def test_it_starts_from_solutions_of_every_kind(adapter: str, feature: str) -> None:
    instance = make(feature, seed=2)
    good = solve(instance, solver=adapter, stop=steps(adapter))
    again = solve(instance, solver=adapter, stop=Stop(iterations=1), initial_solution=good.solution)
    assert again.trajectory[0].cost == good.cost


@both
@pytest.mark.parametrize("order", [[1, 2, 3, 4, 5, 6], [1, 1, 2], []])
def test_a_bad_start_does_no_harm(adapter: str, order: list[int]) -> None:
    instance = make("cvrp", seed=0)
    start = Solution.from_routes([order])
    assert solve(instance, solver=adapter, stop=steps(adapter), initial_solution=start).cost == optimum(instance)


@both
def test_ctrl_c_keeps_the_best_so_far(adapter: str, hundred: Instance) -> None:
    timer = threading.Timer(0.7, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    result = solve(hundred, solver=adapter, time_limit=30)
    timer.join()
    assert result.feasible
    assert result.seconds < 5


@both
def test_an_error_of_the_listener_is_not_swallowed(adapter: str, hundred: Instance) -> None:
    def fail(progress: Progress) -> None:
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        solve(hundred, solver=adapter, time_limit=10, on_improvement=fail)


@both
@pytest.mark.parametrize("n", [0, 1, 2])
def test_almost_nothing_to_do_is_done(adapter: str, n: int) -> None:
    instance = Instance.build(coords=[[3 * i, 4 * i] for i in range(n + 1)], rounding="round")
    result = solve(instance, solver=adapter, stop=Stop(iterations=5))
    assert result.feasible
    assert result.cost == 10 * n


@both
def test_too_few_vehicles_are_told_as_infeasible(adapter: str) -> None:
    fields = base(np.random.default_rng(0), 6) | {"delivery": [0, *[5] * 6]}
    instance = Instance.build(**fields, capacity=9, vehicles=3)
    result = solve(instance, solver=adapter, stop=Stop(iterations=300))
    assert not result.feasible
    assert result.solution == Solution()
    assert len(result.violations) == 6


@both
def test_a_search_without_hope_ends_under_an_iteration_limit(adapter: str) -> None:
    """Ten clients far apart, all open at the same moment, one vehicle."""
    coords = np.array([[0, 0], *([i, 50] for i in range(10))])
    windows = np.array([[0, 900.0], *[[100.0, 100.0]] * 10])
    instance = Instance.build(coords=coords, rounding="round", windows=windows, vehicles=1, capacity=99)
    begin = time.perf_counter()
    assert not solve(instance, solver=adapter, stop=Stop(iterations=50)).feasible
    assert time.perf_counter() - begin < 30


@both
def test_the_others_are_served_where_one_client_cannot_be(adapter: str) -> None:
    windows = [[0.0, 400.0], [0.0, 300.0], [0.0, 300.0], [0.0, 9.0]]
    instance = Instance.build(
        coords=[[0, 0], [30, 0], [0, 40], [50, 50]],
        rounding="round",
        windows=windows,
        delivery=[0, 1, 1, 1],
        capacity=5,
    )
    result = solve(instance, solver=adapter, stop=steps(adapter, 50))
    assert not result.feasible
    assert sorted(stop for route in result.solution for stop in route.stops) == [1, 2]
    assert [str(violation) for violation in result.violations] == [
        "client 3 cannot be served: its time window closes before a vehicle can arrive (71 > 9)"
    ]


@both
@pytest.mark.parametrize("shift", [(500.0, 600.0), (0.0, 400.0)])
def test_a_vehicle_that_can_only_stay_at_home_does_so(adapter: str, shift: tuple[float, float]) -> None:
    """Its shift begins when the depot has closed; or it leaves a depot that opens too late."""
    types = [VehicleType(start=1, end=1, shift=(0.0, 900.0)), VehicleType(fixed_cost=-0.0, shift=shift)]
    instance = Instance.build(
        coords=[[0, 0], [0, 9], [30, 0]], rounding="round", depots=2, vehicle_types=types,
        windows=[[450.0, 480.0], [0.0, 900.0], [0.0, 900.0]],
    )  # fmt: skip
    result = solve(instance, solver=adapter, stop=steps(adapter, 50))
    assert result.feasible
    assert result.cost == optimum(instance)


def test_where_all_vehicles_must_stay_at_home_none_is_asked() -> None:
    vehicle = VehicleType(shift=(0.0, 400.0))
    instance = Instance.build(coords=[[0, 0], [9, 0]], windows=[[450.0, 480.0], [0.0, 900.0]], vehicle_types=[vehicle])
    for adapter in ("pyvrp", "ortools"):
        assert supports(adapter, instance) == ["shifts that end before their depots open, all of them"]
    assert not solve(instance, solver="search", stop=Stop(iterations=10)).feasible


def test_pyvrp_does_without_a_start_that_its_model_has_no_words_for() -> None:
    instance = Instance.build(coords=[[0, 0], [9, 0], [0, 9]], rounding="round", delivery=[0, 1, 1], capacity=2)
    for start in (Solution((Route(((1,), (2,))),)), Solution((Route(((1,), (2,)), reloads=(0,)),))):
        assert solve(instance, solver="pyvrp", stop=steps("pyvrp"), initial_solution=start).feasible


@both
def test_the_others_are_served_where_a_group_cannot_be(adapter: str) -> None:
    windows = [[0.0, 400.0], [0.0, 300.0], [0.0, 300.0], [0.0, 9.0]]
    instance = Instance.build(
        coords=[[0, 0], [30, 0], [0, 40], [50, 50]],
        rounding="round",
        windows=windows,
        delivery=[0, 1, 1, 1],
        group=[-1, 0, -1, 7],
        capacity=5,
    )
    result = solve(instance, solver=adapter, stop=steps(adapter, 50))
    assert sorted(stop for route in result.solution for stop in route.stops) == [1, 2]
    (violation,) = result.violations
    assert str(violation).startswith("group 7 cannot be served: none of its 1 clients can; client 3")


@both
@pytest.mark.parametrize("required", [True, False])
def test_pairs_that_cannot_be_are_left_out(adapter: str, required: bool) -> None:
    """Client 4 closes before client 3 opens; the pair 1, 2 is served on the way out to 20."""
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [20, 0], [30, 0], [30, 0]],
        rounding="round",
        windows=[[0, 900], [0, 900], [0, 900], [500, 900], [0, 400]],
        pickup=[0, 1, 0, 1, 0],
        delivery=[0, 0, 1, 0, 1],
        pairs=[[1, 2], [3, 4]],
        required=[False, True, True, required, required],
        prize=[0, 0, 0, 7, 8],
        capacity=5,
    )
    result = solve(instance, solver=adapter, stop=steps(adapter, 50))
    assert [route.stops for route in result.solution] == [(1, 2)]
    assert result.feasible is not required
    if required:
        assert str(result.violations[0]) == "pair 3, 4 cannot be served: node 4 closes before node 3 opens"
        assert result.trajectory == ()
    else:
        assert result.cost == 40 + 15 == result.trajectory[-1].cost


@both
def test_instants_between_two_scaled_numbers_can_be_met(adapter: str) -> None:
    """A window of no width at 1/3 + 10, on coordinates that need scaling too."""
    instant = 10 + 1 / 3
    instance = Instance.build(
        coords=np.array([[0, 0], [1, 1], [2.5, 3]]),
        windows=np.array([[0, 99], [instant, instant], [0, 99]]),
        vehicles=1,
        capacity=5,
    )
    result = solve(instance, solver=adapter, stop=steps(adapter, 50))
    assert result.feasible
    assert result.cost == pytest.approx(optimum(instance), rel=1e-6)


def test_pyvrp_reloads_where_one_vehicle_must_drive_twice() -> None:
    """Two clients of full loads, 10 to the right and 10 to the left, with 5 of service at the reload."""
    vehicle = VehicleType(count=1, capacity=4, reload_depots=(0,), max_trips=2, duration_cost=1)  # type: ignore[arg-type]
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [-10, 0]],
        rounding="round",
        delivery=[0, 4, 4],
        service=[5, 0, 0],
        vehicle_types=[vehicle],
    )
    result = solve(instance, solver="pyvrp", stop=steps("pyvrp"))
    assert result.feasible
    assert [len(route.trips) for route in result.solution] == [2]
    assert result.cost == 40 + 45 == result.trajectory[-1].cost
    again = solve(instance, solver="pyvrp", stop=Stop(iterations=1), initial_solution=result.solution)
    assert again.trajectory[0].cost == 85


def test_pyvrp_sends_a_second_trip_after_its_release() -> None:
    """Client 2 is released at 100: leaving again then, back at 120, beats waiting for both (a detour)."""
    vehicle = VehicleType(count=1, capacity=8, reload_depots=(0,), shift=(0, 120))  # type: ignore[arg-type]
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [-10, 0]],
        rounding="round",
        delivery=[0, 4, 4],
        release=[0, 0, 100],
        vehicle_types=[vehicle],
    )
    result = solve(instance, solver="pyvrp", stop=steps("pyvrp"))
    assert result.feasible
    assert [route.trips for route in result.solution] == [((1,), (2,))]


def test_ortools_uses_the_window_that_fits() -> None:
    """Client 1 is open at 0 to 5 and again at 50 to 60; 10 away, it is served in its second window."""
    windows = np.array([[[0, 200.0]] * 2, [[0, 5], [50, 60]], [[0, 20], [100, 120]]])
    instance = Instance.build(coords=[[0, 0], [10, 0], [20, 0]], rounding="round", windows=windows, capacity=9,
                              vehicles=1, delivery=[0, 1, 1])  # fmt: skip
    result = solve(instance, solver="ortools", stop=steps("ortools", 100))
    assert result.feasible
    assert result.cost == 40 == optimum(instance)


@both
@pytest.mark.parametrize(
    ("name", "best_known", "gap"),
    [
        ("X/X-n101-k25.vrp", 27591, 0.08),
        ("solomon/R102.txt", 1466.6, 0.15),
        ("cvrp_classic/CMT/CMT6.vrp", 555.43, 0.15),
    ],
)
def test_public_instances_are_solved_within_reason(
    adapter: str, name: str, best_known: float, gap: float, instances: Path
) -> None:
    if not (instances / name).exists():
        pytest.skip(f"no {name}")
    result = solve(read(instances / name), solver=adapter, time_limit=1.5)
    assert result.feasible
    assert best_known * (1 - 1e-6) <= result.cost <= best_known * (1 + gap)
    assert evaluate(result.instance, result.solution).cost == result.cost


PUBLISHED = {
    "vrpb": ADAPTERS,
    "hfvrp": ("pyvrp",),  # OR-Tools builds 5,000 vehicles for some seconds
    "mdvrptw": ADAPTERS,
    "sdvrptw": ADAPTERS,
    "pcvrptw": ADAPTERS,
    "mtvrptwr": ("pyvrp",),
    "gvrp": ADAPTERS,
}


@pytest.mark.parametrize(
    ("adapter", "folder"), [(a, folder) for folder, adapters in PUBLISHED.items() for a in adapters]
)
def test_a_published_solution_costs_as_much_in_the_library_as_with_us(
    adapter: str, folder: str, instances: Path
) -> None:
    files = sorted((instances / folder).glob("*.vrp"))
    if not files:
        pytest.skip(f"no instances in {folder}")
    instance = read(files[0])
    published, _ = read_solution(files[0].with_suffix(".sol"), instance)
    result = solve(instance, solver=adapter, stop=Stop(iterations=1, wall=30), initial_solution=published)
    assert result.feasible
    assert result.trajectory[0].cost == evaluate(instance, published).cost
