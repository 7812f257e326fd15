"""What is played next: the first episode, then every start from every side, then episodes by chance."""

from typing import NamedTuple


class Turn(NamedTuple):
    """Episodes that each instance of a group plays: ``starts`` of them on each of ``sides``.

    Attributes:
        sides: of the eight that the plane is seen from.
        first: number of the first start.
        starts: how many.
        forced: whether each start begins at a place of its own.
        drawn: whether actions are drawn by their probability.
    """

    sides: range
    first: int
    starts: int
    forced: bool
    drawn: bool

    @property
    def episodes(self) -> int:
        """Of each instance."""
        return len(self.sides) * self.starts


class Course:
    """Gives out turns; they depend on nothing but what is asked for.

    Args:
        starts: places where episodes may begin, all of which are tried from every side; 1 where none is forced.
        sides: 8, or 1 where the plane does not count.
    """

    def __init__(self, starts: int, sides: int) -> None:
        self._starts, self._sides = starts, sides
        self._lap = self._side = self._start = 0  # the lap is 0 for the first episode, 1 for starts, 2 for chance

    def next(self, most: int, most_sides: int) -> Turn:
        """The next turn, of at most so many episodes, seen from at most so many sides."""
        if self._lap == 0:
            return self._first()
        if self._lap == 1:
            return self._greedy(most, most_sides)
        number = min(self._sides, most_sides, most)
        self._side = 0 if self._side + number > self._sides else self._side
        turn = Turn(range(self._side, self._side + number), 0, most // number, forced=False, drawn=True)
        self._side = turn.sides.stop % self._sides
        return turn

    def _first(self) -> Turn:
        self._lap, self._side = 1, int(self._starts == 1)  # which is played by now, from the first side
        self._end_lap()
        return Turn(range(1), 0, 1, forced=False, drawn=False)

    def _greedy(self, most: int, most_sides: int) -> Turn:
        whole = self._starts
        number, starts = 1, min(most, whole - self._start)
        if self._start == 0 and most >= 2 * whole:
            number = min(most // whole, most_sides, self._sides - self._side)
        turn = Turn(range(self._side, self._side + number), self._start, starts, forced=whole > 1, drawn=False)
        self._start += starts
        if self._start >= whole:
            self._start, self._side = 0, turn.sides.stop
        self._end_lap()
        return turn

    def _end_lap(self) -> None:
        if self._side >= self._sides:
            self._side, self._lap = 0, 2
