"""What a pool keeps."""

import numpy as np

from routewright.solvers.search.pool import SIZE, Member, Pool


def member(total: int) -> Member:
    return Member(total, np.array([1, 0], np.uint16))


def totals(pool: Pool) -> list[int]:
    return sorted(each.total for each in pool.members)


def test_of_equal_costs_one_is_kept() -> None:
    pool = Pool()
    for total in (5, 7, 5):
        pool.add(member(total))
    assert totals(pool) == [5, 7]


def test_the_dearest_leaves_a_full_pool() -> None:
    pool = Pool()
    for total in range(SIZE + 3, 0, -1):
        pool.add(member(total))
    assert totals(pool) == list(range(1, SIZE + 1))


def test_a_better_solution_takes_the_place_of_its_parent_and_of_its_equals() -> None:
    pool = Pool()
    for total in (5, 7, 9):
        pool.add(member(total))
    parent = next(each for each in pool.members if each.total == 9)
    pool.replace(parent, member(7))
    assert totals(pool) == [5, 7]


def test_pairs_are_two_different_members_the_better_one_first_or_the_only_one_twice() -> None:
    pool = Pool()
    pool.add(member(5))
    first, second = pool.pair(np.random.default_rng(0))
    assert first is second
    pool.add(member(6))
    pool.add(member(7))
    drawn = [pool.pair(np.random.default_rng(seed)) for seed in range(20)]
    assert {(first.total, second.total) for first, second in drawn} == {(5, 6), (5, 7), (6, 7)}
