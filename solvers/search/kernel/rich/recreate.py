"""Recreate: put items back, each where it costs least, with blinks; or leave out what does not pay."""

from routewright.solvers.search.kernel.draw import below, uniform
from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.model import Settings
from routewright.solvers.search.kernel.rich.slots import open_route, own, put_down, refresh
from routewright.solvers.search.kernel.rich.state import (
    ABSENT,
    CLOSES,
    ITEMS,
    LIMIT,
    LOAD,
    LONGEST,
    OPENS,
    REMOTE,
    ROUTES,
    TOUCHED,
    WIDTH,
    Asked,
    Place,
    State,
    Walk,
)
from routewright.solvers.search.kernel.walk.rules import COUNT, NONE, Pool, Rules

DARING = 0.1
"""Probability of serving an optional item at any price, for this iteration."""
ANY_KIND = 0.2
"""Probability that a new route gets any kind of vehicle: the cheapest for one client may be too small for others."""
OPENING = 0.05
"""Share of iterations in which one item sees none of the routes there are."""


@called
def arrange(asked: Asked, state: State) -> None:
    """Sort the listed items by a rule drawn at random: at random, by load, far or close, or by their windows."""
    rule = below(state.random, 17)
    count = state.tally[ITEMS]
    for t in range(count):
        item = state.listed[t]
        if rule < 4:
            state.key[t] = uniform(state.random)
        elif rule < 8:
            state.key[t] = -asked.order[item, LOAD]
        elif rule < 10:
            state.key[t] = -asked.order[item, REMOTE]
        elif rule < 11:
            state.key[t] = asked.order[item, REMOTE]
        elif rule < 13:
            state.key[t] = asked.order[item, WIDTH]
        elif rule < 15:
            state.key[t] = asked.order[item, OPENS]
        else:
            state.key[t] = -asked.order[item, CLOSES]
    for t in range(1, count):
        item = state.listed[t]
        value = state.key[t]
        j = t - 1
        while j >= 0 and state.key[j] > value:
            state.listed[j + 1] = state.listed[j]
            state.key[j + 1] = state.key[j]
            j -= 1
        state.listed[j + 1] = item
        state.key[j + 1] = value


@called
def recreate(
    walk: Walk,
    place: Place,
    rules: Rules,
    pool: Pool,
    asked: Asked,
    state: State,
    settings: Settings,
    energy: float,
    threshold: float,
) -> bool:
    """Insert the listed items in order.

    Args:
        walk: says what a route costs.
        place: says where a unit costs least.
        rules: of routes.
        pool: scratch space.
        asked: what there is to do.
        state: changed in place.
        settings: how an iteration is drawn.
        energy: after the ruin.
        threshold: above which the result is rejected.

    Returns:
        Whether it is worth looking at.
    """
    count = state.tally[ITEMS]
    opener = int(uniform(state.random) * count / OPENING)
    for t in range(count):
        item = state.listed[t]
        if state.served[item] >= 0:
            continue
        limit = NONE
        if not asked.required[item] and uniform(state.random) >= DARING:
            limit = 0.0
        energy += _insert(walk, place, rules, pool, asked, state, settings, item, limit, t == opener)
        if not asked.gains and state.tally[ABSENT] == 0 and asked.weight == 0.0 and energy >= threshold:
            return False
    return True


@called
def _insert(
    walk: Walk,
    place: Place,
    rules: Rules,
    pool: Pool,
    asked: Asked,
    state: State,
    settings: Settings,
    item: int,
    limit: float,
    alone: bool,
) -> float:
    """Put an item on its best route, if there is one below ``limit``; returns what that costs."""
    best = limit
    best_unit = -1
    best_route = -1
    best_kind = -1
    at = -1
    to = -1
    first = asked.choice_at[item]
    last = asked.choice_at[item + 1]
    for c in range(first, last):
        unit = asked.choice[c]
        if not _is_free(asked, state, unit):
            continue
        if not alone:
            cost, route, spot, second = place(walk, rules, pool, asked, state, settings.blink, unit, best)
            if route >= 0:
                best = cost
                best_unit = unit
                best_route = route
                best_kind = -1
                at = spot
                to = second
        kind, cost = _alone(rules, asked, state, unit)
        # A vehicle of its own rather than another trip at the same price, which leaves less time.
        if kind >= 0 and cost < best + 1e-9 * max(1.0, abs(best)):
            best = cost
            best_unit = unit
            best_route = -1
            best_kind = kind
    if best_unit < 0:
        return 0.0
    _put(walk, rules, pool, asked, state, best_unit, best_route, best_kind, at, to, best)
    return best


@called
def _is_free(asked: Asked, state: State, unit: int) -> bool:
    """Whether nothing else does what the unit would do."""
    for side in range(2):
        item = asked.item_of[unit, side]
        if item >= 0 and state.served[item] >= 0:
            return False
    return True


@called
def _alone(rules: Rules, asked: Asked, state: State, unit: int) -> tuple[int, float]:
    """The vehicle that does a unit alone for the least cost, now and then any other that can; -1 for none."""
    best = NONE
    chosen = -1
    if state.tally[ROUTES] >= state.tally[LIMIT] and _empty(state) < 0:
        return -1, NONE
    least = NONE
    n_kinds = rules.sort.shape[0]
    any_kind = n_kinds > 1 and uniform(state.random) < ANY_KIND
    for kind in range(n_kinds):
        cost = state.alone[kind, unit]
        if cost == NONE or state.used[kind] >= rules.sort[kind, COUNT]:
            continue
        cost += asked.weight * max(0.0, state.alone_far[kind, unit] - state.total[LONGEST])
        price = uniform(state.random) if any_kind else cost
        if price < least:
            least = price
            best = cost
            chosen = kind
    return chosen, best


@called
def _empty(state: State) -> int:
    """A route of this iteration that has lost all visits; -1 for none."""
    for t in range(state.tally[TOUCHED]):
        route = state.touched[t]
        if state.size[state.slot[route]] == 0:
            return route  # type: ignore[no-any-return]
    return -1


@called
def _put(
    walk: Walk,
    rules: Rules,
    pool: Pool,
    asked: Asked,
    state: State,
    unit: int,
    route: int,
    kind: int,
    at: int,
    to: int,
    cost: float,
) -> None:
    """Insert a unit for ``cost`` into a route, or into a new one of that kind."""
    if route < 0:
        route = _empty(state)
        if route < 0:
            route = open_route(state, kind)
        else:
            state.kind[state.slot[route]] = kind
            state.used[kind] += 1
        at = 0
        to = 0
    s = own(state, route)
    size = state.size[s]
    second = asked.unit[unit, 1]
    more = 1 if second < 0 else 2
    if more == 2:
        for place in range(size - 1, to - 1, -1):
            state.seq[s, place + 2] = state.seq[s, place]
        state.seq[s, to + 1] = second
        for place in range(to - 1, at - 1, -1):
            state.seq[s, place + 1] = state.seq[s, place]
    else:
        for place in range(size - 1, at - 1, -1):
            state.seq[s, place + 1] = state.seq[s, place]
    state.seq[s, at] = asked.unit[unit, 0]
    state.size[s] = size + more
    for side in range(2):
        item = asked.item_of[unit, side]
        if item >= 0:
            put_down(state, item)
            state.served[item] = unit
            if asked.required[item]:
                state.tally[ABSENT] -= 1
    weigh(walk, rules, pool, state, s)
    refresh(rules, asked, state, s)
    state.total[LONGEST] = max(state.total[LONGEST], state.far[s])


@called
def weigh(walk: Walk, rules: Rules, pool: Pool, state: State, s: int) -> None:
    """Walk the route in slot s and note its cost and distance."""
    size = state.size[s]
    for place in range(size):
        pool.route[place] = state.seq[s, place]
    state.money[s], state.far[s] = walk(rules, pool, state.kind[s], size, NONE)


@called
def change_kinds(walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State) -> None:
    """Give each changed route the kind of vehicle that serves it for the least cost."""
    for t in range(state.tally[TOUCHED]):
        s = state.slot[state.touched[t]]
        size = state.size[s]
        if size == 0:
            continue
        for place in range(size):
            pool.route[place] = state.seq[s, place]
        for kind in range(rules.sort.shape[0]):
            if kind == state.kind[s] or state.used[kind] >= rules.sort[kind, COUNT]:
                continue
            cost, far = walk(rules, pool, kind, size, state.money[s])
            if cost < state.money[s] - 1e-9 * max(1.0, abs(cost)):
                state.used[state.kind[s]] -= 1
                state.used[kind] += 1
                state.kind[s] = kind
                state.money[s] = cost
                state.far[s] = far
                refresh(rules, asked, state, s)
