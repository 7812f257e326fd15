from dataclasses import replace

import pytest

from routewright.compare.standing import instance_gaps, standing
from routewright.compare.table import Row

ROW = Row("A", "one", 1.0, 1, 101.0, 100.0, 1.0, "round", "A.sol")


def row(instance: str, gap: float | None, seed: int = 1, solver: str = "one", budget: float = 1.0) -> Row:
    cost = None if gap is None else 100.0 + gap
    return replace(ROW, instance=instance, gap=gap, seed=seed, solver=solver, budget=budget, cost=cost)


def test_mean_median_and_worst_are_over_instances() -> None:
    found = standing([row("A", 1.0), row("B", 2.0), row("C", 9.0), row("D", 50.0, solver="two")], "one", 1.0, 4)
    assert (found.mean, found.median, found.worst) == (4.0, 2.0, 9.0)
    assert (found.instances, found.asked) == (3, 4)


def test_shares_are_of_runs() -> None:
    rows = [row("A", 0.0), row("A", 1e-9, seed=2), row("B", -0.5), row("B", None, seed=2)]
    found = standing(rows, "one", 1.0)
    assert found.solved == 0.75  # one run has no answer
    assert found.feasible == 0.75
    assert found.mean == pytest.approx(5e-10)  # B has not all its seeds


def test_seeds_of_an_instance_are_one_number() -> None:
    assert instance_gaps([row("A", 1.0), row("A", 2.0, seed=2), row("B", None)]) == {"A": 1.5}


def test_without_rows_nothing_is_known() -> None:
    found = standing([], "one", 1.0, 3)
    assert (found.mean, found.median, found.worst, found.solved, found.feasible) == (None, None, None, 0.0, 0.0)
