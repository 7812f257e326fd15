"""The genetic part of long runs with capacities."""

from dataclasses import replace

import numpy as np
import pytest

import routewright as rw
from routewright.solvers.search import phases, team
from routewright.solvers.search.flat import split
from routewright.solvers.search.genetic import BEGINNERS, Genetic, suits
from routewright.solvers.search.kernel.model import FAR
from routewright.solvers.search.model import model
from routewright.solvers.search.phases import CAPACITY, CHILD
from routewright.solvers.search.population import Population
from tests.solvers.search.cases import CASES

INSTANCE = rw.generate("uniform", 40, seed=3)
FEW = 200
"""Children that are worth it here."""
PLENTY = int(1.2 * FEW * CHILD * 40 / CAPACITY.breeding)
"""Iterations of a run that breeds."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phases, "CHILDREN", FEW)
    monkeypatch.setattr(phases, "CAPACITY", CAPACITY._replace(worthwhile=100))


def costed(routes: "list[list[int]]") -> rw.Evaluation:
    asked = model(INSTANCE)
    solution = rw.Solution.from_routes([[int(asked.nodes[client]) for client in route] for route in routes])
    assert rw.check(INSTANCE, solution) == []
    return rw.evaluate(INSTANCE, solution)


def genetic_of(instance: rw.Instance, routes: int = 20) -> Genetic:
    asked = model(instance)
    return Genetic(asked, 1, routes, Population(asked.n_nodes))


def test_it_suits_capacities_alone() -> None:
    for case, make in CASES.items():
        asked = model(make(np.random.default_rng(1), 30))
        assert suits(asked, 1_000, 12) == (case in {"capacity", "unrounded"}), case
    asked = model(CASES["capacity"](np.random.default_rng(1), 30))
    assert not suits(asked, FAR + 5, 12)  # somebody found no place
    assert not suits(model(CASES["capacity"](np.random.default_rng(1), 10)), 1_000, 8)
    few = INSTANCE.replace(vehicle_types=(replace(INSTANCE.vehicle_types[0], count=7),))
    assert not suits(model(few), 1_000, 7)


def test_what_it_finds_is_feasible_and_costs_what_it_says() -> None:
    genetic = genetic_of(INSTANCE)
    assert genetic.best_total == FAR
    assert genetic.best is None
    totals = []
    for _ in range(BEGINNERS + 200):
        assert genetic.step() == CHILD * 40
        totals.append(genetic.best_total)
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] < totals[BEGINNERS]
    assert genetic.best is not None
    assert genetic.best.total == totals[-1]
    found = [[int(client) for client in route] for route in split(genetic.best.flat)]
    assert costed(found).cost == pytest.approx(model(INSTANCE).reported(genetic.best_total))


def test_fractional_loads_are_overloaded_at_a_price_of_the_same_kind() -> None:
    rng = np.random.default_rng(2)
    whole = rw.Instance.build(
        coords=rng.integers(0, 100, (41, 2)), delivery=[0, *rng.integers(1, 10, 40)], capacity=30, rounding="round"
    )
    shares = rw.Instance.build(
        coords=whole.coords, delivery=whole.delivery[:, 0] / 7, capacity=30 / 7, rounding="round"
    )
    prices = []
    for instance in (whole, shares):
        genetic = genetic_of(instance)
        for _ in range(BEGINNERS + 400):
            genetic.step()
        problem = model(instance).problem
        prices.append(genetic._unit_price * float(problem.load.max()) / float(problem.cost.max()))
    assert prices[0] / 4 < prices[1] < prices[0] * 4


@pytest.mark.parametrize(("load", "capacity"), [(51, 100), (35, 100), (76, 100)])
def test_where_loads_waste_room_all_children_are_kept(load: int, capacity: int) -> None:
    rng = np.random.default_rng(3)
    instance = rw.Instance.build(
        coords=rng.integers(0, 100, (41, 2)), delivery=load, capacity=capacity, rounding="round"
    )
    genetic = genetic_of(instance, routes=24)  # fewer than the 40 that 51 and 76 need
    for _ in range(BEGINNERS + 50):
        genetic.step()
    assert (genetic.best is not None) == (load == 35)


@pytest.mark.parametrize("vehicles", [25, 35, None])
def test_a_fleet_that_is_too_small_stays_an_answer_and_no_error(vehicles: int | None) -> None:
    rng = np.random.default_rng(4)
    instance = rw.Instance.build(
        coords=rng.integers(0, 100, (41, 2)), delivery=51, capacity=100, rounding="round", vehicles=vehicles
    )
    result = rw.solve(instance, solver="search", stop=rw.Stop(iterations=PLENTY))
    assert result.feasible == (vehicles is None)


def test_the_price_of_overload_follows_the_share_of_children_without() -> None:
    genetic = genetic_of(INSTANCE)
    begun = genetic._price
    genetic._price = 1
    for _ in range(BEGINNERS + 1_500):
        genetic.step()
    assert genetic._price > 5
    easy = genetic_of(rw.generate("uniform", 40, seed=3, capacity=10_000))
    easy._price = begun
    for _ in range(BEGINNERS + 500):
        easy.step()
    assert easy._price < begun / 2


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
    assert len(children) > 2 * FEW
    for result in results:
        assert result.feasible
        assert result.cost == pytest.approx(min(point.cost for point in result.trajectory))
    if threads == 1:
        assert results[0].solution == results[1].solution


def test_a_short_run_does_not_breed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "Genetic", None)
    assert rw.solve(INSTANCE, solver="search", stop=rw.Stop(iterations=PLENTY // 2)).feasible
