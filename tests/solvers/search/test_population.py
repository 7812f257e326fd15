"""Who stays in a population, and who becomes a parent."""

from itertools import pairwise

import numpy as np

from routewright.solvers.search.population import GENERATION, LEAST, Individual, Population, individual
from tests.solvers.search.test_educate import clients

ASKED = clients(3, n=12)
PRICE = 5.0


def routes(seed: int, parts: int) -> Individual:
    tour = 1 + np.random.default_rng(seed).permutation(12)
    return individual(ASKED.problem, tour, np.linspace(0, 12, parts + 1).astype(np.int64))


def test_an_individual_knows_its_cost_its_overload_and_its_arcs() -> None:
    problem = ASKED.problem
    found = individual(problem, np.arange(1, 13), np.array([0, 5, 12]))
    loads = [int(problem.load[1:6].sum()), int(problem.load[6:13].sum())]
    assert found.overload == sum(max(0, load - problem.capacity) for load in loads)
    stops = [0, *range(1, 6), 0, *range(6, 13), 0]
    assert found.cost == sum(int(problem.cost[a, b]) for a, b in pairwise(stops))
    assert found.after.tolist() == [0, 2, 3, 4, 5, 0, 7, 8, 9, 10, 11, 12, 0]
    assert found.before.tolist() == [0, 0, 1, 2, 3, 4, 0, 6, 7, 8, 9, 10, 11]


def test_the_best_is_the_cheapest_that_keeps_capacities() -> None:
    population = Population(ASKED.n_nodes)
    heavy, light, lighter = routes(1, parts=1), routes(1, parts=12), routes(2, parts=12)
    assert heavy.overload > 0 == light.overload
    assert heavy.cost < light.cost
    population.add(heavy, PRICE)
    assert population.best is None
    population.add(light, PRICE)
    assert population.best is light
    cheaper = lighter._replace(cost=light.cost - 1)
    population.add(cheaper, PRICE)
    assert population.best is cheaper


def test_after_a_generation_the_best_stays_and_nobody_is_there_twice() -> None:
    population = Population(ASKED.n_nodes)
    best = routes(0, parts=4)._replace(cost=1, overload=0)
    population.add(best, PRICE)
    for number in range(LEAST + GENERATION):  # by cost alone seven kinds would stay, four times each
        each = routes(1 + number // 4 if number < 40 else number, parts=4)
        population.add(each._replace(cost=1_000 + number, overload=0), PRICE)
    members = population._feasible.members
    assert len(members) == LEAST
    assert any(each is best for each in members)
    assert len({tuple(each.after.tolist()) for each in members}) == LEAST
    drawn = [population.parents(PRICE, np.random.default_rng(seed)) for seed in range(2_000)]
    assert sum(one is best for one, _ in drawn) > 2_000 / LEAST  # tournaments
    assert sum(one is other for one, other in drawn) < 20


def test_the_dearest_survives_if_it_is_like_no_other() -> None:
    population = Population(ASKED.n_nodes)
    lonely = routes(999, parts=6)._replace(cost=10_000, overload=0)
    base = routes(5, parts=6)
    alike: list[Individual] = []
    for one in range(12):
        for other in range(one):  # 66 different neighbours of the same routes
            tour = base.tour.copy()
            tour[[one, other]] = tour[[other, one]]
            each = individual(ASKED.problem, tour, base.cuts)
            alike.append(each._replace(cost=5_000 + len(alike), overload=0))
    for each in (lonely, *alike[: LEAST + GENERATION]):
        population.add(each, PRICE)
    assert any(each is lonely for each in population._feasible.members)
