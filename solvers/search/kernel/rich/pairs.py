"""Where both visits of a pair cost least on a route, sifted and walked as single ones are."""

from routewright.solvers.search.kernel.jit import called, inlined, number
from routewright.solvers.search.kernel.rich.bounds import arcs_cost, detour_of, in_time, node_at, node_before, splits
from routewright.solvers.search.kernel.rich.single import SKIPPED
from routewright.solvers.search.kernel.rich.state import Asked, State, Walk
from routewright.solvers.search.kernel.walk.rules import (
    CLOCK,
    DISTANCES,
    GIVEN,
    HANDED,
    MAX_DISTANCE,
    NONE,
    PER_DISTANCE,
    PLACE,
    SURE,
    TAKEN,
    TIMELESS,
    TIMES,
    Pool,
    Rules,
)

FINITE = 1e300
"""Above every cost."""


@called
def pair(
    walk: Walk,
    rules: Rules,
    pool: Pool,
    asked: Asked,
    state: State,
    s: int,
    first: int,
    second: int,
    limit: float,
    banned: int,
) -> tuple[float, float, int, int]:
    """The cheapest bound is walked first, so that it rules most of the others out."""
    kind = state.kind[s]
    size = state.size[s]
    detour = detour_of(rules, state, s)
    best = NONE
    distance = 0.0
    at = -1
    to = -1
    zero = number(0)
    done_at = -1
    done_to = -1
    low, i, j = _scan(rules, asked, state, s, first, second, banned, zero, zero, NONE)
    if i < 0:
        return NONE, 0.0, -1, -1
    if rules.sort[kind, SURE] == 1:
        charm = rules.charm[kind, first] + rules.charm[kind, second]
        return low, state.far[s] + (low - charm) / rules.kind[kind, PER_DISTANCE], i, j
    if low - detour >= limit:
        return NONE, 0.0, SKIPPED, SKIPPED
    ahead = True
    while i >= 0:
        if not (i == done_at and j == done_to):
            _join(pool, state, s, first, i, second, j)
            cost, far = walk(rules, pool, kind, size + 2, state.money[s] + best)
            cost -= state.money[s]
            if cost < best:
                best = cost
                distance = far
                at = i
                to = j
        if ahead:
            ahead = False
            done_at = i
            done_to = j
            i = 0
            j = -1
        low, i, j = _scan(rules, asked, state, s, first, second, banned, i, j + 1, min(best + detour, FINITE))
    return best, distance, at, to


@inlined
def _carries(rules: Rules, state: State, s: int, first: int, at: int, to: int) -> bool:
    """Whether the vehicle has room for the load of a pair from place ``at`` to place ``to``."""
    for k in range(rules.capacity.shape[1]):
        room = rules.capacity[state.kind[s], k] - rules.load[first, TAKEN, k]
        load = state.given[s, k]
        for place in range(to):
            if place >= at and load > room:
                return False
            visit = state.seq[s, place]
            load += rules.load[visit, TAKEN, k] - rules.load[visit, HANDED, k] - rules.load[visit, GIVEN, k]
        if load > room:
            return False
    return True


@called
def _join(pool: Pool, state: State, s: int, first: int, at: int, second: int, to: int) -> None:
    count = 0
    for place in range(state.size[s] + 1):
        if place == at:
            pool.route[count] = first
            count += 1
        if place == to:
            pool.route[count] = second
            count += 1
        if place < state.size[s]:
            pool.route[count] = state.seq[s, place]
            count += 1


@called
def _scan(
    rules: Rules,
    asked: Asked,
    state: State,
    s: int,
    first: int,
    second: int,
    banned: int,
    begin: int,
    begin_to: int,
    limit: float,
) -> tuple[float, int, int]:
    """Places for a pair from (begin, begin_to) on: the first below ``limit``, or without a limit the cheapest.

    Returns:
        (bound, place of the first visit, place of the second), or -1 for the places. Where bounds say it all the
        places keep all limits.
    """
    kind = state.kind[s]
    size = state.size[s]
    time = rules.time[rules.sort[kind, TIMES]]
    table = rules.distance[rules.sort[kind, DISTANCES]]
    timed = rules.sort[kind, CLOCK] != TIMELESS
    node = rules.about[first, PLACE]
    mate = rules.about[second, PLACE]
    charm = rules.charm[kind, first] + rules.charm[kind, second]
    per = rules.kind[kind, PER_DISTANCE]
    best = limit
    any_one = limit < NONE
    sure = rules.sort[kind, SURE] == 1
    room = (rules.kind[kind, MAX_DISTANCE] - state.far[s]) * per + charm if sure else NONE
    best_at = -1
    best_to = -1
    for at in range(begin, size + 1):
        if at == banned or splits(rules, asked, state, s, at, node):
            continue
        if timed and not in_time(rules, asked, state, s, at, node):
            continue
        alone = arcs_cost(rules, state, s, at, node)
        before = node_before(rules, state, s, at)
        clock = state.leave[s, at]
        if before != node:
            clock = max(clock + time[before, node] * asked.haste, asked.span[node, 0]) + rules.service[node]
        here = node
        for to in range(at, size + 1):
            if timed and to > at:
                there = rules.about[state.seq[s, to - 1], PLACE]
                if there != here:
                    clock += time[here, there] * asked.haste
                    if clock > state.latest[s, to]:
                        break
                    clock = max(clock, asked.span[there, 0]) + rules.service[there]
                    here = there
            if to < (begin_to if at == begin else at) or splits(rules, asked, state, s, to, mate):
                continue
            if timed and here != mate:
                if clock > asked.span[mate, 1]:
                    break
                arrival = clock + time[here, mate] * asked.haste
                if arrival > asked.span[mate, 1]:
                    continue
                finish = max(arrival, asked.span[mate, 0]) + rules.service[mate]
                after = node_at(rules, state, s, to)
                if after >= 0:
                    finish += time[mate, after] * asked.haste
                if finish > state.latest[s, to + 1]:
                    continue
            low = charm
            if to > at:
                low += alone + arcs_cost(rules, state, s, to, mate)
            else:
                after = node_at(rules, state, s, at)
                way = (0.0 if before == node else table[before, node]) + table[node, mate]
                if after >= 0 and after != mate:
                    way += table[mate, after]
                if after >= 0 and before != after:
                    way -= table[before, after]
                low += per * way
            if low < best:
                if sure and (low > room or not _carries(rules, state, s, first, at, to)):
                    continue
                best = low
                best_at = at
                best_to = to
                if any_one:
                    return best, best_at, best_to
    return best, best_at, best_to
