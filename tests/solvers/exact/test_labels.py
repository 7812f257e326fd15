"""Routes found label by label, against all routes there are."""

from itertools import permutations

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.exact.column import column
from routewright.solvers.exact.kernel.labels import NEVER
from routewright.solvers.exact.network import Network, network
from routewright.solvers.exact.pricing import Pricing
from tests.solvers import tiny


def cheapest(found: Network, reduced: np.ndarray) -> float:
    """Reduced cost of the cheapest route that visits nobody twice, by trying all."""
    graph, best = found.graph, 0.0
    for size in range(1, found.size):
        for order in permutations(range(1, found.size), size):
            if graph.demand[list(order)].sum() > graph.capacity:
                continue
            time, here, fits = graph.opens[0], 0, True
            for node in order:
                time = max(time + graph.duration[here, node], graph.opens[node])
                fits &= time <= graph.closes[node]
                here = node
            if fits and time + graph.duration[here, 0] <= graph.closes[0]:
                best = min(best, column(list(order), reduced).cost)
    return best


def priced(found: Network, seed: int) -> np.ndarray:
    """Costs less prices drawn at random, high enough that routes pay."""
    rng = np.random.default_rng(seed)
    reduced = found.cost.copy()
    reduced[:, 1:] -= rng.uniform(1.0, 2.5, found.size - 1) * found.cost[0, 1:]
    np.fill_diagonal(reduced, NEVER)
    return reduced


@pytest.mark.parametrize("maker", ["cvrp", "vrptw", "vrptw_unrounded", "distance_limit"])
@pytest.mark.parametrize("seed", range(3))
def test_the_cheapest_route_is_found(maker: str, seed: int) -> None:
    found = network(tiny.make(maker, seed, 6))  # all nodes remember all others: no client is visited twice
    reduced = priced(found, seed)
    _, bound = Pricing(found, lambda: False).columns(reduced, quickly=False)
    assert bound == pytest.approx(cheapest(found, reduced), abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_columns_keep_limits_and_save_something(seed: int) -> None:
    found = network(tiny.make("vrptw", seed, 7))
    reduced = priced(found, seed)
    columns, _ = Pricing(found, lambda: False).columns(reduced)
    assert columns
    for each in columns:
        assert found.graph.demand[list(each.nodes)].sum() <= found.graph.capacity
        assert each.sum(reduced) < 0
        assert each.cost == found.cost[each.starts, each.ends].sum()


def test_clients_without_loads_or_times_end_after_so_many_visits() -> None:
    found = network(Instance.build(coords=np.arange(10.0).reshape(5, 2), delivery=0.0, vehicles=3))
    columns, bound = Pricing(found, lambda: False).columns(priced(found, 2))
    assert max((len(each.nodes) for each in columns), default=0) <= 5
    assert bound < np.inf


def test_a_vehicle_that_ends_anywhere_pays_no_way_back() -> None:
    vehicle = VehicleType(end=None, capacity=(15,), fixed_cost=7.0)
    found = network(tiny.make("cvrp", 1, 5).replace(vehicle_types=(vehicle,)))
    assert (found.cost[1:, 0] == 0).all()
    assert found.cost[0, 2] == tiny.make("cvrp", 1, 5).distance_matrix()[0, 2] + 7.0
    assert not found.mutual
