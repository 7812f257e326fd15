"""Piecewise linear functions of time: what a route's clock shows as a function of its departure.

A piece holds on [low, high] and maps x to a time ``offset + rate * x`` and a cost
``fee + fee_rate * x``. A function is a list of pieces with increasing, touching intervals. Times
never fall as x grows; where they jump, both pieces contain the jumping point and the first one holds,
which is the better one in time and cost.
"""

from bisect import bisect_left
from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from routewright.data.evaluate.progress import Progress


class Piece(NamedTuple):
    """One linear stretch of a function."""

    low: float
    high: float
    offset: float
    rate: float
    fee: float = 0.0
    fee_rate: float = 0.0

    def time(self, x: float) -> float:
        """Value at ``x``."""
        return self.offset + self.rate * x if self.rate else self.offset

    def cost(self, x: float) -> float:
        """Cost at ``x``."""
        return self.fee + self.fee_rate * x if self.fee_rate else self.fee


Function = list[Piece]


def departures(first: float, last: float) -> Function:
    """The clock of a route that may leave from ``first`` to ``last``."""
    return [Piece(first, last, 0.0, 1.0)]


def later(function: Function, delay: float) -> Function:
    """``function`` with every time put off by ``delay``."""
    return [piece._replace(offset=piece.offset + delay) for piece in function] if delay else function


def chain(inner: Function, outer: Function) -> Function:
    """``outer`` after ``inner``: their costs add up. Where ``outer`` is not defined, neither is it."""
    result: Function = []
    for piece in inner:
        for then in outer:
            _append(result, _joined(piece, then))
    return result


def _joined(piece: Piece, then: Piece) -> Piece | None:
    """What ``then`` makes of ``piece``, or None where ``piece`` never gets there."""
    low, high = piece.low, piece.high
    if piece.rate == 0.0:
        if not then.low <= piece.offset <= then.high:
            return None
    else:
        low = max(low, (then.low - piece.offset) / piece.rate)
        high = min(high, (then.high - piece.offset) / piece.rate)
        if low > high:
            return None
    return Piece(
        low,
        high,
        then.time(piece.offset),
        then.rate * piece.rate,
        piece.fee + then.cost(piece.offset),
        piece.fee_rate + then.fee_rate * piece.rate,
    )


def _append(function: Function, piece: Piece | None) -> None:
    """Add ``piece`` at the right; what the pieces before it hold already is left out."""
    if piece is None:
        return
    if function:
        last = function[-1]
        if piece.high <= last.high:
            return
        if piece[2:] == last[2:]:
            function[-1] = last._replace(high=piece.high)
            return
    function.append(piece)


def waiting_for(opening: float) -> Function:
    """Nobody goes on before ``opening``."""
    return [Piece(-inf, opening, opening, 0.0), Piece(opening, inf, 0.0, 1.0)]


def until(limit: float) -> Function:
    """Time as it is, but not beyond ``limit``."""
    return [Piece(-inf, limit, 0.0, 1.0)]


def windows(spans: Iterable[tuple[float, float]], price: float, grace: float) -> Function:
    """Service start of who arrives at a node.

    Args:
        spans: (opening, closing) of its windows, in any order.
        price: of lateness after the last closing; infinite forbids it.
        grace: lateness that is free even so.
    """
    function: Function = []
    closed = -inf
    for opening, closing in sorted(spans):
        _append(function, Piece(closed, opening, opening, 0.0) if opening > closed else None)
        _append(function, Piece(max(opening, closed), closing, 0.0, 1.0) if closing > closed else None)
        closed = max(closed, closing)
    if price < inf:
        _append(function, Piece(closed, inf, 0.0, 1.0, -price * closed, price) if closed < inf else None)
    elif grace and closed < inf:
        _append(function, Piece(closed, closed + grace, 0.0, 1.0))
    return function


def pause(earliest: float, latest: float, duration: float) -> Function:
    """A break at a place: when it is over, for who is ready to take it."""
    return [Piece(-inf, earliest, earliest + duration, 0.0), Piece(earliest, latest, duration, 1.0)]


def travel(progress: Progress, plain: float) -> Function:
    """Arrival after a leg of ``plain`` time under speed periods, as a function of when it starts."""
    if not plain:
        return [Piece(-inf, inf, 0.0, 1.0)]
    changes = progress.starts[1:]
    bends = sorted({*changes, *(progress.clock(progress.at(change) - plain) for change in changes)})
    function: Function = []
    for low, high in zip([-inf, *bends], [*bends, inf], strict=True):
        inside = _between(low, high)
        arrival = progress.arrival(inside, plain)
        rate = progress.factor(inside) / progress.factor(arrival)
        _append(function, Piece(low, high, arrival - rate * inside, rate))
    return function


def _between(low: float, high: float) -> float:
    """A point inside the interval, far from the bends at its ends."""
    if low == -inf:
        return high - 1.0 if high < inf else 0.0
    return (low + high) / 2.0 if high < inf else low + 1.0


def never_worse(better: Function, other: Function) -> bool:
    """Whether ``better`` is defined, no later and no dearer wherever ``other`` is defined."""
    return all(_covers(better, piece) for piece in other)


def _covers(function: Function, piece: Piece) -> bool:
    reached = piece.low
    start = bisect_left(function, piece.low, key=lambda candidate: candidate.high)
    for candidate in function[start:]:
        if candidate.low > reached or reached >= piece.high > piece.low:
            break
        low, high = max(candidate.low, piece.low), min(candidate.high, piece.high)
        if low == high and piece.low < piece.high:
            continue  # a jump touches the piece: its other side counts
        if any(candidate.time(x) > piece.time(x) or candidate.cost(x) > piece.cost(x) for x in (low, high)):
            return False
        reached = high
        if piece.low == piece.high:
            return True
    return bool(piece.low < piece.high and reached >= piece.high)
