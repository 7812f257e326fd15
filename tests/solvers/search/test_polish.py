"""What the polish promises: never worse, never infeasible, nobody lost; and what it is worth."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import routewright as rw
from routewright.data.vehicle import VehicleType
from routewright.solvers.search import polish as polish_module
from routewright.solvers.search.kernel.polish_descent import descend
from routewright.solvers.search.model import model
from routewright.solvers.search.polish import polish
from routewright.solvers.search.start import constructed_routes
from tests.solvers.search.cases import CASES, start
from tests.solvers.search.neighbourhood import Tours
from tests.solvers.search.polished import is_feasible, polished, raw_cost


def served(tours: Tours) -> list[int]:
    return sorted(client for tour in tours for client in tour)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("n", [1, 2, 6, 40])
def test_routes_stay_feasible_and_complete_and_save_what_the_kernel_says(
    case: str, n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = CASES[case](np.random.default_rng(n), n)
    tours = start(instance)
    saved: list[int] = []

    def listening(*arguments: Any) -> int:
        saved.append(int(descend(*arguments)))
        return saved[-1]

    monkeypatch.setattr(polish_module, "descend", listening)
    better = polished(instance, tours)
    assert is_feasible(instance, better)
    assert served(better) == served(tours)
    difference = raw_cost(instance, tours) - raw_cost(instance, better)
    assert difference == pytest.approx(sum(saved) * model(instance).price, abs=1e-4 * n)
    assert difference >= 0
    assert difference > 0 or n < 40


def test_unserved_clients_are_left_alone() -> None:
    instance = CASES["optional"](np.random.default_rng(1), 20)
    left_out = [client for client in instance.clients if not instance.required[client]][:5]
    tours = [[client] for client in instance.clients if client not in left_out]
    better = polished(instance, tours)
    assert is_feasible(instance, better)
    assert served(better) == served(tours)


def test_a_route_is_split_as_often_as_that_pays() -> None:
    n = 6
    road = np.full((n + 1, n + 1), 100)
    road[0, :] = road[:, 0] = 1
    np.fill_diagonal(road, 0)
    instance = rw.Instance.build(distances=road, delivery=0)
    assert sorted(polished(instance, [list(range(1, n + 1))])) == [[client] for client in range(1, n + 1)]


def test_a_fixed_cost_makes_one_route_of_two() -> None:
    coords = [[0, 0], [10, 0], [-10, 0]]
    vehicle = VehicleType(capacity=2, fixed_cost=5)  # type: ignore[arg-type]
    instance = rw.Instance.build(coords=coords, rounding="round", delivery=1, vehicle_types=[vehicle])
    assert len(polished(instance, [[1], [2]])) == 1


def test_the_same_seed_gives_the_same_routes() -> None:
    instance = CASES["capacity"](np.random.default_rng(0), 60)
    asked = model(instance)
    alone = [[client] for client in range(1, asked.n_nodes)]
    first, again, other = (polish(asked, alone, seed=seed) for seed in (1, 1, 2))
    assert [list(route) for route in first] == [list(route) for route in again]
    assert [list(route) for route in first] != [list(route) for route in other]


def test_given_routes_are_left_as_they_are() -> None:
    instance = CASES["capacity"](np.random.default_rng(0), 30)
    asked = model(instance)
    routes = constructed_routes(asked, 0)
    before = [list(route) for route in routes]
    polish(asked, routes)
    assert [list(route) for route in routes] == before


@pytest.mark.parametrize(
    ("file", "reference", "before", "after"),
    [
        ("X/X-n209-k16.vrp", 30656, 1.05, 1.05),
        ("X/X-n599-k92.vrp", 108451, 1.035, 1.035),
        ("solomon/R104.txt", 971.5, 1.2, 1.2),
    ],
)
def test_public_files_come_closer_to_the_best_known(
    instances: Path, file: str, reference: float, before: float, after: float
) -> None:
    instance = rw.read(instances / file)
    asked = model(instance)
    routes = constructed_routes(asked, 0)
    tours, better = (
        [[int(asked.nodes[number]) for number in route] for route in found] for found in (routes, polish(asked, routes))
    )
    assert is_feasible(instance, better)
    cost, less = (raw_cost(instance, found) / instance.scale / reference for found in (tours, better))
    assert cost > before
    assert 1 <= less < after
