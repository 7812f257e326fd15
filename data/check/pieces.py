"""Times and lateness along a route as exact functions of its departure.

A ``Course`` holds, for every departure that breaks no limit so far, the time reached and the price
of lateness until then. Both are piecewise linear, never fall, and are continuous from the left
(just after a window closes the wait for the next one begins), so a list of pieces holds them
exactly. Every step of a route (travel, wait, serve, rest) cuts the pieces where its rule changes
and maps their two ends; what leaves too late is dropped, always at the late end, because a later
departure never arrives earlier. The first departure is a piece of its own, without length.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Piece(NamedTuple):
    """Departures (first, last], or one alone, and the times reached and lateness paid at both ends."""

    first: float
    last: float
    time_first: float
    time_last: float
    late_first: float
    late_last: float

    def at(self, part: float, whole: float) -> tuple[float, float, float]:
        """Departure, time and lateness at the share ``part / whole``.

        Multiplies before it divides: whole numbers of slope 0 or 1 stay whole.
        """
        return (
            self.first + (self.last - self.first) * part / whole,
            self.time_first + (self.time_last - self.time_first) * part / whole,
            self.late_first + (self.late_last - self.late_first) * part / whole,
        )


Course = list[Piece]


def leaving(first: float, last: float) -> Course:
    """The course of a vehicle that leaves between ``first`` and ``last``, both included."""
    point = Piece(first, first, first, first, 0.0, 0.0)
    return [point, Piece(first, last, first, last, 0.0, 0.0)] if first < last else [point]


def cut(course: Course, times: Iterable[float]) -> Course:
    """The same course, no piece of which crosses any of ``times``."""
    for time in times:
        if any(piece.time_first < time < piece.time_last for piece in course):
            course = [part for piece in course for part in _halves(piece, time)]
    return course


def _halves(piece: Piece, time: float) -> Course:
    if not piece.time_first < time < piece.time_last:
        return [piece]
    departure, _, late = piece.at(time - piece.time_first, piece.time_last - piece.time_first)
    return [
        Piece(piece.first, departure, piece.time_first, time, piece.late_first, late),
        Piece(departure, piece.last, time, piece.time_last, late, piece.late_last),
    ]


def until(course: Course, limit: float) -> Course:
    """What is there by ``limit``."""
    return [piece for piece in cut(course, [limit]) if piece.time_last <= limit]


def shifted(course: Course, move: Callable[[float], float], kinks: Iterable[float] = ()) -> Course:
    """The course after ``move`` (never falling, linear between ``kinks``) changed its times."""
    return [
        piece._replace(time_first=move(piece.time_first), time_last=move(piece.time_last))
        for piece in cut(course, kinks)
    ]


def served(course: Course, windows: list[tuple[float, float]], price: float, slack: Callable[[float], float]) -> Course:
    """The course after waiting for the windows of a node, lateness paid (rule 10).

    Args:
        course: on arrival.
        windows: of the node.
        price: of a unit of lateness; inf drops what comes too late.
        slack: how far a closing may be missed.
    """
    closing = max(close for _, close in windows)
    hard = price == float("inf")
    # A soft closing needs no slack: the price starts there from 0.
    limits = [(open_, close if close == closing and not hard else close + slack(close)) for open_, close in windows]
    result: Course = []
    for piece in cut(course, {time for limit in limits for time in limit}):
        waits = [(max(open_, piece.time_last), open_) for open_, limit in limits if piece.time_last <= limit]
        if waits:
            opening = min(waits)[1]
            times = {"time_first": max(opening, piece.time_first), "time_last": max(opening, piece.time_last)}
            result.append(piece._replace(**times))
        elif not hard:
            result.append(_paid(piece, closing, price))
    return result


def _paid(piece: Piece, closing: float, price: float) -> Piece:
    return piece._replace(
        late_first=piece.late_first + price * (piece.time_first - closing),
        late_last=piece.late_last + price * (piece.time_last - closing),
    )


def no_worse(one: Course, other: Course) -> bool:
    """Whether ``one`` reaches, for each departure of ``other``, no later time at no higher price."""
    if not one or one[-1].last < other[-1].last:
        return False
    return all(_below(mine, theirs) for theirs in other for mine in one)


def _below(mine: Piece, theirs: Piece) -> bool:
    first, last = max(mine.first, theirs.first), min(mine.last, theirs.last)
    if not first < last and not (_holds(mine, last) and _holds(theirs, last)):
        return True  # no departure in common
    return all(
        mine_value <= their_value
        for departure in (first, last)
        for mine_value, their_value in zip(_values(mine, departure), _values(theirs, departure), strict=True)
    )


def _holds(piece: Piece, departure: float) -> bool:
    return piece.first < departure <= piece.last or piece.first == departure == piece.last


def _values(piece: Piece, departure: float) -> tuple[float, float]:
    if piece.first == piece.last:
        return piece.time_last, piece.late_last
    _, time, late = piece.at(departure - piece.first, piece.last - piece.first)
    return time, late
