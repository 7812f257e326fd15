from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Break
from tests.data.check.cases import cost, fleet, kinds, line, one

DAY = [0.0, inf]


def timed(*places: float, **vehicle: Any) -> Instance:
    """Nothing but time costs."""
    return line(*places, **fleet(distance_cost=0, duration_cost=1, **vehicle))


def test_service_waits_for_the_window_and_must_start_before_it_closes() -> None:
    assert check(line(0, 10, windows=[DAY, [15, 20]], service=[0, 99]), one(1)) == []
    assert check(line(0, 10, windows=[DAY, [0, 10]]), one(1)) == []
    found = check(line(0, 10, windows=[DAY, [0, 9]]), one(1))
    assert [(v.kind, v.node) for v in found] == [("window", 1)]
    assert str(found[0]) == "route 0: reaches node 1 at 10, it closes at 9"


def test_service_delays_what_follows() -> None:
    instance = line(0, 10, 12, service=[0, 5, 0], windows=[DAY, DAY, [0, 17]])
    assert check(instance, one(1, 2)) == []
    assert kinds(check(line(0, 10, 12, service=[0, 6, 0], windows=[DAY, DAY, [0, 17]]), one(1, 2))) == ["window"]


def test_a_free_departure_leaves_late_enough_not_to_wait() -> None:
    instance = timed(0, 10).replace(windows=line(0, 10, windows=[DAY, [50, 60]]).windows)
    assert cost(instance, one(1)) == 20
    assert cost(instance, one(1, departure=0)) == 60
    assert cost(instance, one(1, departure=45)) == 20


def test_a_departure_keeps_the_shift_the_depot_and_the_release() -> None:
    instance = line(0, 10, windows=[[5, 30], DAY], release=[0, 7], **fleet(shift=(3, 90)))
    assert check(instance, one(1, departure=7)) == []
    assert kinds(check(instance, one(1, departure=6))) == ["departure"]
    assert kinds(check(instance.replace(release=instance.release * 0), one(1, departure=4))) == ["departure"]
    late_shift = line(0, 10, **fleet(shift=(8, 90)))
    assert kinds(check(late_shift, one(1, departure=7))) == ["departure"]


def test_a_departure_after_the_depot_closes_is_too_late() -> None:
    instance = line(0, 10, 0, depots=2, windows=[[0, 30], DAY, DAY], **fleet(end=1))
    assert check(instance, one(2, departure=30)) == []
    assert kinds(check(instance, one(2, departure=31))) == ["departure"]
    released = line(0, 10, 0, depots=2, windows=[[0, 30], DAY, DAY], release=[0, 0, 31], **fleet(end=1))
    assert kinds(check(released, one(2))) == ["departure"]


@pytest.mark.parametrize("departure", [float("nan"), inf, -inf])
def test_a_departure_that_is_no_time_is_told(departure: float) -> None:
    assert kinds(check(line(0, 10), one(1, departure=departure))) == ["departure"]


def test_the_end_depot_closes_and_so_does_the_shift() -> None:
    assert check(line(0, 10, windows=[[0, 20], DAY]), one(1)) == []
    assert kinds(check(line(0, 10, windows=[[0, 19], DAY]), one(1))) == ["return"]
    assert kinds(check(line(0, 10, **fleet(shift=(0, 19))), one(1))) == ["shift"]
    assert kinds(check(line(0, 10, service=[0, 6], **fleet(shift=(0, 15), end=None)), one(1))) == ["shift"]
    assert check(line(0, 10, service=[0, 5], **fleet(shift=(0, 15), end=None)), one(1)) == []


def test_a_soft_depot_takes_the_late_at_a_price() -> None:
    instance = line(0, 10, windows=[[0, 16], DAY], lateness_cost=[5, inf])
    assert cost(instance, one(1)) == 20 + 5 * 4


def test_the_end_depot_is_waited_for() -> None:
    windows = [[0, 10], [80, 90], [0, 20]]
    instance = line(0, 30, 10, depots=2, windows=windows, **fleet(end=1, distance_cost=0, duration_cost=1))
    assert cost(instance, one(2)) == 70, "leave at 10, be there at 20, at the other depot at 40, wait until 80"


def test_lateness_is_paid_by_arrival_and_delays_nothing_but_what_follows() -> None:
    instance = line(0, 10, 12, windows=[DAY, [0, 7], [0, 20]], service=[0, 6, 0], lateness_cost=[inf, 2, inf])
    assert cost(instance, one(1, 2)) == 24 + 2 * 3
    assert check(instance, one(1, 2)) == []


def test_service_waits_for_the_next_of_several_windows() -> None:
    windows = [[DAY, DAY], [[0, 5], [15, 20]]]
    assert cost(line(0, 10, windows=windows, **fleet(distance_cost=0, duration_cost=1)), one(1, departure=0)) == 25
    early = line(0, 10, windows=[[DAY, DAY], [[15, 20], [0, 12]]], **fleet(distance_cost=0, duration_cost=1))
    assert cost(early, one(1, departure=0)) == 20, "the order of windows says nothing"
    assert cost(early, one(1, departure=3)) == 25 - 3
    assert kinds(check(early, one(1, departure=11))) == ["window"]


def test_windows_of_start_and_end_depots_count_as_one() -> None:
    instance = line(0, 10, windows=[[[0, 5], [40, 50]], [DAY, DAY]], **fleet(distance_cost=0, duration_cost=1))
    assert cost(instance, one(1, departure=10)) == 20
    assert cost(instance, one(1, departure=30)) == 20
    assert kinds(check(instance, one(1, departure=31))) == ["return"]


def test_a_trip_leaves_after_the_release_of_all_its_clients() -> None:
    instance = line(0, 10, 4, release=[0, 3, 40], **fleet(distance_cost=0, duration_cost=1, reload_depots=0))
    assert cost(instance, one(1, 2)) == 20
    trips = Solution((Route(((1,), (2,))),))
    assert cost(instance, trips) == 28, "leave at 20, be back at 40"
    assert cost(instance, Solution((Route(((1,), (2,)), departure=3),))) == 45
    assert kinds(check(instance, one(1, 2, departure=39))) == ["departure"]


def test_a_reload_spends_the_depots_service_within_its_windows() -> None:
    windows = [[[0, 5], [30, 90]], [DAY, DAY], [DAY, DAY]]
    options = fleet(distance_cost=0, duration_cost=1, reload_depots=0)
    instance = line(0, 10, 4, windows=windows, service=[7, 0, 0], **options)
    route = Solution((Route(((1,), (2,)), departure=0),))
    assert cost(instance, route) == 30 + 7 + 8
    closed = line(0, 10, 4, 1, windows=[DAY, [0, 25], DAY, DAY], depots=2, **fleet(reload_depots=1))
    found = check(closed, Solution((Route(((2,), (3,)), reloads=(1,)),)))
    assert kinds(found) == []
    late = check(closed, Solution((Route(((2,), (3,)), reloads=(1,), departure=20),)))
    assert [(v.kind, v.node) for v in late] == [("window", 1)]


def test_duration_is_limited_overtime_has_a_price() -> None:
    assert kinds(check(line(0, 10, **fleet(max_duration=19)), one(1))) == ["duration"]
    assert check(line(0, 10, **fleet(max_duration=20)), one(1)) == []
    overtime = line(0, 10, **fleet(max_duration=15, max_overtime=5, overtime_cost=3))
    assert cost(overtime, one(1)) == 20 + 3 * 5
    found = check(line(0, 10, **fleet(max_duration=15, max_overtime=4, overtime_cost=3)), one(1))
    assert [str(v) for v in found] == ["route 0: takes 20, must be at most 19"]


def test_a_limited_duration_lets_the_vehicle_leave_later() -> None:
    instance = line(0, 10, windows=[DAY, [50, 60]], **fleet(max_duration=20))
    assert check(instance, one(1)) == []
    assert kinds(check(instance, one(1, departure=30))) == ["duration"]
    both = line(0, 10, 10, windows=[DAY, [50, 60], [0, 40]], **fleet(max_duration=29))
    assert kinds(check(both, one(2, 1))) == ["duration"], "leaves at 30 at the latest, is back at 60"


def test_the_best_departure_weighs_lateness_against_duration() -> None:
    """Client 1 is late by departure - 5, client 2 opens at 100: duration is 110 - departure until 80."""
    windows, places = [DAY, [0, 15], [100, 200]], (0, 10, 10)
    for price, expected in ((2, 110 - 5), (0.5, 110 - 90 + 0.5 * 85)):
        late = [inf, price, inf]
        instance = line(*places, windows=windows, lateness_cost=late, **fleet(distance_cost=0, duration_cost=1))
        assert cost(instance, one(1, 2)) == expected


def test_the_best_departure_may_be_where_overtime_begins() -> None:
    """Overtime costs more than lateness, which costs more than nothing: leave at 110 - 60 = 50."""
    windows = [DAY, [0, 15], [100, 200]]
    types = fleet(distance_cost=0, max_duration=60, max_overtime=100, overtime_cost=3)
    instance = line(0, 10, 10, windows=windows, lateness_cost=[inf, 1, inf], **types)
    assert cost(instance, one(1, 2)) == 50 + 10 - 15
    forbidden = line(0, 10, 10, windows=windows, lateness_cost=[inf, 1, inf], **fleet(distance_cost=0, max_duration=60))
    assert cost(forbidden, one(1, 2)) == 45


def paused(*breaks: Break, windows: Any = None, **vehicle: Any) -> Instance:
    """Client 1 at 10, client 2 at 20, each served for 5; only time costs."""
    types = fleet(distance_cost=0, duration_cost=1, breaks=breaks, **vehicle)
    return line(0, 10, 20, service=[0, 5, 5], windows=windows, **types)


def test_a_break_is_taken_at_a_stop_before_or_after_the_service() -> None:
    assert cost(paused(Break(10, 10, 7)), one(1, 2, departure=0)) == 50 + 7
    assert cost(paused(Break(15, 15, 7)), one(1, 2, departure=0)) == 50 + 7
    assert cost(paused(Break(0, 0, 7)), one(1, 2, departure=0)) == 50 + 7, "at the start depot"
    assert cost(paused(Break(12, 14, 7)), one(1, 2, departure=0)) == 50 + 7 + 2, "wait at client 1, unserved"
    assert cost(paused(Break(0, 3, 7)), one(1, 2)) == 50 + 7


def test_a_break_before_the_service_makes_it_late() -> None:
    windows = [DAY, [0, 12], [0, 27]]
    assert cost(paused(Break(10, 10, 2), windows=windows), one(1, 2, departure=0)) == 52 + 0
    assert kinds(check(paused(Break(10, 10, 3), windows=windows), one(1, 2, departure=0))) == ["break"]


def test_a_break_fills_the_wait_for_a_window() -> None:
    windows = [DAY, DAY, [40, 50]]
    assert cost(paused(Break(20, 40, 15), windows=windows), one(1, 2, departure=0)) == 65
    assert cost(paused(Break(20, 40, 16), windows=windows), one(1, 2, departure=0)) == 66


def test_a_break_that_begins_after_the_end_is_not_needed() -> None:
    assert cost(paused(Break(51, 60, 7)), one(1, 2, departure=0)) == 50
    assert cost(paused(Break(50, 60, 7)), one(1, 2, departure=0)) == 50 + 27, "wait at client 2 until 50, rest"
    assert kinds(check(paused(Break(49, 60, 7), shift=(0, 60)), one(1, 2, departure=0))) == ["break"]


def test_one_break_can_make_another_needed() -> None:
    two = Break(10, 20, 7), Break(52, 60, 3)
    assert cost(paused(*two), one(1, 2, departure=0)) == 52 + 3 + 20, "57 without the second, which begins at 52"


def test_breaks_come_in_their_order() -> None:
    late_first = Break(32, 60, 4), Break(30, 60, 6)
    assert cost(paused(*late_first), one(1, 2, departure=0)) == 32 + 4 + 6 + 20


def test_a_break_without_a_place_is_told() -> None:
    found = check(paused(Break(5, 8, 1), shift=(0, 500)), one(1, 2, departure=1))
    assert kinds(found) == []
    found = check(paused(Break(2, 8, 1), windows=[DAY, [0, 10], DAY]), one(1, 2, departure=0))
    assert [(v.kind, str(v)) for v in found] == [
        ("break", "route 0: no place for its breaks (1 within [2, 8]) keeps every limit")
    ]


def test_a_break_after_the_last_service_prolongs_an_open_route() -> None:
    assert cost(paused(Break(30, 30, 7), end=None), one(1, 2, departure=0)) == 30 + 7
    assert cost(paused(Break(31, 31, 7), end=None), one(1, 2, departure=0)) == 30


def test_a_break_is_taken_at_a_reload_but_not_at_the_end() -> None:
    instance = line(0, 10, 20, **fleet(distance_cost=0, duration_cost=1, reload_depots=0, breaks=[Break(20, 20, 7)]))
    assert cost(instance, Solution((Route(((1,), (2,)), departure=0),))) == 60 + 7
    at_the_end = line(0, 10, **fleet(breaks=[Break(20, 20, 7)], shift=(0, 27)))
    assert kinds(check(at_the_end, one(1, departure=0))) == ["break"]


def test_a_free_departure_avoids_a_break() -> None:
    """Between the shift's start and a window that opens late, leaving after the break saves it nothing."""
    instance = paused(Break(5, 12, 7))
    assert cost(instance, one(1, 2)) == 50 + 7
    assert cost(paused(Break(60, 90, 7)), one(1, 2)) == 50


def test_travel_takes_its_own_durations() -> None:
    durations = [[0, 30], [40, 0]]
    instance = Instance.build(
        distances=[[0, 3], [4, 0]], durations=durations, vehicle_types=fleet(duration_cost=1, speed=7)["vehicle_types"]
    )
    assert cost(instance, one(1)) == 77


def test_travel_takes_distance_over_speed() -> None:
    assert cost(timed(0, 10, speed=4), one(1)) == 5


def test_travel_progresses_at_the_factor_of_each_period() -> None:
    """Factor 1 until 10, 0.5 until 20, then 2: 12 units from 6 take 4, then 10 (for 5), then 1.5 (for 3)."""
    three = Instance.build(
        coords=[(0, 0), (12, 0)],
        speed_periods=np.array([[0, 1], [10, 0.5], [20, 2]]),
        **fleet(distance_cost=0, duration_cost=1, end=None),
    )
    assert cost(three, one(1, departure=6)) == pytest.approx(4 + 10 + 1.5)
    assert cost(three, one(1, departure=20)) == pytest.approx(6)
    assert cost(three, one(1)) == pytest.approx(6), "any departure after 20"


def test_a_free_departure_finds_the_fast_hours_between_windows() -> None:
    """Slow until 10, fast until 20, slow again: 20 units fit best right into the fast hours."""
    instance = Instance.build(
        coords=[(0, 0), (20, 0)],
        speed_periods=np.array([[0, 0.5], [10, 2], [20, 0.5]]),
        **fleet(distance_cost=0, duration_cost=1, end=None),
    )
    assert cost(instance, one(1)) == pytest.approx(10)
    there_and_back = instance.replace(vehicle_types=tuple(fleet(distance_cost=0, duration_cost=1)["vehicle_types"]))
    assert cost(there_and_back, one(1)) == pytest.approx(10 + 40), "20 fast, 20 slow, in either order"


@pytest.mark.parametrize(("spare", "expected"), [(1e-7, []), (-1e-7, []), (-1e-5, ["window"])])
def test_a_near_miss_is_in_time_where_numbers_are_not_whole(spare: float, expected: list[str]) -> None:
    close = 2**0.5 + spare
    windows = [[DAY, DAY], [[0, close], [0, close]]]
    instance = Instance.build(coords=[(0, 0), (1, 1)], windows=np.array(windows))
    assert kinds(check(instance, one(1))) == expected


def test_a_near_miss_of_the_first_of_two_windows_is_in_time() -> None:
    windows = [[DAY, DAY], [[0, 2**0.5 - 1e-9], [50, 60]]]
    instance = Instance.build(
        coords=[(0, 0), (1, 1)], windows=np.array(windows), **fleet(distance_cost=0, duration_cost=1)
    )
    assert cost(instance, one(1, departure=0)) == pytest.approx(8**0.5)


def test_every_kind_of_late_route_says_so_once() -> None:
    instance = line(0, 10, 20, windows=[[0, 30], [0, 5], [0, 5]])
    assert kinds(check(instance, one(1, 2))) == ["window"]
