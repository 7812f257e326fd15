"""Slots: where the content of a route lies, how an iteration gets one of its own, and how it gives it back."""

from routewright.solvers.search.kernel.jit import called, number
from routewright.solvers.search.kernel.rich.state import (
    FREE,
    ITEMS,
    ROUTES,
    STEP,
    TOUCHED,
    Asked,
    State,
)
from routewright.solvers.search.kernel.walk.rules import (
    CLOCK,
    END,
    FIRST,
    GIVEN,
    MATE,
    PLACE,
    SHIFT_END,
    START,
    TAKEN,
    TIMELESS,
    TIMES,
    TRIPS,
    Rules,
)


@called
def take(state: State) -> int:
    """A free slot; what is in it does not count."""
    state.tally[FREE] -= 1
    return state.free[state.tally[FREE]]  # type: ignore[no-any-return]


@called
def own(state: State, route: int) -> int:
    """The slot of a route that this iteration may write: a copy at its first call."""
    old = state.slot[route]
    if state.touched_at[route] == state.tally[STEP]:
        return old  # type: ignore[no-any-return]
    new = take(state)
    state.size[new] = state.size[old]
    state.kind[new] = state.kind[old]
    state.money[new] = state.money[old]
    state.far[new] = state.far[old]
    for place in range(state.size[old]):
        state.seq[new, place] = state.seq[old, place]
    touch(state, route, old, new)
    return new


@called
def touch(state: State, route: int, old: int, new: int) -> None:
    """Move a route from slot ``old`` (-1 for none) to slot ``new`` in this iteration."""
    state.slot[route] = new
    state.old[route] = old
    state.touched_at[route] = state.tally[STEP]
    state.touched[state.tally[TOUCHED]] = route
    state.tally[TOUCHED] += 1


@called
def open_route(state: State, kind: int) -> int:
    """A route without visits, in use from now on."""
    route = state.order[state.tally[ROUTES]]
    state.tally[ROUTES] += 1
    new = take(state)
    touch(state, route, number(-1), new)
    state.size[new] = 0
    state.kind[new] = kind
    state.money[new] = 0.0
    state.far[new] = 0.0
    state.used[kind] += 1
    return route  # type: ignore[no-any-return]


@called
def put_down(state: State, item: int) -> None:
    """List an item in this iteration, with what serves it now."""
    if state.listed_at[item] == state.tally[STEP]:
        return
    state.listed_at[item] = state.tally[STEP]
    state.was[item] = state.served[item]
    state.listed[state.tally[ITEMS]] = item
    state.tally[ITEMS] += 1


@called
def refresh(rules: Rules, asked: Asked, state: State, s: int) -> None:
    """Bounds on the times of the route in slot s, and its loads: what insertions are sifted by."""
    kind = state.kind[s]
    size = state.size[s]
    seq = state.seq[s]
    for k in range(rules.capacity.shape[1]):
        state.given[s, k] = 0.0
        state.taken[s, k] = 0.0
    for place in range(size):
        visit = seq[place]
        for k in range(rules.capacity.shape[1]):
            state.given[s, k] += rules.load[visit, GIVEN, k]
            if rules.about[visit, MATE] < 0:
                state.taken[s, k] += rules.load[visit, TAKEN, k]
    if rules.sort[kind, CLOCK] == TIMELESS:
        return
    time = rules.time[rules.sort[kind, TIMES]]
    clock = rules.kind[kind, FIRST]
    if rules.sort[kind, TRIPS] == 1:
        for place in range(size):
            clock = max(clock, rules.release[seq[place]])
    state.leave[s, 0] = clock
    at = rules.sort[kind, START]
    for place in range(size):
        to = rules.about[seq[place], PLACE]
        if to != at:
            clock = max(clock + time[at, to] * asked.haste, asked.span[to, 0]) + rules.service[to]
            at = to
        state.leave[s, place + 1] = clock
    home = rules.sort[kind, END]
    latest = rules.kind[kind, SHIFT_END]
    after = -1
    if home >= 0:
        latest = min(latest, asked.span[rules.service.shape[0] + home, 1])
        after = home
    state.latest[s, size + 1] = latest
    for place in range(size, 0, -1):
        to = rules.about[seq[place - 1], PLACE]
        if to != after:
            way = 0.0 if after < 0 else time[to, after] * asked.haste
            latest = min(asked.span[to, 1], latest - way - rules.service[to])
            after = to
        state.latest[s, place] = latest


@called
def undo(state: State) -> None:
    """Take everything back that this iteration did."""
    for t in range(state.tally[TOUCHED]):
        route = state.touched[t]
        new = state.slot[route]
        old = state.old[route]
        if state.size[new] > 0:
            state.used[state.kind[new]] -= 1
        if old >= 0:
            state.used[state.kind[old]] += 1
        else:
            state.tally[ROUTES] -= 1
        state.free[state.tally[FREE]] = new
        state.tally[FREE] += 1
        state.slot[route] = old
    for t in range(state.tally[ITEMS]):
        item = state.listed[t]
        state.served[item] = state.was[item]


@called
def keep(asked: Asked, state: State) -> None:
    """Make what this iteration did the present solution."""
    for t in range(state.tally[ITEMS]):
        unit = state.was[state.listed[t]]
        for side in range(2):
            if unit >= 0 and asked.unit[unit, side] >= 0:
                state.route_of[asked.unit[unit, side]] = -1
    for t in range(state.tally[TOUCHED]):
        route = state.touched[t]
        s = state.slot[route]
        state.version[route] += 1
        if state.old[route] >= 0:
            state.free[state.tally[FREE]] = state.old[route]
            state.tally[FREE] += 1
        for place in range(state.size[s]):
            state.route_of[state.seq[s, place]] = route
            state.spot[state.seq[s, place]] = place
    _retire(state)


@called
def _retire(state: State) -> None:
    """Move routes without visits behind those in use."""
    i = 0
    while i < state.tally[ROUTES]:
        route = state.order[i]
        s = state.slot[route]
        if state.size[s] > 0:
            i += 1
            continue
        state.free[state.tally[FREE]] = s
        state.tally[FREE] += 1
        state.slot[route] = -1
        state.tally[ROUTES] -= 1
        state.order[i] = state.order[state.tally[ROUTES]]
        state.order[state.tally[ROUTES]] = route
