"""Time-dependent travel against period-by-period integration."""

from math import inf

import numpy as np
import pytest
from numpy.typing import NDArray

from routewright.data import Instance, Route, Solution, VehicleType
from routewright.data.evaluate import evaluate
from tests.data.evaluate.oracle import Oracle
from tests.data.evaluate.test_departure import random_instance

RUSH = [[0, 1.0], [60, 0.5], [90, 2.0]]


def one_leg(plain: float, departure: float) -> float:
    """Arrival at a client ``plain`` away."""
    instance = Instance.build(
        coords=[[0.0, 0.0], [plain, 0.0]], speed_periods=RUSH, vehicle_types=[VehicleType(end=None)]
    )
    return evaluate(instance, Solution((Route(((1,),), departure=departure),))).routes[0].end


@pytest.mark.parametrize(
    ("plain", "departure", "arrival"),
    [
        (30, 0, 30),
        (60, 0, 60),
        (70, 0, 80),  # 60 at full speed, 10 at half
        (75, 0, 90),
        (95, 0, 100),  # 60 + 15 until 90, 20 at double speed
        (10, 70, 90),
        (40, 70, 105),
        (40, 100, 120),
        (0, 77.25, 77.25),
    ],
)
def test_a_leg_progresses_at_the_factor_of_the_period_it_is_in(plain: float, departure: float, arrival: float) -> None:
    assert one_leg(plain, departure) == pytest.approx(arrival)


def test_nobody_arrives_earlier_by_leaving_later() -> None:
    arrivals = [one_leg(42, departure) for departure in np.arange(0, 120, 0.5)]
    assert arrivals == sorted(arrivals)


def test_random_legs_agree_with_integration_in_small_steps() -> None:
    rng = np.random.default_rng(5)
    for _ in range(15):
        departure, plain = rng.uniform(0, 110), rng.uniform(0, 80)
        clock, step = departure, 5e-3
        while plain > 0:
            factor = next(factor for start, factor in reversed(RUSH) if clock >= start)
            plain -= factor * step
            clock += step
        assert one_leg_of(departure, clock) == pytest.approx(clock, abs=2e-2)


def one_leg_of(departure: float, arrival: float) -> float:
    return one_leg(progress(arrival) - progress(departure), departure)


def progress(clock: float) -> float:
    ends = [*(start for start, _ in RUSH[1:]), inf]
    return sum(factor * max(0.0, min(clock, end) - start) for (start, factor), end in zip(RUSH, ends, strict=True))


def random_periods(rng: np.random.Generator) -> NDArray[np.float64]:
    starts = np.concatenate([[0], np.sort(rng.choice(np.arange(1, 90), size=3, replace=False))])
    return np.column_stack([starts, rng.choice([0.5, 0.8, 1.0, 1.25, 2.0], size=4)]).astype(np.float64)


def test_the_chosen_departure_is_as_good_as_any_on_a_fine_grid() -> None:
    rng = np.random.default_rng(11)
    compared = 0
    for _ in range(120):
        instance = random_instance(rng).replace(speed_periods=random_periods(rng))
        vehicle = instance.vehicle_types[0]
        if not vehicle.duration_cost:
            continue
        oracle = Oracle(instance, tuple(range(1, instance.n_nodes)))
        first = max(instance.windows[0, 0, 0], vehicle.shift[0])
        grid = oracle.best(np.arange(first, min(instance.windows[0, 0, 1], 110), 0.25).tolist())
        route = evaluate(instance, Solution((oracle.route(),))).routes[0]
        if grid is None:
            continue
        compared += 1
        cost = route.parts.lateness + route.parts.duration + route.parts.overtime
        assert cost <= grid.cost + 1e-6
        again = oracle.run(route.departure)
        assert again is not None  # the chosen departure breaks no limit
        assert cost == pytest.approx(again.cost, abs=1e-4)
    assert compared > 15
