"""The genetic part of long runs with capacities."""

import numpy as np
import pytest

import routewright as rw
from routewright.solvers.search.flat import split
from routewright.solvers.search.genetic import BEGINNERS, Genetic, suits
from routewright.solvers.search.kernel.model import FAR
from routewright.solvers.search.model import model
from routewright.solvers.search.phases import CAPACITY, CHILD, CHILDREN
from routewright.solvers.search.population import Population
from tests.solvers.search.cases import CASES

INSTANCE = rw.generate("uniform", 40, seed=3)
PLENTY = int(1.2 * CHILDREN * CHILD * 40 / CAPACITY.breeding)
"""Iterations of a run that breeds."""


def costed(routes: "list[list[int]]") -> rw.Evaluation:
    asked = model(INSTANCE)
    solution = rw.Solution.from_routes([[int(asked.nodes[client]) for client in route] for route in routes])
    assert rw.check(INSTANCE, solution) == []
    return rw.evaluate(INSTANCE, solution)


def test_it_suits_capacities_alone() -> None:
    for case, make in CASES.items():
        assert suits(model(make(np.random.default_rng(1), 30))) == (case in {"capacity", "unrounded"}), case
    assert not suits(model(CASES["capacity"](np.random.default_rng(1), 10)))


def test_what_it_finds_is_feasible_and_costs_what_it_says() -> None:
    asked = model(INSTANCE)
    genetic = Genetic(asked, 1, Population(asked.n_nodes))
    assert genetic.best_total == FAR
    totals = []
    for _ in range(BEGINNERS + 200):
        assert genetic.step() == CHILD * 40
        totals.append(genetic.best_total)
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] < totals[BEGINNERS]
    found = [[int(client) for client in route] for route in split(genetic.best_flat)]
    assert costed(found).cost == pytest.approx(asked.reported(genetic.best_total))
    assert genetic.best_total <= model(INSTANCE).problem.cost.max() * 80


def test_the_price_of_overload_follows_the_share_of_children_without() -> None:
    asked = model(INSTANCE)
    genetic = Genetic(asked, 1, Population(asked.n_nodes))
    genetic._price = 1
    for _ in range(BEGINNERS + 1_500):
        genetic.step()
    assert genetic._price > 5
    genetic._price = 1 << 40
    for _ in range(500):
        genetic.step()
    assert genetic._price < 1 << 40


@pytest.mark.parametrize("threads", [1, 2])
def test_a_long_run_breeds_and_repeats_itself(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[int] = []
    step = Genetic.step

    def counted(self: Genetic) -> int:
        children.append(1)
        return step(self)

    monkeypatch.setattr(Genetic, "step", counted)
    results = [
        rw.solve(INSTANCE, solver="search", stop=rw.Stop(iterations=PLENTY), seed=5, threads=threads) for _ in range(2)
    ]
    assert len(children) > 2 * CHILDREN
    for result in results:
        assert result.feasible
        assert result.cost == pytest.approx(min(point.cost for point in result.trajectory))
    if threads == 1:
        assert results[0].solution == results[1].solution


def test_a_short_run_does_not_breed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Genetic, "step", None)
    assert rw.solve(INSTANCE, solver="search", stop=rw.Stop(iterations=PLENTY // 2)).feasible
