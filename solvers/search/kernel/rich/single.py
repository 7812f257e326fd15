"""Where one visit costs least on a route.

Places are sifted by bounds, the walk is called for what is left. Where nothing is decided on the way and the earliest
departure is the best one, bounds say it all, and nothing is walked.
"""

from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.rich.bounds import arcs_cost, detour_of, in_time, longer, splits
from routewright.solvers.search.kernel.rich.state import Asked, State, Walk
from routewright.solvers.search.kernel.walk.rules import (
    CLOCK,
    MAX_DISTANCE,
    NONE,
    PER_DISTANCE,
    PLACE,
    SURE,
    TIMELESS,
    Pool,
    Rules,
)

TRIES = 8
"""Clients of a route with detours up to which every place may be walked."""
FEW = 3
"""Places that are walked on a longer one, those with the cheapest arcs."""
SKIPPED = -2
"""Place where nothing was looked for, since no place can be good enough."""


@inlined
def single(
    walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, s: int, visit: int, limit: float, banned: int
) -> tuple[float, float, int, int]:
    """Cheapest place of a visit on the route in slot s, but for ``banned``: as ``insert`` wants it."""
    kind = state.kind[s]
    size = state.size[s]
    node = rules.about[visit, PLACE]
    timed = rules.sort[kind, CLOCK] != TIMELESS
    charm = rules.charm[kind, visit]
    if rules.sort[kind, SURE] == 1:
        return _surely(rules, asked, state, s, node, charm, banned)
    for place in range(size + 1):
        state.bound[place] = NONE
        if place == banned or splits(rules, asked, state, s, place, node):
            continue
        if timed and not in_time(rules, asked, state, s, place, node):
            continue
        state.bound[place] = arcs_cost(rules, state, s, place, node) + charm
    detour = detour_of(rules, state, s)
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
        more = longer(rules, state, s, place, node)
        if more >= best or more > room or place == banned:
            continue
        if timed and not in_time(rules, asked, state, s, place, node):
            continue
        best = more
        at = place
    if at < 0:
        return NONE, 0.0, -1, -1
    return rules.kind[kind, PER_DISTANCE] * best + charm, state.far[s] + best, at, at
