from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routewright.data.check import KINDS, Kind, Violation, check
from tests.data.check.cases import kinds
from tests.data.check.planted import PLANTS, feasible


def test_every_kind_has_a_plant() -> None:
    assert set(PLANTS) == set(KINDS) == set(get_args(Kind))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_the_random_solutions_are_feasible(seed: int) -> None:
    case = feasible(np.random.default_rng(seed))
    assert check(case.instance, case.solution) == []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_exactly_the_planted_kind_is_found(kind: Kind, seed: int) -> None:
    case = PLANTS[kind](feasible(np.random.default_rng(seed)))
    found = check(case.instance, case.solution, case.cost)
    assert set(kinds(found)) == {kind}, list(map(str, found))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([-1.0, -1e-9, 1e-9, 1.0, 10.0]))
def test_any_other_cost_than_the_true_one_is_rejected(seed: int, error: float) -> None:
    case = feasible(np.random.default_rng(seed))
    true = float(str(check(case.instance, case.solution, float("nan"))[0]).rsplit(" ", 1)[1])
    assert check(case.instance, case.solution, true) == []
    assert kinds(check(case.instance, case.solution, true + error)) == ["cost"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_violation_is_one_line_that_names_its_route(kind: Kind) -> None:
    case = PLANTS[kind](feasible(np.random.default_rng(1)))
    for violation in check(case.instance, case.solution, case.cost):
        assert str(violation) == violation.message
        assert "\n" not in str(violation)
        assert violation.route is None or f"{violation.route}" in str(violation)
        assert violation.node is None or f"{violation.node}" in str(violation)


def test_a_violation_does_not_change() -> None:
    violation = Violation("cost", "wrong")
    with pytest.raises(AttributeError):
        violation.kind = "group"  # type: ignore[misc]
