"""What is played next: the first episode, then every start from every side, then episodes by chance."""

from typing import NamedTuple


class Turn(NamedTuple):
    """Episodes that each instance of a group plays: ``starts`` of them on each of ``sides``.

    Attributes:
        sides: of the eight that the plane is seen from.
        first: number of the first start.
        starts: how many.
        forced: whether each start begins at a client of its own.
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
        clients: of the largest instance.
        sides: 8, or 1 where the plane does not count.
        tour: whether one vehicle visits all. Few first clients of a tour are good ones, so none is forced.
    """

    def __init__(self, clients: int, sides: int, tour: bool) -> None:
        self._clients, self._sides, self._tour = clients, sides, tour
        self._lap = self._side = self._start = 0

    def next(self, most: int, most_sides: int) -> Turn:
        """The next turn, of at most so many episodes, seen from at most so many sides."""
        if self._lap == 0:
            self._lap, self._side = 1, 1 if self._tour else 0
            if self._side >= self._sides:
                self._lap, self._side = 2, 0
            return Turn(range(1), 0, 1, forced=False, drawn=False)
        whole = 1 if self._tour and self._lap == 1 else self._clients
        forced, drawn = not self._tour and self._lap == 1, self._lap > 1
        number, starts = 1, min(most, whole - self._start)
        if self._start == 0 and most >= 2 * whole:
            number = min(most // whole, most_sides, self._sides - self._side)
        turn = Turn(range(self._side, self._side + number), self._start, starts, forced, drawn)
        self._move_on(turn, whole)
        return turn

    def _move_on(self, turn: Turn, whole: int) -> None:
        self._start += turn.starts
        if self._start >= whole:
            self._start, self._side = 0, turn.sides.stop
        if self._side >= self._sides:
            self._side, self._lap = 0, self._lap + 1
