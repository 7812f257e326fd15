"""What a sequence of visits costs one kind of vehicle."""

import numpy as np

from routewright.solvers.search.kernel.jit import called, number
from routewright.solvers.search.kernel.walk.loads import may_end, trip_end
from routewright.solvers.search.kernel.walk.plain import clock_cost
from routewright.solvers.search.kernel.walk.reloads import best_reloads
from routewright.solvers.search.kernel.walk.rules import (
    BATTERY,
    BEST,
    CLOCK,
    DISTANCES,
    END,
    FIXED,
    MAX_DISTANCE,
    NONE,
    PER_DISTANCE,
    PIECES,
    PLACE,
    RESTS,
    RESTS_END,
    SHORTCUT,
    SIMPLE,
    START,
    TRIPS,
    USE,
    Pool,
    Rules,
)
from routewright.solvers.search.kernel.walk.ways import best_way


@called
def walk(rules: Rules, pool: Pool, kind: int, size: int, limit: float) -> tuple[float, float]:
    """Cost and distance of a route; NONE for the cost where it breaks a rule.

    Args:
        rules: what is asked.
        pool: with the visits in ``route``; pairs are whole and in order, pieces of a client side by side.
        kind: of the vehicle.
        size: visits, at least one.
        limit: cost from which on the route is of no interest, and may be said to cost NONE.
    """
    begin = number(0)
    cost = rules.kind[kind, FIXED]
    table = rules.distance[rules.sort[kind, DISTANCES]]
    at = rules.sort[kind, START]
    distance = 0.0
    for place in range(size):
        visit = pool.route[place]
        cost += rules.charm[kind, visit]
        to = rules.about[visit, PLACE]
        if to != at:
            distance += table[at, to]
            at = to
    home = rules.sort[kind, END]
    if home >= 0:
        distance += table[at, home]
    if cost == NONE:
        return NONE, distance
    pool.tally[BEST] = -1
    if _needs_ways(rules, pool, kind, size, distance):
        if rules.sort[kind, SIMPLE] == 1:
            extra, distance = best_reloads(rules, pool, kind, size, limit - cost)
        else:
            extra, distance = best_way(rules, pool, kind, size, limit - cost)
        return cost + extra, distance
    whole = trip_end(rules, kind, pool.route, begin, size) == size and may_end(rules, pool.route, begin, size)
    if not whole or distance > rules.kind[kind, MAX_DISTANCE]:
        return NONE, distance
    cost += rules.kind[kind, PER_DISTANCE] * distance
    if cost >= limit:
        return NONE, distance
    return cost + clock_cost(rules, kind, pool.route, size), distance


@called
def _needs_ways(rules: Rules, pool: Pool, kind: int, size: int, distance: float) -> bool:
    """Whether more is to be decided on the way than when to leave."""
    begin = number(0)
    sort = rules.sort[kind]
    if sort[CLOCK] == PIECES or sort[RESTS] < sort[RESTS_END]:
        return True
    energy = rules.kind[kind, USE] * distance
    if rules.kind[kind, BATTERY] < np.inf and (energy > rules.kind[kind, BATTERY] or sort[SHORTCUT] == 1):
        return True
    if sort[TRIPS] == 1:
        return False
    if sort[SHORTCUT] == 1 or trip_end(rules, kind, pool.route, begin, size) < size:
        return True
    for place in range(size):  # noqa: SIM110 - numba knows no generators here
        if rules.release[pool.route[place]] > 0.0:
            return True
    return False
