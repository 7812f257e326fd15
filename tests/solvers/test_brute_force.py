"""The oracle itself, on cases solved by hand."""

from math import inf

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from tests.solvers.brute_force import best, optimum

LINE = [[0, 0], [10, 0], [20, 0], [-10, 0]]


def test_two_routes_where_one_is_too_small() -> None:
    """Either side of the depot: 40 to the right and back, 20 to the left."""
    instance = Instance.build(coords=LINE, rounding="round", delivery=[0, 1, 1, 1], capacity=2)
    cost, solution = best(instance)
    assert cost == 60
    assert sorted(sorted(route.stops) for route in solution) == [[1, 2], [3]]
    assert evaluate(instance, solution).cost == 60


def test_windows_force_a_detour() -> None:
    """Client 2 must come before client 1, so the order 2, 1, 3 holds; any order costs 60."""
    instance = Instance.build(
        coords=LINE, rounding="round", windows=[[0, 99], [30, 30], [0, 20], [0, 99]], vehicles=1, capacity=9
    )
    assert best(instance)[1].routes[0].stops == (2, 1, 3)
    late = Instance.build(coords=LINE, rounding="round", windows=[[0, 99], [0, 9], [0, 99], [0, 99]])
    assert optimum(late) == inf


def test_waiting_counts_unless_one_leaves_later() -> None:
    """Opening at 50 and 10 away: leaving at 40 makes a duration of 20, leaving at 0 one of 60."""
    limited = VehicleType(max_duration=25, duration_cost=1)
    instance = Instance.build(coords=LINE[:2], rounding="round", windows=[[0, 99], [50, 60]], vehicle_types=[limited])
    assert optimum(instance) == 40
    early = Instance.build(coords=LINE[:2], rounding="round", windows=[[0, 30], [50, 60]], vehicle_types=[limited])
    assert optimum(early) == inf


def test_an_optional_client_is_left_out_when_the_way_costs_more() -> None:
    def with_prize(prize: float) -> float:
        return optimum(
            Instance.build(coords=LINE, rounding="round", required=[False, True, False, True], prize=[0, 0, prize, 0])
        )

    assert with_prize(19) == 40 + 19
    assert with_prize(21) == 60


def test_fewer_vehicles_may_beat_less_distance() -> None:
    """One route visits all (60); two routes are as long, yet fewer vehicles come first."""
    instance = Instance.build(coords=LINE, rounding="round", objective="vehicles_first")
    assert len(best(instance)[1]) == 1
