"""Labels: ways to have come so far along a sequence, of which only those are kept that may turn out best."""

import numpy as np

from routewright.solvers.search.kernel.jit import called, number
from routewright.solvers.search.kernel.walk.energy import left_over, spend
from routewright.solvers.search.kernel.walk.pieces import chain, copy, delay, never_worse
from routewright.solvers.search.kernel.walk.rules import (
    AT,
    BATTERY,
    BEFORE,
    DISTANCE,
    DISTANCES,
    DUE,
    ENERGY,
    EVENT,
    FREE,
    MARKS,
    MAX_DISTANCE,
    MONEY,
    MOST,
    NUMBERS,
    PER_DISTANCE,
    REACH,
    REST,
    TIMES,
    TRIP,
    Pool,
    Rules,
)
from routewright.solvers.search.kernel.walk.speeds import travel


@called
def new_label(pool: Pool) -> int:
    """A label to be written; -1 where there is no room left."""
    label = pool.tally[FREE]
    if label >= pool.mark.shape[0] - 2:
        return -1
    pool.tally[FREE] = label + 1
    return label  # type: ignore[no-any-return]


@called
def spare(pool: Pool) -> int:
    """The row of pieces that functions are built in."""
    return pool.mark.shape[0] - 1  # type: ignore[no-any-return]


@called
def twin(pool: Pool, label: int) -> int:
    """A copy of a label; -1 where there is no room left."""
    fresh = new_label(pool)
    if fresh >= 0:
        for column in range(NUMBERS):
            pool.number[fresh, column] = pool.number[label, column]
        for column in range(MARKS):
            pool.mark[fresh, column] = pool.mark[label, column]
        copy(pool.piece, pool.pieces, label, fresh, pool.pieces[label])
    return fresh


@called
def drive(rules: Rules, pool: Pool, kind: int, label: int, to: int, event: int) -> int:
    """The label of arriving at node ``to``, whatever waits there; -1 where the way is too long."""
    at = pool.mark[label, AT]
    distance = rules.distance[rules.sort[kind, DISTANCES], at, to]
    if pool.number[label, DISTANCE] + distance > rules.kind[kind, MAX_DISTANCE]:
        return -1
    use = rules.kind[kind, BATTERY] < np.inf
    if use and left_over(rules, pool, kind, label, distance) < 0.0:
        return -1
    fresh = twin(pool, label)
    if fresh < 0:
        return -1
    pool.mark[fresh, AT] = to
    pool.mark[fresh, BEFORE] = label
    pool.mark[fresh, EVENT] = event
    pool.number[fresh, DISTANCE] += distance
    pool.number[fresh, MONEY] += rules.kind[kind, PER_DISTANCE] * distance
    if use:
        spend(rules, pool, kind, fresh, distance)
    plain = rules.time[rules.sort[kind, TIMES], at, to]
    if rules.speeds.shape[0] == 0:
        delay(pool.piece, pool.pieces, fresh, plain)
    else:
        count = travel(rules.speeds, plain, pool.leg)
        chain(pool.piece, pool.pieces, fresh, spare(pool), pool.leg, number(0), count)
    return fresh


@called
def drop(pool: Pool, label: int) -> None:
    """Give the room of a label back, if it was the last."""
    if label == pool.tally[FREE] - 1:
        pool.tally[FREE] = label


@called
def add(pool: Pool, row: int, count: int, label: int, settled: int) -> int:
    """Add a label to a list of ``count``, unless another is as good; drop what it beats. Returns the new count.

    The first ``settled`` labels stay where they are.
    """
    if pool.pieces[label] == 0:
        drop(pool, label)
        return count
    labels = pool.list[row]
    for i in range(count):
        if _beats(pool, labels[i], label):
            drop(pool, label)
            return count
    kept = settled
    for i in range(settled, count):
        if not _beats(pool, label, labels[i]):
            labels[kept] = labels[i]
            kept += 1
    labels[kept] = label
    return kept + 1


@called
def _beats(pool: Pool, better: int, other: int) -> bool:
    """Whether a label is as good as another in all respects."""
    mine = pool.number[better]
    its = pool.number[other]
    marks = pool.mark[better]
    its_marks = pool.mark[other]
    if marks[AT] != its_marks[AT] or marks[REST] != its_marks[REST]:
        return False
    if marks[REACH] < its_marks[REACH] or marks[TRIP] > its_marks[TRIP]:
        return False
    if mine[DISTANCE] > its[DISTANCE] or mine[ENERGY] < its[ENERGY] or mine[MOST] < its[MOST] or mine[DUE] < its[DUE]:
        return False
    ahead = its[MONEY] - mine[MONEY]
    return never_worse(pool.piece, better, pool.pieces[better], other, pool.pieces[other], ahead)
