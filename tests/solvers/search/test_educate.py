"""What the education of a genetic search promises: nobody lost, and no neighbour of its routes is cheaper."""

from itertools import pairwise
from math import inf

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.solvers.search.genetic import scratch
from routewright.solvers.search.kernel.educate import educate
from routewright.solvers.search.model import Model, model
from tests.solvers.search.neighbourhood import MOVES, Tours

CHEAP, DEAR = 2, 1_000
"""Price of a unit of overload, in units of cost."""
SHIFT = 3
ROUTES = 8


def clients(seed: int, n: int = 13, capacity: int = 12) -> Model:
    rng = np.random.default_rng(seed)
    delivery = np.append(0, rng.integers(1, 8, n))
    return model(
        Instance.build(coords=rng.integers(0, 60, (n + 1, 2)), delivery=delivery, capacity=capacity, rounding="round")
    )


def cost(asked: Model, tours: Tours, price: float) -> float:
    problem = asked.problem
    arcs = sum(int(problem.cost[a, b]) for tour in tours if tour for a, b in pairwise([0, *tour, 0]))
    return arcs + price * sum(max(0, int(problem.load[tour].sum()) - problem.capacity) for tour in tours if tour)


def educated(asked: Model, tours: Tours, price: int, seed: int = 0, reach: int = 99) -> Tours:
    chains = scratch(asked, ROUTES)
    flat = np.array([client for tour in tours for client in tour])
    cuts = np.full(len(chains.load) + 1, len(flat))
    cuts[: len(tours)] = np.append(0, np.cumsum([len(tour) for tour in tours])[:-1])
    order = 1 + np.random.default_rng(seed).permutation(len(flat))
    most = asked.problem.near.shape[1] - 1
    educate(asked.problem, chains, order, flat, cuts, price << SHIFT, SHIFT, min(most, reach), min(most, reach))
    return [flat[i:j].tolist() for i, j in pairwise(cuts)]


def random_tours(asked: Model, seed: int) -> Tours:
    rng = np.random.default_rng(seed)
    return [part.tolist() for part in np.array_split(1 + rng.permutation(asked.n_clients), 4)]


KNOWN = {name: move for name, move in MOVES.items() if not name.startswith("relocate 3")}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("price", [CHEAP, DEAR])
def test_no_neighbour_is_cheaper(seed: int, price: int) -> None:
    asked = clients(seed)
    before = random_tours(asked, seed)
    after = educated(asked, before, price, seed)
    assert sorted(client for tour in after for client in tour) == list(range(1, asked.n_nodes))
    assert cost(asked, after, price) <= cost(asked, before, price)
    assert any(not tour for tour in after)  # so that there is a route to be opened
    for move, neighbours in KNOWN.items():
        assert min((cost(asked, each, price) for each in neighbours(after)), default=inf) >= cost(
            asked, after, price
        ), move


@pytest.mark.parametrize("seed", range(12))
def test_with_few_near_clients_nobody_is_lost_and_nothing_gets_dearer(seed: int) -> None:
    asked = clients(seed, n=30)
    before = random_tours(asked, seed)
    after = educated(asked, before, DEAR, seed, reach=4)
    assert sorted(client for tour in after for client in tour) == list(range(1, asked.n_nodes))
    assert cost(asked, after, DEAR) < cost(asked, before, DEAR)


def test_overload_is_a_matter_of_its_price() -> None:
    overloads = {}
    for price in (0, CHEAP, DEAR):
        found = [
            (asked, educated(asked, random_tours(asked, seed), price))
            for seed in range(12)
            for asked in [clients(seed)]
        ]
        overloads[price] = sum(cost(asked, tours, 1) - cost(asked, tours, 0) for asked, tours in found)
    assert overloads[0] > overloads[CHEAP] > overloads[DEAR] == 0


def test_without_a_limit_it_makes_one_tour() -> None:
    asked = clients(1, capacity=500)
    tours = [tour for tour in educated(asked, random_tours(asked, 1), DEAR) if tour]
    assert len(tours) == 1
