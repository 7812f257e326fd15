"""Savings against a Clarke & Wright in plain Python."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest

from routewright.solvers.search import savings as module
from routewright.solvers.search.kernel.model import FAR, Int64
from routewright.solvers.search.savings import saving_routes

Tour = list[int]


class Case(NamedTuple):
    cost: Int64
    load: Int64
    work: Int64
    capacity: int
    longest: int = FAR
    busiest: int = FAR

    def keeps(self, tour: Tour) -> bool:
        stops = [0, *tour, 0]
        driven = int(self.cost[stops[:-1], stops[1:]].sum())
        busy = driven + int(self.work[tour].sum())
        return int(self.load[tour].sum()) <= self.capacity and driven <= self.longest and busy <= self.busiest


def drawn(seed: int, n: int, **limits: int) -> Case:
    """Costs without ties, so that there is one order of savings."""
    rng = np.random.default_rng(seed)
    places = rng.random((n + 1, 2))
    cost = np.rint(np.linalg.norm(places[:, None] - places[None, :], axis=2) * 1e7).astype(np.int64)
    load = np.array([0, *rng.integers(1, 10, n)])
    work = np.array([0, *rng.integers(1, 10**6, n)])
    return Case(cost, load, work, limits.pop("capacity", 40), **limits)


def clarke_and_wright(case: Case) -> list[Tour]:
    """The largest saving first, joining ends of routes, each with all limits recomputed."""
    n = len(case.load) - 1
    route_of: dict[int, Tour] = {client: [client] for client in range(1, n + 1)}

    def dearness(link: tuple[int, int]) -> float:
        i, j = link
        return float(module.SHAPE * case.cost[i, j] - case.cost[0, i] - case.cost[0, j])

    links = sorted(combinations(range(1, n + 1), 2), key=dearness)
    for i, j in links:
        a, b = route_of[i], route_of[j]
        if a is b or i not in (a[0], a[-1]) or j not in (b[0], b[-1]):
            continue
        joined = (a if a[-1] == i else a[::-1]) + (b if b[0] == j else b[::-1])
        if case.keeps(joined):
            route_of |= dict.fromkeys(joined, joined)
    return list({id(route): route for route in route_of.values()}.values())


def by_kernel(case: Case, neighbours: int | None = None) -> list[Tour]:
    key = case.cost.copy()
    key[:, 0] = FAR
    np.fill_diagonal(key, -1)
    near = np.argsort(key, axis=1, kind="stable")[1:, : neighbours or len(key) - 1]
    return saving_routes(
        near=near,
        arc=lambda i, j: case.cost[i, j],
        load=case.load,
        work=case.work,
        capacity=case.capacity,
        longest=case.longest,
        busiest=case.busiest,
    )


def undirected(routes: list[Tour]) -> list[Tour]:
    return sorted(min(route, route[::-1]) for route in routes)


LIMITS: list[dict[str, int]] = [
    {},
    {"longest": 35_000_000},
    {"busiest": 38_000_000},
    {"longest": 35_000_000, "busiest": 38_000_000, "capacity": 60},
    {"capacity": FAR},
]


@pytest.mark.parametrize("shape", [1.0, module.SHAPE])
@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("seed", range(6))
def test_routes_are_those_of_clarke_and_wright(
    seed: int, limits: dict[str, int], shape: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHAPE", shape)
    case = drawn(seed, 40, **limits)
    assert undirected(by_kernel(case)) == undirected(clarke_and_wright(case))


@pytest.mark.parametrize("limits", LIMITS)
def test_few_neighbours_still_serve_everyone_within_limits(limits: dict[str, int]) -> None:
    case = drawn(9, 60, **limits)
    routes = by_kernel(case, neighbours=5)
    assert sorted(client for route in routes for client in route) == list(range(1, 61))
    assert all(case.keeps(route) for route in routes)


def test_the_second_round_joins_what_clusters_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tight clusters of three: with two neighbours each, no link leads from one to the other."""
    x = np.array([0, 100, 101, 103, 130, 131, 133])
    cost = np.abs(x[:, None] - x[None, :]).astype(np.int64)
    case = Case(cost, np.ones(7, np.int64), np.zeros(7, np.int64), 6)
    assert len(by_kernel(case, neighbours=3)) == 1
    monkeypatch.setattr(module, "MOST_ENDS", 0)
    assert len(by_kernel(case, neighbours=3)) == 2


def test_whoever_is_out_of_reach_alone_is_left_out() -> None:
    case = drawn(0, 20)
    far = int(np.argmax(case.cost[0]))
    near = case._replace(longest=2 * int(case.cost[0, far]) - 1)
    served = [client for route in by_kernel(near) for client in route]
    assert far not in served
    assert sorted([*served, far]) == list(range(1, 21))


def test_one_client_is_one_route() -> None:
    assert by_kernel(drawn(0, 1)) == [[1]]
