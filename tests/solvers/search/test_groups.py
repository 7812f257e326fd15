"""Groups of clients in the fast kernels: one of each on the routes, whatever is removed, put back and exchanged."""

from math import inf

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.combine import exchange
from routewright.solvers.search.flat import joined, tours
from routewright.solvers.search.general import general_model, needs_general
from routewright.solvers.search.kernel.model import ASLEEP
from routewright.solvers.search.session import Session
from routewright.solvers.search.support import rich_features
from routewright.solvers.stop import Stop
from tests.solvers import tiny
from tests.solvers.brute_force import optimum


def many(seed: int = 0, groups: int = 30, of: int = 4) -> Instance:
    """Groups whose clients lie anywhere, and some clients without one; two kinds of vehicles."""
    rng = np.random.default_rng(seed)
    n = groups * of + 10
    group = [-1, *np.repeat(np.arange(groups), of), *[-1] * 10]
    fleet = [VehicleType(capacity=(25,)), VehicleType(capacity=(50,), fixed_cost=30)]
    return Instance.build(**tiny.base(rng, n), group=group, vehicle_types=fleet)


@pytest.mark.parametrize("maker", ["groups", "groups_with_windows"])
@pytest.mark.parametrize("seed", range(6))
def test_small_instances_are_solved_to_the_optimum(maker: str, seed: int) -> None:
    instance = tiny.make(maker, seed, 6)
    if maker == "groups_with_windows":
        instance = instance.replace(windows=np.repeat(instance.windows[:, :1], 2, axis=1) + np.array([0, 200]))
    assert needs_general(instance)
    assert not rich_features(instance)
    least = optimum(instance)
    assert least < inf
    result = rw.solve(instance, solver="search", stop=Stop(iterations=3_000), seed=seed)
    assert check(instance, result.solution, result.cost) == []
    assert result.cost == pytest.approx(least)
    assert result.trajectory[-1].cost == pytest.approx(result.cost)


def test_one_client_of_each_group_is_on_a_route_or_waits_and_the_others_sleep() -> None:
    model = general_model(many())
    assert model.fleet is not None
    group = model.fleet.group
    session = Session(model, 1, 40)
    session.load([])
    assert session.n_unserved == model.n_visits == len(np.unique(group[model.first :]))
    session.build()
    for temperature in (200.0, 20.0, 1.0):
        session.improve(2_000, temperature)
        state = session.state
        served = np.flatnonzero(state.route_of[model.first :] >= 0) + model.first
        waiting = session.unserved
        assert len(np.unique(group[served])) == len(served)
        assert set(group[served]).isdisjoint(group[waiting])
        assert {*group[served], *group[waiting]} == set(group[model.first :])
        asleep = np.flatnonzero(state.route_of == ASLEEP)
        assert len(asleep) == model.n_clients - len(served) - len(waiting) == model.fleet.asleep
        on_routes = np.concatenate([tour.clients for tour in tours(session.current_flat(), model.first)])
        assert sorted(on_routes) == sorted(served)


def test_the_total_is_what_the_routes_cost() -> None:
    model = general_model(many(2))
    session, fresh = Session(model, 3, 40), Session(model, 3, 40)
    session.load([])
    session.build()
    for _ in range(5):
        session.improve(1_000, 50.0)
        fresh.load_flat(session.current_flat())
        assert fresh.total == session.total
        assert fresh.n_unserved == session.n_unserved


def test_an_exchange_of_routes_visits_no_group_twice_and_names_the_lost() -> None:
    model = general_model(many(1))
    assert model.fleet is not None
    group = model.fleet.group
    plans = []
    for seed in range(2):
        session = Session(model, seed, 40)
        session.load([])
        session.build()
        session.improve(3_000, 20.0)
        plans.append(tours(session.best_flat, model.first))
    random = np.random.default_rng(0)
    for _ in range(20):
        found = exchange(model, plans[0], plans[1], random)
        clients = np.concatenate([tour.clients for tour in found.tours])
        assert len(np.unique(group[clients])) == len(clients)
        assert sorted([*group[clients], *found.lost]) == sorted(np.unique(group[model.first :]))
        session = Session(model, 5, 60)
        session.load_flat(joined([tour.clients for tour in found.tours], [tour.kind for tour in found.tours]))
        assert sorted(session.unserved) == sorted(found.lost)


def test_an_answer_serves_every_group_once() -> None:
    instance = many(3)
    result = rw.solve(instance, solver="search", stop=Stop(iterations=30_000))
    assert check(instance, result.solution, result.cost) == []


def test_a_start_is_taken() -> None:
    instance = many(4)
    good = rw.solve(instance, solver="search", stop=Stop(iterations=20_000))
    again = rw.solve(instance, solver="search", stop=Stop(iterations=0), initial_solution=good.solution)
    assert again.cost == good.cost
