"""Exchanges between two solutions, and what a pool gains from them."""

from dataclasses import replace

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Pace
from routewright.solvers.search.combine import Combiner, exchange
from routewright.solvers.search.flat import Tour, split, tours
from routewright.solvers.search.general import general_model
from routewright.solvers.search.kernel.model import COUNT, FAR, FORBIDDEN, START
from routewright.solvers.search.model import Model, model
from routewright.solvers.search.pool import Member, Pool
from routewright.solvers.search.session import Session
from routewright.solvers.search.solver import as_solution
from routewright.solvers.search.start import start_flat
from routewright.solvers.stop import Stop
from tests.solvers.search.more_cases import EVERY


def annealed(asked: Model, seed: int, iterations: int = 300) -> Member:
    session = Session(asked, seed, asked.n_nodes - 1)
    session.load_flat(start_flat(asked, seed))
    session.improve(iterations, 20.0)
    return Member(session.best_total, session.best_flat)


def clients(routes: list[list[int]]) -> list[int]:
    return sorted(client for route in routes for client in route)


def plain(flat: Member) -> list[list[int]]:
    return [route.tolist() for route in map(np.asarray, split(flat.flat))]


@pytest.mark.parametrize("seed", range(20))
def test_an_exchange_takes_routes_of_the_other_whole_and_leaves_no_client_twice(seed: int) -> None:
    asked = model(EVERY["capacity"](np.random.default_rng(3), 60))
    first, second = annealed(asked, 1), annealed(asked, 2)
    mine, other = plain(first), plain(second)

    found, lost, changed = exchange(asked, tours(first.flat), tours(second.flat), np.random.default_rng(seed))

    routes = [tour.clients.tolist() for tour in found]
    visited = clients(routes)
    assert len(visited) == len(set(visited))
    assert any(route in other and route not in mine for route in routes)
    for route in routes:
        if set(route) not in map(set, mine):
            assert set(route) <= set(changed.tolist())
            assert route in other or any(set(route) < set(old) for old in mine)
    assert set(clients(mine)) - set(visited) == set(lost.tolist())
    assert set(lost.tolist()) <= set(changed.tolist())


def fleet_and_backhauls(seed: int) -> Instance:
    """Two depots with three vehicles each, classic backhauls."""
    instance = generate("mtvrp", 40, seed, variant="MDVRPB", depots=2, capacity=60)
    types = tuple(replace(vehicle, count=3) for vehicle in instance.vehicle_types)
    return instance.replace(vehicle_types=types)


@pytest.mark.parametrize("seed", range(20))
def test_an_exchange_takes_no_more_vehicles_than_there_are_and_none_without_a_delivery(seed: int) -> None:
    asked = general_model(fleet_and_backhauls(seed % 3))
    mine, other = (tours(annealed(asked, number).flat, asked.first) for number in (1, 2))

    found, lost, _ = exchange(asked, mine, other, np.random.default_rng(seed))

    assert asked.fleet is not None
    for kind, count in enumerate(asked.fleet.limits[:, COUNT]):
        assert sum(tour.kind == kind for tour in found) <= count
    for tour in found:
        assert asked.problem.cost[asked.fleet.doors[tour.kind, START], tour.clients[0]] < FORBIDDEN
    visited = sorted(client for tour in found for client in tour.clients.tolist())
    assert sorted({*visited, *lost.tolist()}) == list(range(asked.first, asked.n_nodes))
    assert len(visited) + len(lost) == asked.n_clients


def test_the_same_clients_in_another_kind_of_vehicle_are_an_exchange() -> None:
    asked = general_model(fleet_and_backhauls(0))
    gives = [c for c in range(asked.first, asked.n_nodes) if asked.problem.load[c] > 0][:4]
    mine = [Tour(np.array(gives[:2]), 0), Tour(np.array(gives[2:]), 1)]
    other = [Tour(np.array(gives[:2]), 1), Tour(np.array(gives[2:]), 0)]
    found, lost, changed = exchange(asked, mine, other, np.random.default_rng(0))
    assert len({tour.kind for tour in found}) == 1  # one of the two routes came from the other solution
    assert len(lost) == 0
    assert len(changed) > 0


def test_equal_solutions_have_nothing_to_exchange() -> None:
    asked = model(EVERY["capacity"](np.random.default_rng(3), 30))
    one = tours(annealed(asked, 1).flat)

    found, lost, changed = exchange(asked, one, one, np.random.default_rng(0))

    assert found is one
    assert len(lost) == len(changed) == 0


@pytest.mark.parametrize("case", list(EVERY))
def test_what_is_combined_keeps_all_limits_and_its_cost_is_true(case: str) -> None:
    instance = EVERY[case](np.random.default_rng(5), 30)
    asked = model(instance)
    pool = Pool()
    for seed in (1, 2, 3):
        pool.add(annealed(asked, seed))
    before = [annealed(asked, seed).total for seed in (1, 2, 3)]
    session = Session(asked, 4, asked.n_nodes - 1)
    monitor = Monitor(Stop(iterations=200_000))
    combiner = Combiner(session, pool, Pace(monitor), 10.0)

    done = 0
    while not monitor.done(done):
        done += combiner.step(monitor, done)

    best = min(pool.members)
    assert done == 200_000
    assert best.total <= min(before)
    solution = as_solution(instance, [asked.nodes[route] for route in split(best.flat)])
    assert {violation.kind for violation in check(instance, solution)} <= {"missing client"}
    left_out = min(best.total // FAR, 1)
    assert left_out or evaluate(instance, solution).cost == pytest.approx(asked.reported(best.total), rel=1e-4)


def test_combining_finds_better_solutions_than_it_was_given() -> None:
    asked = model(EVERY["capacity"](np.random.default_rng(5), 80))
    pool = Pool()
    for seed in (1, 2, 3, 4):
        pool.add(annealed(asked, seed))
    before = min(annealed(asked, seed).total for seed in (1, 2, 3, 4))
    monitor = Monitor(Stop(iterations=100_000))
    combiner = Combiner(Session(asked, 4, 80), pool, Pace(monitor), 10.0)

    done = 0
    while not monitor.done(done):
        done += combiner.step(monitor, done)

    assert min(pool.members).total < before
