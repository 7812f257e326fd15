import pytest

from routewright.compare.known import ANYTIME, known_solver
from routewright.data.errors import RoutewrightError
from routewright.solvers.registry import SOLVERS


def test_every_registered_solver_can_be_compared() -> None:
    assert [known_solver(name).module for name in SOLVERS] == list(SOLVERS.values())
    assert set(SOLVERS) >= ANYTIME


def test_a_solver_that_cools_down_with_its_budget_is_not_read_earlier() -> None:
    assert not known_solver("search").anytime
    assert known_solver("pyvrp").anytime


def test_an_unknown_solver_is_named() -> None:
    with pytest.raises(RoutewrightError, match="solver is 'magic', must be one of auto, search"):
        known_solver("magic")
