"""What a pool keeps."""

import numpy as np

from routewright.solvers.search.pool import SIZE, Member, Pool


def member(total: int, *order: int) -> Member:
    """One route through all clients, in this order or one that the cost draws."""
    clients = order or tuple(np.random.default_rng(total).permutation(np.arange(1, 41)))
    return Member(total, np.array([*clients, 0], np.uint16))


def totals(pool: Pool) -> list[int]:
    return sorted(each.total for each in pool.members)


def test_of_equal_costs_one_is_kept() -> None:
    pool = Pool()
    for total in (5, 7, 5):
        pool.add(member(total))
    assert totals(pool) == [5, 7]


def test_the_best_of_all_stays_and_a_full_pool_does_not_grow() -> None:
    pool = Pool()
    for total in (40, 3, *range(20, 20 + 2 * SIZE), 2, *range(100, 100 + SIZE)):
        pool.add(member(total))
    assert len(pool.members) == SIZE
    assert pool.best.total == totals(pool)[0] == 2


def test_of_solutions_as_different_as_all_others_the_dearest_leaves() -> None:
    pool = Pool()
    routes = [range(40 * number + 1, 40 * number + 41) for number in range(SIZE + 1)]  # no arc in common
    for total in range(SIZE + 1, 0, -1):
        pool.add(member(total, *routes[total - 1]))
    assert totals(pool) == list(range(1, SIZE + 1))


def test_of_two_that_are_alike_the_dearer_leaves_before_a_still_dearer_one() -> None:
    pool = Pool(first=2)
    best = np.arange(2, 42)
    pool.add(Member(10, np.array([*best, 0], np.uint16)))
    for number in range(1, SIZE):
        pool.add(member(1_000 * number, *range(40 * number + 2, 40 * number + 42)))
    alike = best.copy()
    alike[[3, 4]] = alike[[4, 3]]
    total = 1_000 * (SIZE - 1) - 1  # neither the direction nor the vehicle makes a difference
    pool.add(Member(total, np.array([*alike[::-1], 1], np.uint16)))
    assert totals(pool) == [10, *range(1_000, 1_000 * SIZE, 1_000)]


def test_a_better_solution_takes_the_place_of_its_parent_and_of_its_equals() -> None:
    pool = Pool()
    for total in (5, 7, 9):
        pool.add(member(total))
    parent = next(each for each in pool.members if each.total == 9)
    pool.replace(parent, member(7))
    assert totals(pool) == [5, 7]


def test_pairs_are_two_different_members_in_any_order_or_the_only_one_twice() -> None:
    pool = Pool()
    pool.add(member(5))
    first, second = pool.pair(np.random.default_rng(0))
    assert first is second
    pool.add(member(6))
    pool.add(member(7))
    drawn = [pool.pair(np.random.default_rng(seed)) for seed in range(60)]
    assert {frozenset((first.total, second.total)) for first, second in drawn} == {
        frozenset((5, 6)),
        frozenset((5, 7)),
        frozenset((6, 7)),
    }
    firsts = [first.total for first, _ in drawn]
    assert firsts.count(5) > firsts.count(7)  # better ones are drawn more often


def test_a_solution_without_routes_is_one_like_others() -> None:
    pool = Pool()
    for each in (Member(9, np.zeros(0, np.uint16)), member(5), Member(7, np.zeros(0, np.uint16))):
        pool.add(each)
    assert totals(pool) == [5, 7, 9]


def test_a_parent_that_another_thread_has_replaced_makes_no_room() -> None:
    pool = Pool()
    for total in range(100, 100 + SIZE):
        pool.add(member(total))
    pool.replace(member(100), member(1))
    assert len(pool.members) == SIZE
    assert pool.best.total == 1
