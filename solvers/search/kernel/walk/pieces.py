"""Piecewise linear functions of the departure: what the clock shows, and what lateness has cost so far.

A piece holds on [LOW, HIGH] and maps x to the time OFFSET + RATE x and the cost FEE + FEE_RATE x. Pieces of
a function touch; times never fall as x grows. Where two pieces share a point the first one holds. A route
that leaves at one known time is a single piece of rate 0.
"""

import numpy as np

from routewright.solvers.search.kernel.jit import called, number
from routewright.solvers.search.kernel.walk.rules import (
    FEE,
    FEE_RATE,
    HIGH,
    LOW,
    OFFSET,
    PIECE,
    RATE,
    Floats,
    Int64,
)


@called
def chain(piece: Floats, pieces: Int64, own: int, spare: int, steps: Floats, first: int, last: int) -> None:
    """Put ``steps[first:last]`` after the function in row ``own``; row ``spare`` is scribbled on.

    Where the steps are not defined, neither is the result; without a piece it is nowhere.
    """
    count = 0
    room = piece.shape[1]
    for i in range(pieces[own]):
        for j in range(first, last):
            low = piece[own, i, LOW]
            high = piece[own, i, HIGH]
            offset = piece[own, i, OFFSET]
            rate = piece[own, i, RATE]
            if rate == 0.0:
                if offset < steps[j, LOW] or offset > steps[j, HIGH]:
                    continue
            else:
                low = max(low, (steps[j, LOW] - offset) / rate)
                high = min(high, (steps[j, HIGH] - offset) / rate)
                if low > high:
                    continue
            if count > 0 and high <= piece[spare, count - 1, HIGH]:
                continue
            fee = piece[own, i, FEE] + steps[j, FEE]
            fee_rate = piece[own, i, FEE_RATE]
            if steps[j, FEE_RATE] != 0.0:
                fee += steps[j, FEE_RATE] * offset
                fee_rate += steps[j, FEE_RATE] * rate
            if steps[j, RATE] == 0.0:
                offset = steps[j, OFFSET]
                rate = 0.0
            else:
                offset = steps[j, OFFSET] + steps[j, RATE] * offset
                rate = steps[j, RATE] * rate
            if count > 0 and _same(piece, spare, count - 1, offset, rate, fee, fee_rate):
                piece[spare, count - 1, HIGH] = high
                continue
            if count == room:  # departures that are left out can only make the route dearer
                break
            piece[spare, count, LOW] = low
            piece[spare, count, HIGH] = high
            piece[spare, count, OFFSET] = offset
            piece[spare, count, RATE] = rate
            piece[spare, count, FEE] = fee
            piece[spare, count, FEE_RATE] = fee_rate
            count += 1
    copy(piece, pieces, spare, own, count)


@called
def _same(piece: Floats, row: int, i: int, offset: float, rate: float, fee: float, fee_rate: float) -> bool:
    there = piece[row, i]
    return (  # type: ignore[no-any-return]
        there[OFFSET] == offset and there[RATE] == rate and there[FEE] == fee and there[FEE_RATE] == fee_rate
    )


@called
def copy(piece: Floats, pieces: Int64, source: int, target: int, count: int) -> None:
    """Copy the first ``count`` pieces of a function."""
    for i in range(count):
        for column in range(PIECE):
            piece[target, i, column] = piece[source, i, column]
    pieces[target] = count


@called
def delay(piece: Floats, pieces: Int64, own: int, time: float) -> None:
    """Put every time off."""
    for i in range(pieces[own]):
        piece[own, i, OFFSET] += time


@called
def gate(steps: Floats, opening: float, closing: float, time: float) -> None:
    """Write two pieces into ``steps``: go on not before ``opening`` and not after ``closing``, ``time`` later."""
    steps[:2, FEE] = 0.0
    steps[:2, FEE_RATE] = 0.0
    steps[0, LOW] = -np.inf
    steps[0, HIGH] = opening
    steps[0, OFFSET] = opening + time
    steps[0, RATE] = 0.0
    steps[1, LOW] = opening
    steps[1, HIGH] = closing
    steps[1, OFFSET] = time
    steps[1, RATE] = 1.0


@called
def pass_gate(
    piece: Floats, pieces: Int64, own: int, spare: int, steps: Floats, opening: float, closing: float, time: float
) -> None:
    """Put ``gate`` after the function in row ``own``."""
    gate(steps, opening, closing, time)
    chain(piece, pieces, own, spare, steps, number(0), number(2))


@called
def never_worse(piece: Floats, better: int, n_better: int, other: int, n_other: int, ahead: float) -> bool:
    """Whether row ``better``, ``ahead`` cheaper so far, is defined, no later and no dearer wherever ``other`` is."""
    start = 0
    for j in range(n_other):
        low = piece[other, j, LOW]
        high = piece[other, j, HIGH]
        covered = low
        done = False
        while start < n_better and piece[better, start, HIGH] < low:
            start += 1
        for i in range(start, n_better):
            if piece[better, i, LOW] > covered or (covered >= high and high > low):
                break
            a = max(piece[better, i, LOW], low)
            b = min(piece[better, i, HIGH], high)
            if a == b and low < high:
                continue  # a jump touches the piece: its other side counts
            if not _not_above(piece, better, i, other, j, a, ahead) or not _not_above(
                piece, better, i, other, j, b, ahead
            ):
                return False
            covered = b
            if low == high:
                done = True
                break
        if not done and (low == high or covered < high):
            return False
    return True


@called
def _not_above(piece: Floats, better: int, i: int, other: int, j: int, x: float, ahead: float) -> bool:
    mine = piece[better, i]
    its = piece[other, j]
    if mine[OFFSET] + mine[RATE] * x > its[OFFSET] + its[RATE] * x:
        return False
    return mine[FEE] + mine[FEE_RATE] * x <= its[FEE] + its[FEE_RATE] * x + ahead  # type: ignore[no-any-return]
