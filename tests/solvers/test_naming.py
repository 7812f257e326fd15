"""Names of solvers, with words and options."""

import pytest

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.solvers.naming import Named, taken_apart
from routewright.solvers.registry import load
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.brute_force import optimum
from tests.solvers.tiny import make


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("search", Named("search")),
        ("neural:runs/mine/policy", Named("neural", "runs/mine/policy")),
        ("ortools:strategy=savings", Named("ortools", "", {"strategy": "savings"})),
        ("x:words:depth=3:fast=True:rate=0.5", Named("x", "words", {"depth": 3, "fast": True, "rate": 0.5})),
    ],
)
def test_a_name_has_words_and_options(name: str, parts: Named) -> None:
    assert taken_apart(name) == parts


@pytest.mark.parametrize("name", ["ortools:a=1:a=2", "ortools:=1", "ortools:1a=2"])
def test_an_option_without_a_name_or_twice_is_refused(name: str) -> None:
    with pytest.raises(RoutewrightError, match="must be OPTION=VALUE, each option once"):
        taken_apart(name)


@pytest.fixture
def instance() -> Instance:
    return make("cvrp", 0)


@pytest.mark.parametrize("words", ["strategy=savings", "strategy=path_cheapest_arc:metaheuristic=tabu_search"])
def test_options_reach_the_library(words: str, instance: Instance) -> None:
    result = solve(instance, solver=f"ortools:{words}", stop=Stop(iterations=200, wall=20))
    assert result.cost == optimum(instance)
    assert result.solver == f"ortools:{words}"
    assert supports(f"ortools:{words}", instance) == []


def test_a_first_solution_is_that_of_the_strategy() -> None:
    instance = make("cvrp", 3, n=7)
    costs = {
        strategy: solve(instance, solver=f"ortools:strategy={strategy}", stop=Stop(iterations=1)).trajectory[0].cost
        for strategy in ("savings", "path_cheapest_arc", "best_insertion")
    }
    assert len(set(costs.values())) > 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ortools:depth=1", "solver 'ortools' has no option 'depth'; it has strategy, metaheuristic"),
        ("search:depth=1", "solver 'search' has no option 'depth'; it has none"),
        ("ortools:strategy=magic", "ortools: strategy is 'magic', must be one of .*savings"),
        ("ortools:metaheuristic=magic", "ortools: metaheuristic is 'magic', must be one of .*tabu_search"),
    ],
)
def test_what_a_solver_does_not_know_is_named(name: str, message: str, instance: Instance) -> None:
    with pytest.raises(RoutewrightError, match=message):
        solve(instance, solver=name, stop=Stop(iterations=1))


def test_a_solver_without_options_is_the_module_itself() -> None:
    assert load("ortools").__name__ == "routewright.solvers.ortools"  # type: ignore[attr-defined]
