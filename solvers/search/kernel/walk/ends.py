"""What the end of a route costs, at the best departure (docs/problem.md, 10 to 12)."""

import numpy as np

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.rests import due
from routewright.solvers.search.kernel.walk.rules import (
    CLOCK,
    FEE,
    FEE_RATE,
    HIGH,
    LONGEST,
    LOW,
    MAX_DURATION,
    NONE,
    OFFSET,
    PER_DURATION,
    PER_OVERTIME,
    RATE,
    SEGMENT,
    SHIFT_END,
    Pool,
    Rules,
)


@called
def end_cost(rules: Rules, pool: Pool, kind: int, label: int) -> float:
    """Lateness, duration and overtime of a label that has ended; NONE where that is too late.

    They are least at an end of a piece, or where duration or end meet a limit.
    """
    latest = min(rules.kind[kind, SHIFT_END], due(rules, pool, kind, label))
    free = rules.sort[kind, CLOCK] >= SEGMENT
    limit = rules.kind[kind, MAX_DURATION]
    longest = rules.kind[kind, LONGEST]
    best = NONE
    for i in range(pool.pieces[label]):
        piece = pool.piece[label, i]
        rate = piece[RATE]
        for candidate in range(5):
            x = piece[LOW]
            if candidate == 1:
                x = piece[HIGH]
            elif candidate == 2:
                if rate == 0.0 or latest == np.inf:
                    continue
                x = (latest - piece[OFFSET]) / rate
            elif candidate > 2:
                meets = limit if candidate == 3 else longest
                if not free or meets == np.inf or rate == 1.0:
                    continue
                x = (piece[OFFSET] - meets) / (1.0 - rate)
            if x < piece[LOW] or x > piece[HIGH]:
                continue
            end = piece[OFFSET] + rate * x
            if end > latest and candidate != 2:
                continue
            cost = piece[FEE] + piece[FEE_RATE] * x
            if free:
                duration = end - x
                if duration > longest and candidate != 4:
                    continue
                cost += rules.kind[kind, PER_DURATION] * duration
                if duration > limit:
                    cost += rules.kind[kind, PER_OVERTIME] * (duration - limit)
            best = min(best, cost)
    return best
