"""The masks let through what the judge accepts, no more and no less, at the evaluator's cost."""

import pytest

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.envs.env import VRPEnv
from routewright.envs.exhaustive import feasible, reachable
from tests.envs.cases import ENUMERABLE, TRIPS


def compare(instance: Instance, *, orders: bool = True) -> int:
    """Number of solutions, which must be the same ones at the same costs."""
    found = reachable(instance, VRPEnv(), orders=orders)
    accepted = feasible(instance)
    assert set(found) == accepted
    for plan, cost in found.items():
        expected = evaluate(instance, Solution(plan)).cost
        assert cost == expected if instance.exact else abs(cost - expected) <= 1e-9 * expected
    return len(found)


@pytest.mark.parametrize("name", ENUMERABLE)
def test_masks_reach_exactly_the_feasible_solutions(name: str) -> None:
    assert sum(compare(ENUMERABLE[name](n, seed)) for seed in range(2) for n in (1, 2, 3)) > 2


@pytest.mark.parametrize("name", ENUMERABLE)
def test_one_order_of_routes_leads_to_the_same_solutions_as_all(name: str) -> None:
    instance = ENUMERABLE[name](3, 7)
    assert set(reachable(instance, VRPEnv(), orders=False)) == set(reachable(instance, VRPEnv()))


@pytest.mark.slow
@pytest.mark.parametrize("name", ENUMERABLE)
def test_masks_reach_exactly_the_feasible_solutions_of_many_instances(name: str) -> None:
    most = 3 if name in TRIPS else 4
    assert sum(compare(ENUMERABLE[name](1 + seed % most, 1000 + seed)) for seed in range(200)) > 200


@pytest.mark.slow
@pytest.mark.parametrize("name", ENUMERABLE)
def test_masks_reach_exactly_the_feasible_solutions_of_six_clients_or_four_on_several_trips(name: str) -> None:
    for seed in range(3):
        compare(ENUMERABLE[name](4 if name in TRIPS else 6, 2000 + seed), orders=False)
