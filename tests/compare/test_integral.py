import pytest

from routewright.compare.curves import curve
from routewright.compare.integral import mean_integral, primal_gap, primal_integral
from routewright.compare.yardstick import Yardstick
from tests.compare import made


def test_the_integral_is_the_area_under_the_steps_over_the_time() -> None:
    record = made.record(anytime=True, budget=10.0, cost=100.0, trajectory=((2.0, 200.0), (6.0, 100.0)))
    # 100 % for 2 s, half of it for 4 s, nothing for 4 s
    assert primal_integral(record, 100.0) == pytest.approx(100 * (2 + 0.5 * 4) / 10)


def test_what_was_found_after_the_budget_does_not_count() -> None:
    record = made.record(anytime=True, budget=1.0, cost=100.0, trajectory=((0.5, 200.0), (1.5, 100.0)))
    assert primal_integral(record, 100.0) == pytest.approx(75.0)


def test_an_answer_that_nobody_reported_counts_from_its_own_time() -> None:
    record = made.record(budget=1.0, cpu=0.25, cost=100.0)
    assert primal_integral(record, 100.0) == pytest.approx(25.0)


def test_no_answer_is_a_hundred_percent() -> None:
    assert primal_integral(made.record(feasible=False), 100.0) == 100.0


def test_gaps_follow_the_definition() -> None:
    assert primal_gap(200.0, 100.0) == 0.5
    assert primal_gap(100.0, 100.0) == primal_gap(90.0, 100.0) == primal_gap(0.0, 0.0) == 0.0
    assert primal_gap(5.0, -5.0) == 1.0
    assert primal_gap(-50.0, -100.0) == 0.5


def test_only_the_longest_run_counts_and_instances_weigh_alike() -> None:
    records = [
        made.record(instance="A", budget=1.0, cpu=1.0),
        made.record(instance="A", budget=2.0, cpu=1.0, cost=100.0, trajectory=((0.0, 200.0), (1.0, 100.0))),
        made.record(instance="A", budget=2.0, cpu=0.0, cost=100.0, seed=2),
        made.record(instance="B", budget=2.0, feasible=False),
    ]
    assert mean_integral(records, {"A": 100.0, "B": 100.0}) == pytest.approx(((25.0 + 0.0) / 2 + 100.0) / 2)
    assert mean_integral(records, {}) is None


def test_a_solver_that_tells_of_nothing_on_the_way_has_none() -> None:
    silent = made.record(instance="A", budget=2.0, cpu=2.0, cost=100.0, trajectory=((1.99, 100.0),))
    assert mean_integral([silent], {"A": 100.0}) is None
    quick = made.record(instance="A", budget=2.0, cpu=0.1, cost=100.0, trajectory=((0.1, 100.0),))
    assert mean_integral([quick], {"A": 100.0}) == pytest.approx(5.0)


def test_a_curve_is_the_mean_of_steps_from_where_all_have_begun() -> None:
    by = {name: Yardstick(100.0, "") for name in "AB"}
    records = [
        made.record(instance="A", budget=4.0, cost=100.0, trajectory=((1.0, 120.0), (3.0, 100.0))),
        made.record(instance="B", budget=4.0, cost=110.0, trajectory=((2.0, 110.0),)),
        made.record(instance="C", budget=4.0, feasible=False),
    ]
    found = curve("search", records, by)
    assert found is not None
    assert found.seconds == (2.0, 3.0, 4.0)
    assert found.gaps == (15.0, 5.0, 5.0)
    assert (found.runs, found.left_out) == (2, 1)
    assert curve("search", records[2:], by) is None
