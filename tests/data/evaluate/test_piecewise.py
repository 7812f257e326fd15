"""The algebra of piecewise linear functions, against evaluation point by point."""

from itertools import pairwise
from math import inf

import numpy as np
import pytest

from routewright.data.evaluate.piecewise import (
    Function,
    Piece,
    chain,
    departures,
    later,
    never_worse,
    pause,
    travel,
    until,
    waiting_for,
    windows,
)
from routewright.data.evaluate.progress import Progress

PROGRESS = Progress(np.array([[0, 1.0], [30, 0.5], [50, 2.0]]))
POINTS = [x / 4 for x in range(400)]


def value(function: Function, x: float) -> tuple[float, float] | None:
    """(time, cost) by the first piece that contains ``x``."""
    for piece in function:
        if piece.low <= x <= piece.high:
            return piece.time(x), piece.cost(x)
    return None


STEPS: list[Function] = [
    windows([(20, 25), (40, 60)], 3.0, 0.0),
    windows([(40, 60), (20, 45)], inf, 0.0),
    windows([(10, 10)], inf, 5.0),
    windows([(10, 90), (10, 90)], inf, 0.0),
    waiting_for(33),
    pause(35, 70, 12),
    until(80),
    travel(PROGRESS, 13),
    travel(PROGRESS, 0),
    [Piece(-inf, inf, 7.0, 1.0)],
]


@pytest.mark.parametrize("first", range(len(STEPS)))
@pytest.mark.parametrize("second", range(len(STEPS)))
def test_a_chain_is_one_function_after_the_other(first: int, second: int) -> None:
    joined = chain(chain(departures(0, 99), STEPS[first]), STEPS[second])
    for x in POINTS:
        middle = value(STEPS[first], x) if x <= 99 else None
        last = None if middle is None else value(STEPS[second], middle[0])
        found = value(joined, x)
        if middle is None or last is None:
            assert found is None
        else:
            assert found == pytest.approx((last[0], middle[1] + last[1]))


@pytest.mark.parametrize("step", STEPS)
def test_times_never_fall_and_pieces_touch(step: Function) -> None:
    clock = chain(departures(0, 99), step)
    for left, right in pairwise(clock):
        assert left.high == right.low
        assert left.time(left.high) <= right.time(right.low) + 1e-9
    assert all(piece.rate >= 0 and piece.low <= piece.high for piece in clock)


def test_windows_by_hand() -> None:
    begin = windows([(40, 60), (20, 25)], 3.0, 0.0)
    expected = {0: (20, 0), 20: (20, 0), 25: (25, 0), 25.5: (40, 0), 60: (60, 0), 62: (62, 6)}
    assert {x: value(begin, x) for x in expected} == expected
    assert value(windows([(20, 25)], inf, 0.0), 25.5) is None


def test_travel_agrees_with_progress() -> None:
    leg = travel(PROGRESS, 17.5)
    for x in POINTS:
        found = value(leg, x)
        assert found is not None
        assert found[0] == pytest.approx(PROGRESS.arrival(x, 17.5))


def test_later_moves_times_alone() -> None:
    assert value(later(departures(0, 9), 5), 4) == (9, 0)


def test_dominance_needs_the_whole_domain_every_time_and_every_cost() -> None:
    flat, early = [Piece(0, 10, 5, 0)], [Piece(0, 10, 4, 0)]
    assert never_worse(early, flat)
    assert not never_worse(flat, early)
    assert never_worse(flat, flat)
    assert not never_worse([Piece(0, 9, 4, 0)], flat)
    assert not never_worse([Piece(1, 10, 4, 0)], flat)
    assert not never_worse([Piece(0, 10, 4, 0, fee=1)], flat)
    assert not never_worse([Piece(0, 10, 0, 1)], flat)  # crosses at 5
    assert never_worse([Piece(0, 5, 0, 1), Piece(5, 10, 5, 0)], flat)
    assert never_worse(flat, [Piece(3, 3, 5, 0)])
    assert not never_worse(flat, [Piece(3, 3, 4.5, 0)])
    assert not never_worse(flat, [Piece(11, 11, 50, 0)])


def test_dominance_agrees_with_point_by_point_comparison() -> None:
    rng = np.random.default_rng(8)
    agreed = 0
    for _ in range(400):
        left, right = random_clock(rng), random_clock(rng)
        claimed = never_worse(left, right)
        truth = all(
            (mine := value(left, x)) is not None and mine[0] <= other[0] and mine[1] <= other[1]
            for x in POINTS
            if (other := value(right, x)) is not None
        )
        assert truth or not claimed
        agreed += claimed
    assert agreed > 40


def random_clock(rng: np.random.Generator) -> Function:
    clock = departures(0, float(rng.integers(20, 60)))
    for _ in range(3):
        start = int(rng.integers(0, 60))
        opening = int(rng.integers(0, 40))
        step = windows([(start, start + 9), (start + opening, start + opening + 30)], 1.0, 0.0)
        clock = later(chain(clock, step), float(rng.integers(0, 9)))
    return clock
