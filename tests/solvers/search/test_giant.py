"""Crossing giant tours, and cutting them into routes."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from routewright.solvers.search.kernel.giant import CROWDED, cross, cut
from tests.solvers.search.test_educate import clients, cost


@pytest.mark.parametrize("seed", range(20))
def test_a_child_has_a_part_of_one_parent_in_its_place_and_the_order_of_the_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = (1 + rng.permutation(9) for _ in range(2))
    first, length = int(rng.integers(9)), int(rng.integers(1, 9))
    child = np.zeros(9, np.int64)
    cross(one, other, first, length, child, np.ones(10, np.int64))
    part = [(first + i) % 9 for i in range(length)]
    assert child[part].tolist() == one[part].tolist()
    end = (first + length) % 9
    rest = [client for client in np.roll(other, -end) if client not in one[part]]
    assert [child[(end + i) % 9] for i in range(9 - length)] == rest


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("price", [0, 1, 50])
def test_no_other_cut_is_cheaper(seed: int, price: int) -> None:
    asked = clients(seed, n=9)
    tour = 1 + np.random.default_rng(seed).permutation(9)
    begin = np.zeros(10, np.int64)
    count = cut(asked.problem, tour, price << 3, 3, np.zeros(10, np.int64), begin)
    ends = [9]
    while ends[-1] > 0:
        ends.append(int(begin[ends[-1]]))
    found = [tour[i:j].tolist() for i, j in pairwise(ends[::-1])]
    assert len(found) == count
    best = min(
        cost(asked, parts, price)
        for some in range(9)
        for inner in combinations(range(1, 9), some)
        for parts in [[tour[i:j].tolist() for i, j in pairwise([0, *inner, 9])]]
        if all(asked.problem.load[part].sum() <= CROWDED * asked.problem.capacity for part in parts)
    )
    assert cost(asked, found, price) == best
