"""A day under way: what was driven stays, what comes is planned, and every plan keeps the rules of the whole day."""

from typing import Any

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.data.vehicle import VehicleType
from routewright.solvers.live.remaining import remaining
from routewright.solvers.stop import Stop
from tests.solvers import tiny
from tests.solvers.brute_force import best


def morning(seed: int = 0, **vehicle: object) -> rw.LiveDay:
    """Thirty clients with windows on routes of a search."""
    rng = np.random.default_rng(seed)
    opens = rng.integers(0, 300, 30)
    instance = Instance.build(
        coords=rng.integers(0, 100, (31, 2)),
        rounding="round",
        delivery=[0, *rng.integers(1, 9, 30)],
        windows=[[0, 900], *([a, a + 250] for a in opens)],
        service=[0, *[5] * 30],
        vehicle_types=[VehicleType(capacity=(40,), **vehicle)],  # type: ignore[arg-type]
    )
    return rw.LiveDay(instance, rw.solve(instance, stop=Stop(iterations=3_000)).solution)


def sound(day: rw.LiveDay) -> None:
    """The plan keeps all rules of the day, and the result says what the judge says."""
    assert day.result is not None
    assert check(day.instance, day.plan, day.result.cost) == []
    assert day.result.feasible
    assert day.result.solution == day.plan


def test_what_was_driven_stays_and_what_comes_is_planned() -> None:
    day = morning()
    day.now = 200
    driven = day.driven
    assert any(driven)
    new = day.add(coords=(50, 50), delivery=2, windows=(300, 800), service=5)
    changes = day.replan()
    sound(day)
    assert [client for client, _ in changes.added] == [new]
    assert f"client {new}: new, on route" in str(changes)
    for number, stops in enumerate(driven):
        assert day.plan.routes[number].stops[: len(stops)] == stops
        if stops:
            timed = {item.route: item for item in evaluate(day.instance, day.plan).routes}[number]
            assert timed.departure < 200


def test_hour_after_hour_with_calls_and_cancellations() -> None:
    day = morning(1)
    rng = np.random.default_rng(1)
    for hour in range(1, 9):
        day.now = 60 * hour
        before = day.driven
        new = day.add(coords=rng.integers(0, 100, 2), delivery=1, windows=(60 * hour, 900), service=5)
        fixed = {new, *(client for stops in before for client in stops)}
        open_clients = [c for c in day.instance.clients if c not in fixed and day.instance.required[c]]
        if open_clients:
            day.cancel(open_clients[0])
        changes = day.replan(time_limit=0.2)
        sound(day)
        assert [client for client, _ in changes.added] == [new]
        for number, stops in enumerate(before):
            assert day.plan.routes[number].stops[: len(stops)] == stops


def test_a_cancelled_client_is_on_no_route_and_costs_nothing() -> None:
    day = morning()
    client = day.plan.routes[0].stops[-1]
    day.cancel(client)
    day.replan(time_limit=0.2)
    sound(day)
    assert client not in {node for route in day.plan for node in route.stops}


def test_who_was_visited_cannot_cancel() -> None:
    day = morning()
    day.now = 300
    visited = next(stops[0] for stops in day.driven if stops)
    with pytest.raises(rw.InstanceError, match="was visited"):
        day.cancel(visited)


def test_time_does_not_go_back() -> None:
    day = morning()
    day.now = 100
    with pytest.raises(rw.RoutewrightError, match="must not be before 100"):
        day.now = 50


def test_at_the_end_of_the_day_nothing_changes() -> None:
    day = morning()
    plan = day.plan
    day.now = 10_000
    assert not day.replan(time_limit=0.1)
    assert str(day.replan(time_limit=0.1)) == "nothing changed"
    assert [route.stops for route in day.plan] == [route.stops for route in plan]


def test_before_the_day_begins_everything_may_change() -> None:
    instance = tiny.make("vrptw", 3, 6)
    cost, _ = best(instance)
    poor = Solution.from_routes([[client] for client in instance.clients])
    day = rw.LiveDay(instance, poor)
    day.replan(time_limit=0.5)
    sound(day)
    assert day.result is not None
    assert day.result.cost == pytest.approx(cost)


@pytest.mark.parametrize("seed", range(4))
def test_the_rest_is_planned_as_well_as_it_can_be(seed: int) -> None:
    """All plans that begin as the day began, by trying every one."""
    instance = tiny.make("cvrp", seed, 6)
    _, solution = best(instance)
    first = max(solution, key=len)
    worse = Solution.from_routes([first.stops, *([c] for c in instance.clients if c not in first.stops)])
    day = rw.LiveDay(instance, worse)
    day.now = 1e-3  # every vehicle has left for its first stop
    heads = [stops[0] for stops in day.driven]
    assert len(heads) == len(worse)
    day.replan(time_limit=0.3)
    sound(day)
    assert day.result is not None
    assert day.result.cost <= evaluate(instance, worse).cost
    assert [route.stops[0] for route in day.plan] == heads


def test_goods_that_are_not_on_board_need_another_vehicle() -> None:
    day = morning()
    day.now = 250
    new = day.add(coords=(50, 50), delivery=1, release=250, windows=(250, 900))
    day.replan()
    sound(day)
    route = next(number for number, route in enumerate(day.plan) if new in route.stops)
    assert evaluate(day.instance, day.plan).routes[route].departure >= 250


def test_a_vehicle_takes_no_more_than_it_has_room_for() -> None:
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [20, 0], [30, 0]], rounding="round", delivery=[0, 3, 3, 3], capacity=9
    )
    day = rw.LiveDay(instance, Solution.from_routes([[1, 2, 3]]))
    day.now = 15
    day.add(coords=(25, 0), delivery=1)
    day.replan(time_limit=0.3)
    sound(day)
    assert len([route for route in day.plan if len(route)]) == 2


def test_goods_of_a_pair_on_board_are_brought_by_their_vehicle() -> None:
    instance = tiny.make("pairs", 2, 6)
    found = rw.solve(instance, stop=Stop(iterations=2_000))
    day = rw.LiveDay(instance, found.solution)
    times = sorted({float(t) for item in evaluate(instance, found.solution).routes for t in item.columns.departure})
    for moment in times:
        day.now = moment + 1e-6
        day.replan(time_limit=0.15)
        sound(day)


@pytest.mark.parametrize(
    "vehicle", [{"max_duration": 500}, {"max_distance": 400}, {"end": None}, {"duration_cost": 1}, {"count": 8}]
)
def test_limits_of_a_route_hold_for_the_whole_of_it(vehicle: dict[str, object]) -> None:
    day = morning(2, **vehicle)
    for moment in (100, 200, 300):
        day.now = moment
        day.add(coords=(moment / 4, 20), delivery=1, windows=(moment, 900))
        day.replan(time_limit=0.3)
        sound(day)


def test_the_rest_costs_what_the_day_will_cost_more() -> None:
    day = morning()
    day.now = 220
    rest = remaining(day.instance, day.plan, day.now, frozenset())
    driven = sum(item.driven for item in rest.going)
    over = sum(evaluate(day.instance, day.plan).routes[number].distance for number in rest.over)
    whole = evaluate(day.instance, day.plan).distance
    assert evaluate(rest.instance, rest.start).distance + driven + over == pytest.approx(whole)
    assert check(rest.instance, rest.start) == []


def test_a_matrix_grows_by_a_larger_instance() -> None:
    ways = np.random.default_rng(0).integers(10, 90, (8, 8)) * (1 - np.eye(8, dtype=int))
    small = Instance.build(distances=ways[:7, :7], delivery=[0, *[1] * 6], capacity=4)
    day = rw.LiveDay(small, rw.solve(small, stop=Stop(iterations=500)).solution)
    with pytest.raises(rw.UnsupportedError, match="extend"):
        day.add(coords=(1, 1))
    day.extend(Instance.build(distances=ways, delivery=[0, *[1] * 7], capacity=4))
    assert day.replan(time_limit=0.2).added
    sound(day)
    other = ways.copy()
    other[1, 2] += 1
    with pytest.raises(rw.InstanceError, match="not what they were"):
        day.extend(Instance.build(distances=other, delivery=[0, *[1] * 7], capacity=4))


def test_what_makes_no_sense_is_refused() -> None:
    day = morning()
    with pytest.raises(rw.InstanceError, match="no field 'demand'"):
        day.add(coords=(1, 1), demand=3)
    with pytest.raises(rw.InstanceError, match="coords are missing"):
        day.add(delivery=3)
    with pytest.raises(rw.InstanceError, match="coords is"):
        day.add(coords=(1, 2, 3))
    with pytest.raises(rw.InstanceError, match="node 0 is not a client"):
        day.cancel(0)
    with pytest.raises(rw.InstanceError, match="cannot be driven"):
        rw.LiveDay(day.instance, Solution.from_routes([[1]]))


def test_features_that_a_driven_part_says_too_little_of_are_refused() -> None:
    instance = tiny.make("cvrp", 0, 5).replace(vehicle_types=(VehicleType(capacity=(15,), reload_depots=(0,)),))
    with pytest.raises(rw.UnsupportedError, match="reloads"):
        rw.LiveDay(instance, rw.solve(instance, stop=Stop(iterations=300)).solution)


def test_a_second_is_enough_and_is_kept() -> None:
    day = morning()
    day.now = 150
    day.add(coords=(10, 10), delivery=1, windows=(150, 900))
    day.replan()
    assert day.result is not None
    assert day.result.seconds < 1.0 * 1.05 + 0.3


LINE: dict[str, Any] = {"coords": [[0, 0], [10, 0], [20, 0], [30, 0], [40, 0]], "rounding": "round"}


def test_a_vehicle_that_has_delivered_has_room_again() -> None:
    pairs = Instance.build(
        **LINE, pairs=[[1, 2], [3, 4]], pickup=[0, 5, 0, 5, 0], delivery=[0, 0, 5, 0, 5], capacity=5, vehicles=1
    )
    mixed = Instance.build(
        **LINE, delivery=[0, 9, 0, 0, 0], pickup=[0, 0, 5, 2, 2], backhaul="mixed", capacity=10, vehicles=1
    )
    for instance, now in ((pairs, 15), (mixed, 5)):
        day = rw.LiveDay(instance, Solution.from_routes([[1, 2, 3, 4]]))
        day.now = now
        day.replan(time_limit=0.2)
        sound(day)
        assert day.plan.routes[0].stops == (1, 2, 3, 4)


def test_a_vehicle_that_came_home_stays_there() -> None:
    instance = Instance.build(coords=[[0, 0], [100, 0]], rounding="round", vehicles=1)
    day = rw.LiveDay(instance, Solution.from_routes([[1]]))
    day.now = 110
    new = day.add(coords=(5, 0), required=False, prize=500)
    day.replan(time_limit=0.2)
    sound(day)
    assert all(new not in route.stops for route in day.plan)


def test_after_the_last_shift_nothing_can_be_planned() -> None:
    instance = Instance.build(coords=[[0, 0], [10, 0]], rounding="round", vehicle_types=[VehicleType(shift=(0, 480))])
    day = rw.LiveDay(instance, Solution.from_routes([[1]]))
    day.now = 500
    assert not day.replan(time_limit=0.1)
    sound(day)
    day.add(coords=(5, 0))
    day.replan(time_limit=0.1)
    assert day.result is not None
    assert not day.result.feasible


def test_a_cancellation_does_not_change_when_a_vehicle_left() -> None:
    """It waited for the goods of the client who cancels now."""
    instance = Instance.build(coords=[[0, 0], [10, 0], [20, 0]], rounding="round", release=[0, 0, 100])
    day = rw.LiveDay(instance, Solution.from_routes([[1, 2]]))
    day.now = 105
    day.cancel(2)
    (timed,) = evaluate(day.instance, day.plan).routes
    assert timed.departure == 100
    assert day.driven == ((1,),)


def test_who_cancelled_is_not_asked_for_again() -> None:
    instance = Instance.build(**LINE, capacity=5)
    day = rw.LiveDay(instance, Solution.from_routes([[1, 2, 3, 4]]))
    day.cancel(2)
    day.extend(Instance.build(coords=[*LINE["coords"], [50, 0]], rounding="round", capacity=5))
    day.replan(time_limit=0.2)
    sound(day)
    assert 2 in day.plan.unserved
    assert 5 not in day.plan.unserved
