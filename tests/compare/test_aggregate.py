from math import sqrt

import pytest

from routewright.compare.aggregate import cell
from routewright.compare.table import Row


def row(instance: str, seed: int, gap: float | None) -> Row:
    return Row(instance, "search", 1.0, seed, None, 100.0, gap, "round", "A.sol")


def test_the_mean_is_over_instances_of_the_mean_over_seeds() -> None:
    found = cell([row("A", 1, 1.0), row("A", 2, 3.0), row("B", 1, 6.0), row("B", 2, 6.0)])
    assert found.mean == pytest.approx((2.0 + 6.0) / 2)
    assert (found.instances, found.asked) == (2, 2)


def test_an_instance_with_more_seeds_weighs_no_more_than_another() -> None:
    found = cell([row("A", 1, 0.0), row("A", 2, 0.0), row("A", 3, 0.0), row("B", 1, 4.0)])
    assert found.mean == pytest.approx(2.0)


def test_the_spread_is_the_sample_deviation_over_seeds_of_the_mean_over_instances() -> None:
    # seed means are 1.5 and 2.5: deviation from 2 is 0.5 twice, over n - 1 = 1
    found = cell([row("A", 1, 1.0), row("B", 1, 2.0), row("A", 2, 3.0), row("B", 2, 2.0)])
    assert found.spread == pytest.approx(sqrt(0.5))


def test_one_seed_has_no_spread() -> None:
    assert cell([row("A", 1, 1.0), row("B", 1, 2.0)]).spread is None


def test_an_instance_with_a_failed_seed_is_left_out_and_counted() -> None:
    found = cell([row("A", 1, 1.0), row("A", 2, None), row("B", 1, 3.0), row("B", 2, 5.0)])
    assert found.mean == pytest.approx(4.0)
    assert (found.instances, found.asked) == (1, 2)


def test_nothing_known_is_no_zero() -> None:
    assert cell([row("A", 1, None)]).mean is None
    assert cell([]).mean is None
