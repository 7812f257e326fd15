from typing import Any

import pytest

from routewright.compare.reading import cost_after, cost_at, vehicles_after
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


def test_vehicles_are_those_of_the_answer_whose_cost_is_told() -> None:
    run: dict[str, Any] = {
        "cost": 90.0,
        "vehicles": 3,
        "trajectory": ((0.5, 80.0), (2.0, 90.0)),
        "fleets": ((0.5, 4), (2.0, 3)),
    }
    long = made.record(anytime=True, budget=3.0, **run)
    assert [vehicles_after(long, seconds) for seconds in (0.4, 1.0, 3.0)] == [None, 4, 3]
    planned = made.record(budget=3.0, **run)
    assert [vehicles_after(planned, seconds) for seconds in (1.0, 3.0)] == [None, 3]
    silent = made.record(anytime=True, budget=3.0, cost=90.0, trajectory=((0.5, 80.0),))
    assert vehicles_after(silent, 1.0) is None
