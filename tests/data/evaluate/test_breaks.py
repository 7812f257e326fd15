"""Breaks: hand-computed places, and every placement enumerated."""

from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data import Break, Instance, Route, Solution, VehicleType
from routewright.data.evaluate import RouteTimetable, evaluate
from tests.data.evaluate.oracle import Oracle
from tests.data.evaluate.test_departure import random_instance


def line(*breaks: Break, **fields: Any) -> Instance:
    """Depot at 0, clients at 10 and 20; service 5 each."""
    vehicle = VehicleType(breaks=breaks, **{key: fields.pop(key) for key in ("end", "duration_cost") if key in fields})
    coords = [[0, 0], [10, 0], [20, 0]]
    return Instance.build(coords=coords, rounding="round", service=[0, 5, 5], vehicle_types=[vehicle], **fields)


def timed(instance: Instance, departure: float | None = None) -> RouteTimetable:
    return evaluate(instance, Solution((Route(((1, 2),), departure=departure),))).routes[0]


def test_a_break_is_held_at_a_stop_and_delays_what_follows() -> None:
    route = timed(line(Break(12, 20, 8)))
    # After the service at client 1, 15 to 23; before it, 12 to 20, it would be over by 25 only.
    assert [(held.position, held.start, held.end) for held in route.breaks] == [(1, 15, 23)]
    assert [stop.departure for stop in route.stops] == [0, 23, 38, 58]
    assert [stop.wait for stop in route.stops] == [0, 0, 0, 0]


def test_a_break_before_service_is_held_where_that_is_the_only_time() -> None:
    route = timed(line(Break(5, 12, 8)))
    stop = route.stops[1]
    assert (stop.arrival, stop.start, stop.departure) == (10, 18, 23)
    assert [(held.position, held.start) for held in route.breaks] == [(1, 10)]


def test_a_break_at_the_start_depot_comes_after_departure_and_counts_as_duration() -> None:
    route = timed(line(Break(0, 3, 30), duration_cost=1))
    assert (route.departure, route.stops[0].departure, route.duration) == (0, 30, 80)


def test_a_break_in_waiting_time_is_free() -> None:
    windows = [[0, inf], [40, 60], [0, inf]]
    with_break = timed(line(Break(20, 39, 10), windows=windows))
    assert with_break.end == timed(line(windows=windows)).end == 40 + 5 + 10 + 5 + 20
    assert with_break.stops[1].wait == 20


def test_a_break_later_than_the_end_of_the_route_is_not_needed() -> None:
    assert timed(line(Break(51, 90, 10))).breaks == ()
    # One that begins as the route would end is needed: wait at client 2 until 50, rest, drive 20.
    assert timed(line(Break(50, 90, 10))).end == 80


def test_after_the_last_service_of_an_open_route_a_break_prolongs_it() -> None:
    route = timed(line(Break(30, 40, 10), end=None))
    assert [(held.position, held.start) for held in route.breaks] == [(2, 30)]
    assert route.end == 40


def test_a_break_may_be_held_at_a_reload_while_waiting_for_a_release() -> None:
    vehicle = VehicleType(breaks=(Break(25, 40, 10),), reload_depots=(0,))
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [20, 0]], rounding="round", release=[0, 0, 70], vehicle_types=[vehicle]
    )
    route = evaluate(instance, Solution((Route(((1,), (2,))),))).routes[0]
    assert [(held.position, held.start) for held in route.breaks] == [(2, 25)]
    assert (route.stops[2].wait, route.stops[2].departure, route.end) == (40, 70, 110)


def test_breaks_are_held_in_the_order_given_even_at_one_stop() -> None:
    route = timed(line(Break(10, 12, 1), Break(10, 12, 2)))
    assert [(held.start, held.rest.duration) for held in route.breaks] == [(10, 1), (11, 2)]


def test_a_break_without_a_place_is_not_held() -> None:
    route = timed(line(Break(1, 2, 5)), departure=3)
    assert route.breaks == ()
    assert route.end == 53


@pytest.mark.parametrize("count", [1, 2])
def test_no_placement_and_departure_is_better(count: int) -> None:
    rng = np.random.default_rng(count)
    held = feasible = 0
    for _ in range(80 // count**2):
        instance = with_breaks(rng, count)
        vehicle = instance.vehicle_types[0]
        oracle = Oracle(instance, tuple(range(1, instance.n_nodes)))
        first = max(instance.windows[0, 0, 0], vehicle.shift[0])
        free = vehicle.duration_cost > 0 or vehicle.max_duration < inf
        departures = np.arange(first, min(instance.windows[0, 0, 1], 90) + 1) if free else [first]
        best = oracle.best([float(time) for time in departures])
        route = evaluate(instance, Solution((oracle.route(),))).routes[0]
        if best is None:
            assert route.departure == first
            continue
        feasible += 1
        cost = route.parts.lateness + route.parts.duration + route.parts.overtime
        assert (cost, route.departure, route.end) == best
        held += len(route.breaks)
        assert all(left.end <= right.start for left, right in pairwise(route.breaks))
        assert all(taken.rest.earliest <= taken.start <= taken.rest.latest for taken in route.breaks)
    assert feasible > 8
    assert held > 5


def with_breaks(rng: np.random.Generator, count: int) -> Instance:
    instance = random_instance(rng)
    vehicle = instance.vehicle_types[0]
    breaks = []
    for _ in range(count):
        earliest = int(rng.integers(0, 80))
        breaks.append(Break(earliest, earliest + int(rng.integers(0, 40)), int(rng.integers(1, 10))))
    fields = ("duration_cost", "max_duration", "max_overtime", "overtime_cost", "shift", "end")
    return instance.replace(
        vehicle_types=(VehicleType(**{name: getattr(vehicle, name) for name in fields}, breaks=tuple(breaks)),)
    )
