"""The oracle that knows every field, against the one for more clients, and on cases solved by hand."""

from math import inf

import pytest

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, VehicleType
from tests.solvers import tiny
from tests.solvers.brute_force import best
from tests.solvers.exhaustive import best_key

LINE = [[0, 0], [10, 0], [20, 0], [-10, 0]]


@pytest.mark.parametrize("maker", ["cvrp", "vrptw", "mixed_fleet", "optional_clients", "pairs", "fewest_vehicles"])
def test_both_oracles_agree(maker: str) -> None:
    instance = tiny.make(maker, 1, 4)
    cost, solution = best(instance)
    assert best_key(instance) == pytest.approx(evaluate(instance, solution).key if cost < inf else None)


def test_a_vehicle_that_reloads_needs_no_second_one() -> None:
    vehicle = VehicleType(count=1, capacity=2, reload_depots=(0,))  # type: ignore[arg-type]
    instance = Instance.build(coords=LINE, rounding="round", delivery=[0, 1, 1, 1], vehicle_types=[vehicle])
    assert best_key(instance) == (60,)


def test_the_way_to_a_station_counts() -> None:
    """Client 2 is 20 away: with 30 units of energy the way back leads over the station 10 beside it."""
    places = [[0, 0], [10, 0], [20, 0], [20, 10]]
    road = [[abs(a - c) + abs(b - d) for c, d in places] for a, b in places]
    near = VehicleType(battery=Battery(30))
    instance = Instance.build(distances=road, stations=1, vehicle_types=[near])
    assert best_key(instance) == (60,)
    assert best_key(instance.replace(vehicle_types=(VehicleType(battery=Battery(20)),))) is None


def test_a_client_may_be_served_by_two_vehicles() -> None:
    """Three loads of 2 on vehicles of 3: two routes, where whole loads would need three."""
    vehicle = VehicleType(capacity=3)  # type: ignore[arg-type]
    places = [[0, 0], [10, 0], [10, 0], [10, 0]]
    instance = Instance.build(coords=places, rounding="round", delivery=2, vehicle_types=[vehicle])
    assert best_key(instance) == (60,)
    assert best_key(instance.replace(split=True)) == (40,)


def test_the_longest_route_counts_before_the_cost() -> None:
    vehicle = VehicleType(count=2)
    instance = Instance.build(coords=LINE, rounding="round", vehicle_types=[vehicle], objective="max_route")
    assert best_key(instance) == (40, 60)
