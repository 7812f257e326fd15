"""The adapter of HGS-CVRP against brute force."""

from itertools import permutations, product
from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers import hygese
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop

pytest.importorskip("hygese")

COORDS = np.random.default_rng(5).integers(0, 100, (6, 2)) - 50  # negative ones too
SERVICE = [0.0, 10, 10, 10, 10, 10]


def small(**changes: Any) -> Instance:
    values: dict[str, Any] = {"coords": COORDS, "rounding": "round", "delivery": [0, 1, 2, 1, 2, 1], "capacity": 3}
    return Instance.build(**(values | changes))


def limited(**limits: float) -> Instance:
    vehicle = VehicleType(capacity=(3,), **limits)  # type: ignore[arg-type]
    return small(capacity=None, vehicle_types=[vehicle], service=SERVICE)


def asymmetric() -> Instance:
    matrix = np.random.default_rng(2).integers(1, 100, (6, 6)).astype(float)
    np.fill_diagonal(matrix, 0.0)
    return small(coords=None, distances=matrix)


def cheapest(instance: Instance) -> float:
    """Cost of the best feasible plan, by trying every order and every way to cut it into routes."""
    matrix, vehicle = instance.distance_matrix(), instance.vehicle_types[0]
    clients = list(instance.clients)
    best = inf
    for order in permutations(clients):
        for cuts in product((False, True), repeat=len(clients) - 1):
            routes, route = [], [order[0]]
            for client, cut in zip(order[1:], cuts, strict=True):
                if cut:
                    routes.append(route)
                    route = []
                route.append(client)
            routes.append(route)
            lengths = [sum(matrix[a, b] for a, b in zip([0, *r], [*r, 0], strict=True)) for r in routes]
            if sum(lengths) < best and all(
                instance.delivery[r, 0].sum() <= vehicle.capacity[0]
                and length <= vehicle.max_distance
                and length + instance.service[r].sum() <= vehicle.max_duration
                for r, length in zip(routes, lengths, strict=True)
            ):
                best = sum(lengths)
    return best


@pytest.mark.parametrize(
    "instance",
    [small(), asymmetric(), limited(max_distance=170.0), limited(max_duration=175.0), limited(max_duration=230.0)],
    ids=["plain", "asymmetric", "distance limit", "duration limit that binds", "duration limit"],
)
def test_it_finds_the_cheapest_plan_under_our_rounding_and_limits(instance: Instance) -> None:
    assert hygese.supports(instance) == []
    monitor = Monitor(Stop(cpu=0.1))
    answer = hygese.run(instance, monitor, seed=1, threads=1, initial_solution=None)
    cost = evaluate(instance, answer.solution).cost
    assert check(instance, answer.solution, cost) == []
    assert cost == cheapest(instance)
    assert monitor.trajectory[-1].cost == cost


def test_limits_of_the_cases_above_bind_or_not_as_they_say() -> None:
    free = cheapest(small())
    assert cheapest(limited(max_distance=170.0)) > free
    assert cheapest(limited(max_duration=175.0)) > free
    assert cheapest(limited(max_duration=230.0)) == free


def test_an_impossible_limit_gives_an_answer_that_check_rejects() -> None:
    instance = limited(max_duration=160.0)
    answer = hygese.run(instance, Monitor(Stop(cpu=0.1)), seed=1, threads=1, initial_solution=None)
    assert check(instance, answer.solution)


def test_its_cpu_limit_is_kept() -> None:
    monitor = Monitor(Stop(cpu=0.2))
    hygese.run(small(), monitor, seed=1, threads=1, initial_solution=None)
    assert 0.19 <= monitor.cpu() < 0.3


TYPE = {"capacity": None}


@pytest.mark.parametrize(
    ("instance", "reason"),
    [
        (small(depots=2, delivery=[0, 0, 1, 2, 1, 2]), "several depots"),
        (small(windows=[(0, 1000)] * 6), "time windows"),
        (small(pickup=[0, 1, 0, 0, 0, 0]), "pickups"),
        (small(**TYPE, vehicle_types=[VehicleType(capacity=(3,), end=None)]), "open routes"),
        (small(**TYPE, vehicle_types=[VehicleType(capacity=(3,), fixed_cost=5)]), "fixed or duration costs"),
        (small(**TYPE, vehicle_types=[VehicleType(capacity=(3,))] * 2), "several vehicle types"),
        (small(required=False, prize=10.0), "optional clients"),
        (small(objective="vehicles_first"), "objective vehicles_first"),
        (small(vehicles=2), "a fleet that cannot hold all demand"),
        (small(delivery=0.0), "a largest demand of 0"),
        (small(rounding="none", coords=COORDS * 1e-4), "a largest distance of"),
        (small(coords=COORDS[:2], delivery=[0, 1]), "a single client"),
    ],
)
def test_what_it_cannot_express_or_would_crash_on_is_refused(instance: Instance, reason: str) -> None:
    assert any(found.startswith(reason) for found in hygese.supports(instance))
