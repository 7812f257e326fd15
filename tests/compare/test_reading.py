import pytest

from routewright.compare.reading import cost_after, cost_at
from tests.compare import made

TRAJECTORY = ((0.2, 150.0), (0.9, 120.0), (3.0, 110.0), (9.5, 105.0))


@pytest.mark.parametrize(
    ("seconds", "cost"),
    [(0.1, None), (0.2, 150.0), (1.0, 120.0), (2.999, 120.0), (3.0, 110.0), (10.0, 105.0)],
)
def test_the_cost_at_a_time_is_that_of_the_last_improvement_up_to_it(seconds: float, cost: float | None) -> None:
    assert cost_at(TRAJECTORY, seconds) == cost


def test_no_improvements_no_cost() -> None:
    assert cost_at((), 1.0) is None


def test_an_anytime_run_is_read_by_its_stamps_even_where_its_answer_came_later() -> None:
    run = made.record(anytime=True, budget=10.0, cost=101.0, trajectory=(*TRAJECTORY, (10.4, 101.0)))
    assert cost_after(run, 1.0) == 120.0
    assert cost_after(run, 10.0) == 105.0


def test_a_run_that_planned_with_its_budget_speaks_of_that_budget_alone() -> None:
    run = made.record(budget=3.0, cost=104.0, trajectory=TRAJECTORY)
    assert cost_after(run, 3.0) == 104.0
    assert cost_after(run, 1.0) is None


def test_a_rejected_answer_has_no_cost() -> None:
    assert cost_after(made.record(feasible=False), 1.0) is None
    assert cost_after(made.record(feasible=False, anytime=True, trajectory=TRAJECTORY), 1.0) is None
