"""Every field of an instance, alone and together with others, against every possible plan."""

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.solvers.stop import Stop
from tests.solvers import tiny
from tests.solvers.brute_force import best
from tests.solvers.exhaustive import best_key
from tests.solvers.search.rich_cases import FEATURES, alone, built, combined, draft

ITERATIONS = 2_000
BY_HAND = [
    "duration_limit", "overtime", "mixed_fleet", "one_way", "choosy_vehicles", "road_matrices", "soft_windows",
    "releases", "two_loads", "pairs", "optional_pairs", "half_optional_pairs", "fewest_vehicles",
]  # fmt: skip
"""Makers of ``tiny`` that need the walk."""


def assert_optimal(instance: Instance, key: tuple[float, ...] | None, seed: int, iterations: int = ITERATIONS) -> None:
    """The answer has the value ``key``, keeps all rules, and costs what the kernel believed."""
    result = rw.solve(instance, solver="search", stop=Stop(iterations=iterations), seed=seed)
    if key is None:
        assert not result.feasible
        return
    assert check(instance, result.solution, result.cost) == []
    assert evaluate(instance, result.solution).key == pytest.approx(key, rel=1e-6)
    assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=1e-6)


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_alone_is_solved_to_the_optimum(feature: str) -> None:
    for seed in range(1 if feature == "batteries" else 2):
        instance = alone(feature, seed)
        assert_optimal(instance, best_key(instance), seed)


@pytest.mark.parametrize("maker", BY_HAND)
def test_instances_of_the_other_oracle_are_solved_to_the_optimum(maker: str) -> None:
    for seed in range(2):
        instance = tiny.make(maker, seed, 5)
        cost, solution = best(instance)
        assert_optimal(instance, evaluate(instance, solution).key if cost < np.inf else None, seed)


@pytest.mark.parametrize("seed", range(12))
def test_random_combinations_of_features_are_solved_to_the_optimum(seed: int) -> None:
    _, instance = combined(seed, slow=False)
    assert_optimal(instance, best_key(instance), seed)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(100, 300))
def test_two_hundred_random_combinations_are_solved_to_the_optimum(seed: int) -> None:
    _, instance = combined(seed)
    assert_optimal(instance, best_key(instance), seed, 5 * ITERATIONS)


@pytest.mark.parametrize("feature", [*FEATURES])
def test_larger_instances_get_answers_that_keep_all_rules(feature: str) -> None:
    rng = np.random.default_rng(5)
    given = draft(rng, 12, 2 if feature == "batteries" else 0)
    FEATURES[feature](rng, given)
    instance = built(given)
    result = rw.solve(instance, solver="search", stop=Stop(iterations=200))
    assert result.violations == ()
    assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=1e-6)


def test_the_same_seed_gives_the_same_answer() -> None:
    instance = alone("reloads", 3)
    first, again = (rw.solve(instance, solver="search", stop=Stop(iterations=300), seed=4) for _ in range(2))
    assert first.solution == again.solution


def test_an_initial_solution_is_where_the_search_starts() -> None:
    instance = alone("prices", 1)
    good = rw.solve(instance, solver="search", stop=Stop(iterations=1_000))
    still = rw.solve(instance, solver="search", stop=Stop(iterations=0), initial_solution=good.solution)
    assert still.cost == good.cost


def test_clients_that_nobody_can_serve_make_the_answer_infeasible_and_are_named() -> None:
    instance = alone("prices", 1)
    windows = instance.windows.copy()
    windows[4, 0] = [0.0, 1.0]
    result = rw.solve(instance.replace(windows=windows), solver="search", stop=Stop(iterations=300))
    assert not result.feasible
    assert {violation.node for violation in result.violations} == {4}
    served = {client for route in result.solution for client in route.stops}
    assert served == set(instance.clients) - {4}


def test_a_time_limit_is_kept() -> None:
    result = rw.solve(alone("batteries", 0), solver="search", time_limit=0.2)
    assert result.seconds < 0.2 * 1.05 + 0.3
