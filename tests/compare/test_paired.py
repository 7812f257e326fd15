"""Tests of significance against enumeration."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest

from routewright.compare.paired import holm, interval, pairs, rank_sum, signed_ranks
from routewright.compare.table import Row


def exact(apart: list[float]) -> float:
    """Two-sided p of the signed-rank sum over all 2^n signs; no ties, no zeros."""
    ranks = np.argsort(np.argsort(np.abs(apart))) + 1
    middle = ranks.sum() / 2
    seen = abs(ranks[np.array(apart) > 0].sum() - middle)
    sums = [
        sum(rank for rank, up in zip(ranks, signs, strict=True) if up) for signs in product((0, 1), repeat=len(ranks))
    ]
    return float(np.mean([abs(found - middle) >= seen - 1e-9 for found in sums]))


@pytest.mark.parametrize(
    "apart", [[1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 2.0, 3.0, -4.0], [-0.1, -0.5, 0.3, -0.7, -0.9, -1.1, -2.0, 0.2]]
)
def test_p_is_that_of_all_signs(apart: list[float]) -> None:
    assert signed_ranks(np.array(apart)) == pytest.approx(exact(apart))


def test_five_of_five_are_no_proof_and_six_of_six_are() -> None:
    assert signed_ranks(np.arange(1.0, 6.0)) == pytest.approx(2 / 2**5)
    assert signed_ranks(np.arange(1.0, 7.0)) == pytest.approx(2 / 2**6)


def test_equal_results_are_left_out() -> None:
    assert signed_ranks(np.array([0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0])) == pytest.approx(2 / 2**5)
    assert signed_ranks(np.zeros(4)) == 1.0


def test_ranks_are_summed_with_their_signs() -> None:
    assert rank_sum(np.array([0.0, 0.5, -2.0, 0.5])) == 1.5 + 1.5 - 3.0


def test_where_means_and_ranks_disagree_nothing_is_said() -> None:
    names = [f"I{number}" for number in range(20)]
    table = rows("one", dict.fromkeys(names, 1.0))
    table += rows("two", {name: 0.9 - 0.001 * number for number, name in enumerate(names)} | {"I19": 11.0})
    (pair,) = pairs(table, ["one", "two"])
    assert pair.better == 19
    assert pair.difference > 0
    assert pair.p < 0.05
    assert pair.verdict == "open"
    (pair,) = pairs([row for row in table if row.instance != "I19"], ["one", "two"])
    assert pair.verdict == "better"


def test_the_interval_holds_the_middle_of_resampled_means() -> None:
    assert interval(np.full(5, 2.5)) == (2.5, 2.5)
    assert interval(np.array([0.0, 1.0])) == (0.0, 1.0)  # a quarter of resamples is all 0, a quarter all 1
    values = np.random.default_rng(1).normal(3.0, 1.0, 400)
    low, high = interval(values)
    half = 1.96 * values.std() / np.sqrt(len(values))
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.01)
    assert interval(values) == (low, high)


def test_holm_multiplies_the_smallest_by_their_number_and_keeps_the_order() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def rows(solver: str, gaps: Mapping[str, float | None]) -> list[Row]:
    return [Row(name, solver, 1.0, 1, None, 100.0, gap, "round", "") for name, gap in gaps.items()]


def test_pairs_are_of_instances_that_both_have_answered() -> None:
    table = rows("one", {"A": 1.0, "B": 2.0, "C": None, "D": 5.0})
    table += rows("two", {"A": 2.0, "B": 2.0, "C": 1.0, "D": 3.0})
    (pair,) = pairs(table, ["one", "two"])
    assert (pair.solver, pair.other, pair.instances, pair.better, pair.worse) == ("two", "one", 3, 1, 1)
    assert pair.difference == pytest.approx(-1 / 3)
    assert pairs(rows("one", {"A": None}) + rows("two", {"A": 1.0}), ["one", "two"]) == []
