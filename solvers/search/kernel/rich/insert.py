"""Where a unit costs least, of all routes.

Places are sifted by bounds on time and by the cost of the arcs, which nothing undercuts but detours that the
route makes anyway, over stations and reload depots; the walk is called for what is left. Where nothing is decided on
the way and the earliest departure is the best one, bounds say it all, and nothing is walked.
"""

from routewright.solvers.search.kernel.draw import uniform
from routewright.solvers.search.kernel.jit import called, inlined, number
from routewright.solvers.search.kernel.rich.state import LONGEST, ROUTES, STEP, Asked, State, Walk
from routewright.solvers.search.kernel.walk.rules import (
    BATTERY,
    CLOCK,
    DISTANCES,
    END,
    GIVEN,
    HANDED,
    MATE,
    MAX_DISTANCE,
    NONE,
    PER_DISTANCE,
    PLACE,
    START,
    SURE,
    TAKEN,
    TIMELESS,
    TIMES,
    TRIPS,
    Pool,
    Rules,
)

TRIES = 8
"""Clients of a route with detours up to which every place may be walked."""
FEW = 3
"""Places that are walked on a longer one, those with the cheapest arcs."""
SKIPPED = -2
"""Place where nothing was looked for, since no place can be good enough."""

FINITE = 1e300
"""Above every cost."""


@called
def best_route(
    walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, blink: float, unit: int, limit: float
) -> tuple[float, int, int, int]:
    """Cheapest insertion of a unit below ``limit`` into a route that has visits.

    What is known of a route that has not changed since is not sought again. Now and then (``blink``) a better place is
    overlooked, so that the next best one counts.

    Returns:
        (cost, route, place of the first visit, place of the second one, counted before the first is inserted); -1 for
        the route where there is none.
    """
    best = limit
    best_route = -1
    at = -1
    to = -1
    step = state.tally[STEP]
    longest = state.total[LONGEST]
    for r in range(state.tally[ROUTES]):
        route = state.order[r]
        s = state.slot[route]
        if state.size[s] == 0:
            continue
        changed = state.touched_at[route] == step
        known = state.known_at[unit, route]
        banned = number(-1)
        while True:
            if banned < 0 and not changed and known[0] == state.version[route]:
                cost = state.known[unit, route, 0]
                far = state.known[unit, route, 1]
                spot = known[1]
                second = known[2]
            else:
                cost, far, spot, second = _best_place(walk, rules, pool, asked, state, s, unit, best, banned)
                if banned < 0 and not changed and spot != SKIPPED:
                    known[0] = state.version[route]
                    known[1] = spot
                    known[2] = second
                    state.known[unit, route, 0] = cost
                    state.known[unit, route, 1] = far
            if cost < NONE:
                cost += asked.weight * max(0.0, far - longest)
            if cost >= best or banned >= 0 or uniform(state.random) >= blink:
                break
            banned = spot
        if cost < best:
            best = cost
            best_route = route
            at = spot
            to = second
    return best, best_route, at, to


@inlined
def _best_place(
    walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, s: int, unit: int, limit: float, banned: int
) -> tuple[float, float, int, int]:
    """Cheapest insertion of a unit into slot s, its first visit not at place ``banned``.

    Nothing is looked for, and SKIPPED returned, where it must cost ``limit`` or more.

    Returns:
        (cost, distance of the route then, place of the first visit, place of the second one, counted before
        the first is inserted), or NONE for the cost.
    """
    first = asked.unit[unit, 0]
    second = asked.unit[unit, 1]
    kind = state.kind[s]
    size = state.size[s]
    room = state.seq.shape[1] - size
    ok = rules.charm[kind, first] < NONE and room >= 2 and _fits(rules, state, s, first)
    if second >= 0:
        ok = ok and rules.charm[kind, second] < NONE and _fits(rules, state, s, second)
    if not ok:
        return NONE, 0.0, -1, -1
    if second < 0:
        return _single(walk, rules, pool, asked, state, s, first, limit, banned)
    return _pair(walk, rules, pool, asked, state, s, first, second, limit, banned)


@inlined
def _fits(rules: Rules, state: State, s: int, visit: int) -> bool:
    """Whether the sum of loads does not rule a visit out."""
    kind = state.kind[s]
    if rules.sort[kind, TRIPS] > 1:
        return True
    for k in range(rules.capacity.shape[1]):
        room = rules.capacity[kind, k]
        if state.given[s, k] + rules.load[visit, GIVEN, k] > room:
            return False
        if rules.about[visit, MATE] < 0 and state.taken[s, k] + rules.load[visit, TAKEN, k] > room:
            return False
    return True


@inlined
def _detour(rules: Rules, state: State, s: int) -> float:
    """What the ways of a route over stations and reload depots cost beside its arcs."""
    kind = state.kind[s]
    if rules.sort[kind, TRIPS] == 1 and rules.kind[kind, BATTERY] == NONE:
        return 0.0
    table = rules.distance[rules.sort[kind, DISTANCES]]
    distance = 0.0
    before = rules.sort[kind, START]
    for place in range(state.size[s]):
        node = rules.about[state.seq[s, place], PLACE]
        if node != before:
            distance += table[before, node]
        before = node
    if rules.sort[kind, END] >= 0:
        distance += table[before, rules.sort[kind, END]]
    return rules.kind[kind, PER_DISTANCE] * (state.far[s] - distance)  # type: ignore[no-any-return]


@inlined
def _before(rules: Rules, state: State, s: int, place: int) -> int:
    """Node before place ``place`` of a route."""
    if place == 0:
        return rules.sort[state.kind[s], START]  # type: ignore[no-any-return]
    return rules.about[state.seq[s, place - 1], PLACE]  # type: ignore[no-any-return]


@inlined
def _at(rules: Rules, state: State, s: int, place: int) -> int:
    """Node at place ``place`` of a route; -1 past the last stop of an open one."""
    if place == state.size[s]:
        return rules.sort[state.kind[s], END]  # type: ignore[no-any-return]
    return rules.about[state.seq[s, place], PLACE]  # type: ignore[no-any-return]


@inlined
def _arcs(rules: Rules, state: State, s: int, place: int, node: int) -> float:
    """What the arcs of a node at ``place`` cost."""
    return rules.kind[state.kind[s], PER_DISTANCE] * _longer(rules, state, s, place, node)  # type: ignore[no-any-return]


@inlined
def _longer(rules: Rules, state: State, s: int, place: int, node: int) -> float:
    """By how much a node at ``place`` makes a route longer."""
    table = rules.distance[rules.sort[state.kind[s], DISTANCES]]
    before = _before(rules, state, s, place)
    after = _at(rules, state, s, place)
    distance = 0.0 if before == node else table[before, node]
    if after >= 0 and after != node:
        distance += table[node, after]
    if after >= 0 and before != after:
        distance -= table[before, after]
    return distance


@inlined
def _in_time(rules: Rules, asked: Asked, state: State, s: int, place: int, node: int) -> bool:
    """Whether bounds on time leave room for a node at ``place``."""
    time = rules.time[rules.sort[state.kind[s], TIMES]]
    before = _before(rules, state, s, place)
    clock = state.leave[s, place]
    if before != node:
        clock += time[before, node] * asked.haste
        if clock > asked.span[node, 1]:
            return False
        clock = max(clock, asked.span[node, 0]) + rules.service[node]
    after = _at(rules, state, s, place)
    if after >= 0 and after != node:
        clock += time[node, after] * asked.haste
    return clock <= state.latest[s, place + 1]  # type: ignore[no-any-return]


@inlined
def _splits(rules: Rules, asked: Asked, state: State, s: int, place: int, node: int) -> bool:
    """Whether a visit at ``place`` would part pieces of a client, its own included."""
    if not asked.limited:
        return False
    size = state.size[s]
    if 0 < place < size:
        here = rules.about[state.seq[s, place - 1], PLACE]
        if here == rules.about[state.seq[s, place], PLACE] and here != node:
            return True
    if _at(rules, state, s, place) == node or _before(rules, state, s, place) == node:
        return False
    for i in range(size):  # noqa: SIM110 - numba knows no generators here
        if rules.about[state.seq[s, i], PLACE] == node:
            return True
    return False


@inlined
def _single(
    walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, s: int, visit: int, limit: float, banned: int
) -> tuple[float, float, int, int]:
    kind = state.kind[s]
    size = state.size[s]
    node = rules.about[visit, PLACE]
    timed = rules.sort[kind, CLOCK] != TIMELESS
    charm = rules.charm[kind, visit]
    if rules.sort[kind, SURE] == 1:
        return _surely(rules, asked, state, s, node, charm, banned)
    for place in range(size + 1):
        state.bound[place] = NONE
        if place == banned or _splits(rules, asked, state, s, place, node):
            continue
        if timed and not _in_time(rules, asked, state, s, place, node):
            continue
        state.bound[place] = _arcs(rules, state, s, place, node) + charm
    detour = _detour(rules, state, s)
    best = NONE
    distance = 0.0
    at = -1
    for tried in range(size + 1 if detour == 0.0 or size <= TRIES else FEW):
        place = 0
        for i in range(1, size + 1):
            if state.bound[i] < state.bound[place]:
                place = i
        low = state.bound[place] - detour
        if low >= best:
            break
        if tried == 0 and low >= limit:
            return NONE, 0.0, SKIPPED, SKIPPED
        state.bound[place] = NONE
        for i in range(place):
            pool.route[i] = state.seq[s, i]
        pool.route[place] = visit
        for i in range(place, size):
            pool.route[i + 1] = state.seq[s, i]
        cost, far = walk(rules, pool, kind, size + 1, state.money[s] + best)
        cost -= state.money[s]
        if cost < best:
            best = cost
            distance = far
            at = place
    return best, distance, at, at


@inlined
def _surely(
    rules: Rules, asked: Asked, state: State, s: int, node: int, charm: float, banned: int
) -> tuple[float, float, int, int]:
    """``_single`` where bounds say it all."""
    kind = state.kind[s]
    timed = rules.sort[kind, CLOCK] != TIMELESS
    room = rules.kind[kind, MAX_DISTANCE] - state.far[s]
    best = NONE
    at = -1
    for place in range(state.size[s] + 1):
        more = _longer(rules, state, s, place, node)
        if more >= best or more > room or place == banned:
            continue
        if timed and not _in_time(rules, asked, state, s, place, node):
            continue
        best = more
        at = place
    if at < 0:
        return NONE, 0.0, -1, -1
    return rules.kind[kind, PER_DISTANCE] * best + charm, state.far[s] + best, at, at


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
def _pair(
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
    detour = _detour(rules, state, s)
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
        if at == banned or _splits(rules, asked, state, s, at, node):
            continue
        if timed and not _in_time(rules, asked, state, s, at, node):
            continue
        alone = _arcs(rules, state, s, at, node)
        before = _before(rules, state, s, at)
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
            if to < (begin_to if at == begin else at) or _splits(rules, asked, state, s, to, mate):
                continue
            if timed and here != mate:
                if clock > asked.span[mate, 1]:
                    break
                arrival = clock + time[here, mate] * asked.haste
                if arrival > asked.span[mate, 1]:
                    continue
                finish = max(arrival, asked.span[mate, 0]) + rules.service[mate]
                after = _at(rules, state, s, to)
                if after >= 0:
                    finish += time[mate, after] * asked.haste
                if finish > state.latest[s, to + 1]:
                    continue
            low = charm
            if to > at:
                low += alone + _arcs(rules, state, s, to, mate)
            else:
                after = _at(rules, state, s, at)
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
