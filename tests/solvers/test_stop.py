"""Limits of runs."""

from math import inf, nan

import pytest

from routewright.data.errors import RoutewrightError
from routewright.data.generators import generate
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop


def test_joined_stops_keep_the_tighter_limit_and_the_easier_target() -> None:
    joined = Stop(wall=10, iterations=5, target=100) | Stop(wall=3, cpu=7, target=120, no_improvement=9)
    assert joined == Stop(wall=3, cpu=7, iterations=5, target=120, no_improvement=9)


def test_joining_with_nothing_changes_nothing() -> None:
    assert Stop(wall=0.0) | Stop() == Stop(wall=0.0)
    assert Stop() | Stop(iterations=0) == Stop(iterations=0)


def test_a_target_alone_may_never_end() -> None:
    assert not Stop(target=5.0).ends
    assert not Stop().ends
    assert (Stop(target=5.0) | Stop(wall=inf)).ends


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("wall", -1, "wall is -1, must be >= 0"),
        ("cpu", nan, "cpu is nan"),
        ("cpu", "3", "cpu is '3', must be a number"),
        ("wall", True, "wall is True"),
        ("target", nan, "target is nan"),
        ("iterations", -1, "iterations is -1, must be >= 0"),
        ("iterations", 1.5, "iterations is 1.5, must be a whole number"),
        ("no_improvement", 0, "no_improvement is 0, must be >= 1"),
    ],
)
def test_senseless_limits_are_named(name: str, value: object, problem: str) -> None:
    with pytest.raises(RoutewrightError, match=problem):
        Stop(**{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("solver", ["search", "pyvrp", "ortools"])
def test_a_cost_that_was_found_can_be_the_target_where_numbers_are_no_whole_ones(solver: str) -> None:
    instance = generate("mtvrp", 12, 1)
    assert not instance.exact
    found = solve(instance, solver=solver, stop=Stop(iterations=300), seed=1)
    again = solve(instance, solver=solver, stop=Stop(target=found.cost, wall=20), seed=1)
    assert again.cost == pytest.approx(found.cost, rel=1e-6)
    assert again.seconds < 10
