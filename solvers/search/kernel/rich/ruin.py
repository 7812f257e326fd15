"""Ruin: take strings of visits out of routes that lie close together (Christiaens & Vanden Berghe 2020, section 4).

Both visits of a pair go together. What is left of a route may break a rule, where the triangle inequality
does not hold or nothing but pickups is left; then all of it goes.
"""

from routewright.solvers.search.kernel.draw import below, uniform
from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.model import Settings
from routewright.solvers.search.kernel.rich.slots import own, put_down, refresh
from routewright.solvers.search.kernel.rich.state import (
    ABSENT,
    ROUTES,
    STEP,
    Asked,
    State,
    Walk,
)
from routewright.solvers.search.kernel.walk.rules import MATE, NONE, Pool, Rules

FROM_ABSENT = 0.2  # share of ruins around an absent item, where there is one
ABSENT_DRAW = 10  # optional absent items that one ruin takes along
ONE_ROUTE = 0.05  # share of ruins whose string may be a route of any length


@called
def ruin(walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, settings: Settings) -> None:
    """Remove visits around a random one, and list what is absent nearby."""
    n_visits = asked.near.shape[0]
    served = n_visits
    longest = max(1.0, min(settings.string, served / max(state.tally[ROUTES], 1)))
    if uniform(state.random) < ONE_ROUTE:
        longest = float(served)
    wanted = int(1.0 + uniform(state.random) * max(0.0, 4.0 * settings.removals / (1.0 + longest) - 1.0))
    centre = _centre(asked, state)
    strings = 0
    taken = 0
    for j in range(asked.near.shape[1]):
        visit = asked.near[centre, j]
        route = state.route_of[visit]
        if route < 0:
            if taken < ABSENT_DRAW:
                taken += _list_absent(asked, state, visit)
            continue
        if state.touched_at[route] == state.tally[STEP] or strings >= wanted:
            continue
        _cut(walk, rules, pool, asked, state, settings, route, state.spot[visit], longest)
        strings += 1
        if strings >= wanted and j > ABSENT_DRAW:
            break
    if state.tally[ABSENT] > 0:
        for item in range(state.served.shape[0]):
            if state.served[item] < 0 and asked.required[item]:
                put_down(state, item)


@called
def _list_absent(asked: Asked, state: State, visit: int) -> int:
    """List the items that would serve this visit, where they are absent; returns how many."""
    listed = 0
    for side in range(2):
        item = asked.item_of[asked.unit_of[visit], side]
        if item >= 0 and state.served[item] < 0 and state.listed_at[item] != state.tally[STEP]:
            put_down(state, item)
            listed += 1
    return listed


@called
def _centre(asked: Asked, state: State) -> int:
    if state.tally[ABSENT] > 0 and uniform(state.random) < FROM_ABSENT:
        item = below(state.random, state.served.shape[0])
        for _ in range(state.served.shape[0]):
            able = asked.choice_at[item] < asked.choice_at[item + 1]  # a group may have no client that can be visited
            if able and state.served[item] < 0 and asked.required[item]:
                return asked.unit[asked.choice[asked.choice_at[item]], 0]  # type: ignore[no-any-return]
            item = item + 1 if item + 1 < state.served.shape[0] else 0
    return below(state.random, asked.near.shape[0])


@called
def _cut(
    walk: Walk,
    rules: Rules,
    pool: Pool,
    asked: Asked,
    state: State,
    settings: Settings,
    route: int,
    spot: int,
    longest: float,
) -> None:
    """Remove a string that contains place ``spot``, with the mates of its visits."""
    s = own(state, route)
    size = state.size[s]
    step = state.tally[STEP]
    length = min(size, 1 + int(uniform(state.random) * min(float(size), longest)))
    spared = 0
    if 1 < length < size and uniform(state.random) < 0.5:
        spared = 1
        while length + spared < size and uniform(state.random) < settings.grow:
            spared += 1
    span = length + spared
    low = max(0, spot - span + 1)
    high = min(spot, size - span)
    start = low + below(state.random, high - low + 1)
    gap = start + span
    if spared > 0:
        gap = start + 1 + below(state.random, length - 1)
    for place in range(start, start + span):
        if gap <= place < gap + spared:
            continue
        visit = state.seq[s, place]
        state.mark[visit] = step
        if rules.about[visit, MATE] >= 0:
            state.mark[rules.about[visit, MATE]] = step
    kept = 0
    for place in range(size):
        visit = state.seq[s, place]
        if state.mark[visit] != step:
            pool.route[kept] = visit
            kept += 1
    cost = 0.0
    distance = 0.0
    if kept > 0:
        cost, distance = walk(rules, pool, state.kind[s], kept, NONE)
        if cost == NONE:
            kept = 0
            cost = 0.0
            distance = 0.0
            for place in range(size):
                state.mark[state.seq[s, place]] = step
    for place in range(size):
        visit = state.seq[s, place]
        if state.mark[visit] == step:
            _set_free(asked, state, asked.unit_of[visit])
    for place in range(kept):
        state.seq[s, place] = pool.route[place]
    state.size[s] = kept
    state.money[s] = cost
    state.far[s] = distance
    if kept == 0:
        state.used[state.kind[s]] -= 1
    refresh(rules, asked, state, s)


@called
def _set_free(asked: Asked, state: State, unit: int) -> None:
    for side in range(2):
        item = asked.item_of[unit, side]
        if item >= 0 and state.served[item] == unit:
            put_down(state, item)
            state.served[item] = -1
            if asked.required[item]:
                state.tally[ABSENT] += 1
