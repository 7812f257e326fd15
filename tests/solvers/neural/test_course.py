"""What is played, in which order, and how much of it in the time there is."""

from collections import Counter
from math import inf

import pytest

from routewright.solvers.neural.course import Course
from routewright.solvers.neural.pace import SAFETY, Pace


@pytest.mark.parametrize("most", [1, 3, 7, 16, 40, 1000])
@pytest.mark.parametrize(("sides", "rows"), [(8, 8), (8, 3), (1, 8)])
def test_every_start_is_played_once_from_every_side_before_any_is_drawn(most: int, sides: int, rows: int) -> None:
    course, played = Course(7, sides), Counter[tuple[int, int]]()
    first = course.next(most, rows)
    assert (first.sides, first.starts, first.forced, first.drawn) == (range(1), 1, False, False)
    while sum(played.values()) < 7 * sides:
        turn = course.next(most, rows)
        assert turn.forced
        assert not turn.drawn
        assert turn.episodes <= max(most, 1)
        assert len(turn.sides) <= rows
        played.update((side, turn.first + start) for side in turn.sides for start in range(turn.starts))
    assert played == {(side, start): 1 for side in range(sides) for start in range(7)}
    later = [course.next(most, rows) for _ in range(8)]
    assert all(turn.drawn and not turn.forced and turn.episodes <= most for turn in later)
    assert {side for turn in later for side in turn.sides} >= set(range(sides - sides % min(most, rows, sides)))


def test_without_forced_starts_each_side_is_played_once() -> None:
    course = Course(1, 8)
    turns = [course.next(100, 8) for _ in range(3)]
    assert [(turn.sides, turn.starts, turn.drawn) for turn in turns] == [
        (range(1), 1, False),
        (range(1, 8), 1, False),
        (range(8), 12, True),
    ]


def test_with_one_start_and_one_side_the_rest_is_drawn() -> None:
    course = Course(1, 1)
    assert [course.next(4, 8).drawn for _ in range(3)] == [False, True, True]


def test_nothing_is_begun_that_would_not_end() -> None:
    pace = Pace("cpu", 100)
    assert pace.fitting(1, 50, 0.0) == 50  # nothing is known yet
    pace.learn(rows=1, episodes=400, encoding=0.1, playing=2.0)  # 400 times 100 nodes take as long as none: 1 + 1
    assert pace.fitting(1, 1000, inf) == 1000
    assert pace.fitting(1, 1000, 2.1 / SAFETY) == pytest.approx(400, abs=1)
    assert pace.fitting(2, 1000, 2.2 / SAFETY) == pytest.approx(200, abs=1)
    assert pace.fitting(1, 1000, 1.0) == 0
