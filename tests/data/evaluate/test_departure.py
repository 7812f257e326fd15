"""The departure that the evaluator chooses, against hand calculation and trying them all."""

from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data import Instance, Route, Solution, VehicleType
from routewright.data.evaluate import RouteTimetable, evaluate
from tests.data.evaluate.oracle import Oracle

TRAVEL = [[0, 10, 20], [10, 0, 5], [20, 5, 0]]
WINDOWS: dict[str, Any] = {"windows": [[0, 500], [100, 200], [150, 300]], "service": [0, 7, 0]}


def two_clients(vehicle: VehicleType, **fields: Any) -> Instance:
    return Instance.build(
        distances=TRAVEL,
        **WINDOWS | fields,
        vehicle_types=[vehicle],
    )


def timed(instance: Instance, trip: tuple[int, ...], departure: float | None = None) -> RouteTimetable:
    return evaluate(instance, Solution((Route((trip,), departure=departure),))).routes[0]


def test_leaves_at_once_where_duration_neither_costs_nor_is_limited() -> None:
    route = timed(two_clients(VehicleType()), (1, 2))
    assert (route.departure, route.end, route.duration) == (0, 170, 170)


def test_leaves_as_late_as_saves_duration_and_no_later() -> None:
    # Client 2 opens at 150: 138 + 10 + 7 + 5 arrives there at 150 + 10; 128 + 22 = 150 exactly.
    route = timed(two_clients(VehicleType(duration_cost=1)), (1, 2))
    assert (route.departure, route.end, route.duration) == (128, 170, 42)
    assert route.parts.duration == 42


def test_a_limited_duration_puts_the_departure_off_only_until_the_limit_holds() -> None:
    # The route ends at 170 whenever it leaves up to 128; up to 60 of duration is free.
    route = timed(two_clients(VehicleType(max_duration=60)), (1, 2))
    assert (route.departure, route.duration) == (110, 60)


def test_lateness_and_duration_are_weighed_against_each_other() -> None:
    # Client 1 closes at 100, late at 3 per unit; waiting at 2 is saved at 1 per unit: not worth it.
    soft = {"windows": [[0, 500], [0, 100], [150, 300]], "lateness_cost": [inf, 3, inf]}
    early = timed(two_clients(VehicleType(duration_cost=1), **soft), (1, 2))
    assert (early.departure, early.parts.lateness) == (90, 0)
    late = timed(two_clients(VehicleType(duration_cost=5), **soft), (1, 2))
    assert (late.departure, late.parts.lateness, late.duration) == (128, 3 * 38, 42)


def test_overtime_is_paid_beyond_the_longest_duration() -> None:
    vehicle = VehicleType(max_duration=40, max_overtime=10, overtime_cost=4)
    route = timed(two_clients(vehicle), (1, 2))
    assert (route.departure, route.duration, route.parts.overtime) == (128, 42, 8)


def test_the_start_depot_must_be_open() -> None:
    instance = two_clients(VehicleType(duration_cost=1, end=None), windows=[[20, 60], [100, 200], [150, 300]])
    route = timed(instance, (1, 2))
    assert (route.departure, route.end) == (60, 150)
    assert timed(instance.replace(vehicle_types=(VehicleType(),)), (1, 2)).departure == 20


def test_a_route_that_nothing_makes_feasible_leaves_at_the_earliest_time() -> None:
    route = timed(two_clients(VehicleType(max_duration=30)), (1, 2))
    assert (route.departure, route.duration) == (0, 170)


def test_a_given_departure_is_kept() -> None:
    route = timed(two_clients(VehicleType(duration_cost=1)), (1, 2), departure=50)
    assert (route.departure, route.duration) == (50, 120)


def random_instance(rng: np.random.Generator) -> Instance:
    n = int(rng.integers(2, 6))
    opens = rng.integers(0, 60, (n, 2))
    windows = np.stack([opens, opens + rng.integers(0, 30, (n, 2))], axis=2)
    windows[0] = [[rng.integers(0, 10), rng.integers(20, 200)]] * 2
    return Instance.build(
        durations=rng.integers(0, 12, (n, n)),
        distances=np.ones((n, n)),
        windows=windows,
        service=rng.integers(0, 6, n),
        lateness_cost=np.where(rng.random(n) < 0.7, rng.integers(1, 6, n), inf),
        vehicle_types=[
            VehicleType(
                duration_cost=int(rng.integers(0, 4)),
                max_duration=float(rng.choice([inf, 30, 50, 80])),
                max_overtime=int(rng.integers(0, 20)),
                overtime_cost=int(rng.integers(0, 5)),
                shift=(int(rng.integers(0, 15)), float(rng.choice([inf, 90]))),
                end=None if rng.random() < 0.3 else 0,
            )
        ],
    )


def test_no_departure_on_the_grid_is_better_and_ties_go_to_the_earliest() -> None:
    rng = np.random.default_rng(3)
    matters = feasible = 0
    for _ in range(250):
        instance = random_instance(rng)
        vehicle = instance.vehicle_types[0]
        oracle = Oracle(instance, tuple(rng.permutation(range(1, instance.n_nodes)).tolist()))
        first = max(instance.windows[0, 0, 0], vehicle.shift[0])
        route = timed(instance, oracle.trip)
        if vehicle.duration_cost == 0 and vehicle.max_duration == inf:
            assert route.departure == first
            continue
        matters += 1
        last = min(instance.windows[0, 0, 1], 200)
        best = oracle.best([float(t) for t in np.arange(first, last + 1)])
        if best is None:
            assert route.departure == first
            continue
        feasible += 1
        cost = route.parts.lateness + route.parts.duration + route.parts.overtime
        assert (cost, route.departure, route.end) == best
    assert matters > 150
    assert feasible > 60


@pytest.mark.parametrize("seed", range(3))
def test_halving_the_grid_finds_nothing_better_than_whole_times(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    for _ in range(8):
        instance = random_instance(rng)
        vehicle = instance.vehicle_types[0].duration_cost
        oracle = Oracle(instance, tuple(range(1, instance.n_nodes)))
        first = max(instance.windows[0, 0, 0], instance.vehicle_types[0].shift[0])
        fine = oracle.best((np.arange(2 * first, 2 * instance.windows[0, 0, 1] + 1) / 2).tolist())
        if fine is None or not vehicle:
            continue
        route = timed(instance, oracle.trip)
        assert route.parts.lateness + route.parts.duration + route.parts.overtime == fine.cost
