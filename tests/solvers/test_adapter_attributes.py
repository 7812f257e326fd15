"""OR-Tools and PyVRP on all 48 combinations of attributes: they count as we do, and break no rule."""

import pytest

from routewright.data.check import check
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.attributes import FORMS
from tests.solvers.brute_force import optimum

STEPS = {"pyvrp": 200, "ortools": 100}

each = pytest.mark.parametrize("adapter", STEPS)
every = pytest.mark.parametrize("variant", VARIANTS)
both = pytest.mark.parametrize("form", FORMS)


def judged(adapter: str, instance: Instance) -> float:
    """Cost of an answer that the judge accepts and the library prices as the evaluator does."""
    result = solve(instance, solver=adapter, stop=Stop(iterations=STEPS[adapter], wall=20))
    assert check(instance, result.solution, result.cost) == [], instance.name
    assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=0 if instance.exact else 1e-6), instance.name
    return result.cost


@each
@every
def test_every_combination_can_be_expressed(variant: str, adapter: str) -> None:
    for make in FORMS.values():
        assert supports(adapter, make(variant, 0, 5)) == []


@each
@both
@every
def test_its_objective_is_the_evaluators(variant: str, form: str, adapter: str) -> None:
    instance = FORMS[form](variant, 1, 5)
    assert judged(adapter, instance) >= optimum(instance) * (1 - 1e-6)


@pytest.mark.slow
@pytest.mark.timeout(900)
@each
@both
@every
def test_its_objective_is_the_evaluators_on_fifty_instances(variant: str, form: str, adapter: str) -> None:
    for seed in range(100, 150):
        judged(adapter, FORMS[form](variant, seed, 3 + seed % 4))
