"""Rows of a timetable by hand: windows, reloads, releases, loads and batteries."""

from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data import Battery, Break, Instance, Route, Solution, VehicleType
from routewright.data.check import check
from routewright.data.evaluate import RouteTimetable, TimedStop, evaluate


def timed(route: Route, vehicle: VehicleType | None = None, **fields: Any) -> RouteTimetable:
    """A route between nodes on a line, at 10, 20, … from depot 0."""
    count = fields.pop("nodes", 4)
    coords = [[10 * node, 0] for node in range(count)]
    instance = Instance.build(coords=coords, rounding="round", vehicle_types=[vehicle or VehicleType()], **fields)
    return evaluate(instance, Solution((route,))).routes[0]


def column(route: RouteTimetable, name: str) -> list[Any]:
    return [getattr(stop, name) for stop in route.stops]


def test_who_comes_early_waits_and_serves_when_the_window_opens() -> None:
    route = timed(Route(((1, 2),)), windows=[[0, 99], [15, 20], [0, 99], [0, 99]], service=[0, 5, 6, 0])
    assert column(route, "arrival") == [0, 10, 30, 56]
    assert column(route, "wait") == [0, 5, 0, 0]
    assert column(route, "start") == [0, 15, 30, 56]
    assert column(route, "departure") == [0, 20, 36, 56]
    assert column(route, "distance") == [0, 10, 20, 40]


@pytest.mark.parametrize(
    ("leave", "start", "late"), [(0, 12, 0), (3, 13, 0), (5, 15, 0), (6, 30, 0), (22, 32, 0), (25, 35, 0), (27, 37, 2)]
)
def test_service_starts_in_the_next_of_several_windows(leave: float, start: float, late: float) -> None:
    windows = [[[0, inf]] * 2, [[30, 35], [12, 15]], [[0, inf]] * 2, [[0, inf]] * 2]
    stop = timed(Route(((1,),), departure=leave), windows=windows, lateness_cost=1).stops[1]
    assert (stop.start, stop.lateness) == (start, late)


def test_overlapping_windows_count_as_one() -> None:
    windows = [[[0, inf]] * 2, [[0, 12], [11, 20]], [[0, inf]] * 2, [[0, inf]] * 2]
    stop = timed(Route(((1,),), departure=5), windows=windows).stops[1]
    assert (stop.start, stop.lateness) == (15, 0)


def test_a_trip_leaves_after_the_latest_release_of_its_clients() -> None:
    vehicle = VehicleType(reload_depots=(0,), max_trips=2)
    route = timed(Route(((1, 2), (3,))), vehicle, release=[0, 7, 3, 90], service=[4, 1, 1, 1])
    # First trip 7 to 7+10+1+10+1+20 = 49, reload 49 to 53, then wait for the release at 90.
    assert (route.departure, route.end) == (7, 90 + 30 + 1 + 30)
    reload = route.stops[3]
    assert (reload.node, reload.trip, reload.arrival, reload.start) == (0, 1, 49, 49)
    assert (reload.wait, reload.departure) == (37, 90)


def test_the_first_reload_depot_is_the_usual_one_and_a_route_may_name_others() -> None:
    fields: dict[str, Any] = {"nodes": 5, "depots": 3}
    vehicle = VehicleType(reload_depots=(1, 2))
    assert column(timed(Route(((3,), (4,), (3,))), vehicle, **fields), "node") == [0, 3, 1, 4, 1, 3, 0]
    named = Route(((3,), (4,), (3,)), reloads=(2, 0))
    assert column(timed(named, vehicle, **fields), "node") == [0, 3, 2, 4, 0, 3, 0]


def test_a_reload_waits_until_its_depot_opens() -> None:
    windows = [[0, 999], [200, 300], [0, 999], [0, 999]]
    route = timed(Route(((2,), (3,))), VehicleType(reload_depots=(1,)), depots=2, windows=windows)
    assert (route.stops[2].arrival, route.stops[2].departure) == (30, 200)


def test_a_route_may_start_and_end_at_depots_of_its_own() -> None:
    route = timed(Route(((3,),), start=1, end=2), depots=3)
    assert column(route, "node") == [1, 3, 2]
    assert route.distance == 30


def test_the_end_depot_is_waited_for() -> None:
    windows = [[0, 99], [70, 99], [0, 99], [0, 99]]
    route = timed(Route(((2,),)), VehicleType(end=1), depots=2, windows=windows)
    assert (route.stops[-1].arrival, route.stops[-1].wait, route.end) == (30, 40, 70)
    with_cost = timed(Route(((2,),)), VehicleType(end=1, duration_cost=1), depots=2, windows=windows)
    assert (with_cost.departure, with_cost.end) == (40, 70)


def test_shift_and_depot_hold_the_departure_back() -> None:
    windows = [[5, 99], [0, 99], [0, 99], [0, 99]]
    assert timed(Route(((1,),)), VehicleType(shift=(8, 99)), windows=windows).departure == 8
    assert timed(Route(((1,),)), VehicleType(shift=(3, 99)), windows=windows).departure == 5


def test_deliveries_leave_before_pickups_come_on_board() -> None:
    route = timed(
        Route(((1, 2, 3),)), delivery=[[0, 0], [4, 1], [0, 0], [2, 0]], pickup=[[0, 0], [1, 0], [5, 2], [0, 0]]
    )
    assert column(route, "load") == [(6, 1), (3, 0), (8, 2), (6, 2), (6, 2)]


def test_a_pair_is_loaded_at_its_first_node_not_at_the_depot() -> None:
    route = timed(Route(((1, 2, 3),)), pairs=[[1, 3]], pickup=[0, 7, 0, 0], delivery=[0, 0, 2, 7])
    assert column(route, "load") == [(2,), (9,), (7,), (0,), (0,)]


def test_each_trip_is_loaded_anew() -> None:
    vehicle = VehicleType(reload_depots=(0,))
    route = timed(Route(((1,), (2, 3))), vehicle, delivery=[0, 4, 3, 2])
    assert column(route, "load") == [(4,), (0,), (5,), (2,), (0,), (0,)]
    assert column(route, "trip") == [0, 0, 1, 1, 1, 1]


def test_a_split_visit_handles_its_quantity_alone() -> None:
    route = Route(((1, 2),), quantities=((((1.0,), (2.0,))),))
    loads = column(timed(route, delivery=[0, 4, 0, 0], pickup=[0, 0, 6, 0], split=True), "load")
    assert loads == [(1,), (0,), (2,), (2,)]
    both = column(timed(route, delivery=[0, 3, 0, 0], pickup=[0, 1, 6, 0], split=True), "load")
    assert both == [(1,), (pytest.approx(1 / 3),), (pytest.approx(7 / 3),), (pytest.approx(7 / 3),)]


def electric(charges: tuple[float, ...] | None, recharge: float = 2.0) -> RouteTimetable:
    """Depot 0, client 1, client 2, station 3 (nodes 10 apart); the battery holds 60, 1.5 per distance."""
    vehicle = VehicleType(battery=Battery(capacity=60, use=1.5, recharge=recharge))
    return timed(Route(((1, 3, 2),), charges=charges), vehicle, stations=1, service=[0, 4, 4, 9])


def test_a_station_fills_the_battery_in_proportion_to_what_is_missing() -> None:
    route = electric(None)
    assert column(route, "battery") == [60, 45, 60, 45, 15]
    assert column(route, "charged") == [0, 0, 45, 0, 0]
    station = route.stops[2]
    assert (station.arrival, station.departure, station.wait) == (34, 34 + 90, 0)


def test_a_station_may_charge_a_part_only() -> None:
    route = electric((20.0,))
    assert column(route, "battery") == [60, 45, 35, 20, -10]
    assert route.stops[2].departure == 34 + 40


def test_a_reload_fills_the_battery_for_nothing() -> None:
    vehicle = VehicleType(battery=Battery(capacity=50), reload_depots=(0,))
    route = timed(Route(((1,), (2,))), vehicle)
    assert column(route, "battery") == [50, 40, 50, 30, 10]
    assert route.end == 60


def test_vehicles_without_battery_show_no_energy() -> None:
    assert column(timed(Route(((1,),))), "battery") == [None, None, None]


@pytest.mark.parametrize(("miss", "late"), [(0, 0), (5e-7, 0), (2e-5, 2e-5)])
def test_a_hard_closing_is_met_within_the_tolerance_of_inexact_numbers(miss: float, late: float) -> None:
    windows = [[0, 99], [0, 10], [0, 99], [0, 99]]
    stop = timed(Route(((1,),), departure=miss), windows=windows).stops[1]
    assert stop.lateness == pytest.approx(late)
    soft = timed(Route(((1,),), departure=miss), windows=windows, lateness_cost=1).stops[1]
    assert soft.lateness == pytest.approx(miss)


def test_a_window_that_is_missed_by_rounding_is_not_missed() -> None:
    windows = [[[0, 99]] * 2, [[0, 10], [50, 60]], [[0, 99]] * 2, [[0, 99]] * 2]
    assert timed(Route(((1,),), departure=5e-10), windows=windows).stops[1].start < 11
    for later in (5e-7, 1):  # there is a timetable without any tolerance
        assert timed(Route(((1,),), departure=later), windows=windows).stops[1].start == 50


def test_the_tolerance_counts_where_nothing_else_is_in_time() -> None:
    alone = [[[0, 99]] * 2, [[0, 10]] * 2, [[0, 99]] * 2, [[0, 99]] * 2]
    assert timed(Route(((1,),), departure=5e-7), windows=alone).columns.lateness[1] == 0
    both = [[[0, 99]] * 2, [[0, 10], [50, 60]], [[0, 99]] * 2, [[0, 99]] * 2]
    short = VehicleType(shift=(0, 40))
    assert timed(Route(((1,),), departure=5e-7), short, windows=both).stops[1].start < 11


def test_only_clients_have_to_be_waited_for() -> None:
    coords = [[0, 0], [10, 0], [5, 0]]
    instance = Instance.build(coords=coords, rounding="round", stations=1, release=[0, 0, 50])
    solution = Solution((Route(((2, 1),)),))
    assert evaluate(instance, solution).routes[0].departure == 0
    assert check(instance, solution, 20) == []


def test_a_break_that_begins_after_the_end_is_not_held_however_large_the_clock() -> None:
    clock = 1_600_000_000
    rest = Break(clock + 100, clock + 200, 30)
    vehicle = VehicleType(duration_cost=1, shift=(clock, clock + 9999), breaks=(rest,))
    instance = Instance.build(coords=[[0, 0], [10, 0]], rounding="round", vehicle_types=[vehicle])
    solution = Solution.from_routes([[1]])
    assert evaluate(instance, solution).cost == 40
    assert check(instance, solution, 40) == []


def test_the_judge_agrees_on_windows_that_are_missed_by_a_little() -> None:
    windows = np.array([[[0, inf]] * 2, [[0, 2**0.5 - 1e-7], [50, 60]]])
    vehicle = VehicleType(duration_cost=1)
    instance = Instance.build(coords=[[0, 0], [1, 1]], windows=windows, vehicle_types=[vehicle])
    solution = Solution((Route(((1,),), departure=0),))
    cost = evaluate(instance, solution).cost
    assert cost == pytest.approx(50 + 3 * 2**0.5)
    assert check(instance, solution, cost) == []


def test_rows_and_columns_say_the_same() -> None:
    route = timed(Route(((1, 2),)), delivery=[0, 1, 2, 0])
    assert route.stops[1] == TimedStop(1, 0, 10.0, 0.0, 10.0, 10.0, (2.0,), 10.0, 0.0, None, 0.0)
    assert route.columns.load[:, 0].tolist() == [load for (load,) in column(route, "load")]
    assert [stop.arrival for stop in route.stops] == route.columns.arrival.tolist()


def test_waits_show_no_traces_of_rounding() -> None:
    coords = [[0.1, 0.2], [3.3, 7.7], [2.2, 9.1]]
    instance = Instance.build(coords=coords, service=[0, 0.3, 0.7], vehicle_types=[VehicleType()])
    route = evaluate(instance, Solution.from_routes([[1, 2]])).routes[0]
    assert route.columns.wait.tolist() == [0, 0, 0, 0]
