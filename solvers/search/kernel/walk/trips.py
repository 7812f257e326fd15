"""Trips: where one begins, with the release of its clients (docs/problem.md, 4 and 8)."""

import numpy as np

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.labels import spare, twin
from routewright.solvers.search.kernel.walk.loads import trip_end
from routewright.solvers.search.kernel.walk.pieces import pass_gate
from routewright.solvers.search.kernel.walk.rules import (
    ARRIVED,
    BATTERY,
    CHARGE,
    CHARGED,
    ENERGY,
    EVENT,
    HIGH,
    LAST,
    LEAVE,
    LOW,
    MOST,
    OFFSET,
    RATE,
    REACH,
    SINCE,
    TRIPS,
    Pool,
    Rules,
)


@called
def begin_trips(rules: Rules, pool: Pool, kind: int, count: int, first: int, size: int) -> int:
    """Let the ``count`` labels of ARRIVED begin a trip at place ``first``, once for each release to wait for.

    Who waits for the release of one client can take all clients along up to the first with a later one.
    Returns how many there are then.
    """
    if pool.reach[first] < 0:
        pool.reach[first] = trip_end(rules, kind, pool.route, first, size)
    end = pool.reach[first]
    begun = count
    for i in range(count):
        label = pool.list[ARRIVED, i]
        latest = rules.release[pool.route[first]]
        for place in range(first + 1, end + 1):
            if place < end and rules.release[pool.route[place]] <= latest:
                continue
            # The only trip there is must hold everyone.
            if rules.sort[kind, TRIPS] > 1 or place == size:
                fresh = twin(pool, label)
                if fresh >= 0 and _wait(rules, pool, kind, fresh, latest):
                    pool.mark[fresh, REACH] = place
                    pool.mark[fresh, SINCE] = first
                    pool.list[ARRIVED, begun] = fresh
                    begun += 1
            if place < end:
                latest = rules.release[pool.route[place]]
    for i in range(count, begun):
        pool.list[ARRIVED, i - count] = pool.list[ARRIVED, i]
    return begun - count


@called
def _wait(rules: Rules, pool: Pool, kind: int, label: int, release: float) -> bool:
    """Put a departure off to ``release``; returns whether that is possible."""
    if pool.mark[label, EVENT] != LEAVE:
        pass_gate(pool.piece, pool.pieces, label, spare(pool), pool.leg, release, np.inf, 0.0)
        pool.number[label, CHARGE] = pool.number[label, CHARGED]
        pool.number[label, CHARGED] = 0.0
        pool.number[label, ENERGY] = rules.kind[kind, BATTERY]
        pool.number[label, MOST] = rules.kind[kind, BATTERY]
        return bool(pool.pieces[label] > 0)
    piece = pool.piece[label, 0]  # the route itself is not under way before
    piece[LOW] = max(piece[LOW], release)
    piece[HIGH] = max(piece[LOW], piece[HIGH])
    if piece[RATE] == 0.0:
        piece[OFFSET] = max(piece[OFFSET], release)
    return bool(piece[LOW] <= rules.kind[kind, LAST])
