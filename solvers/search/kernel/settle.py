"""After an iteration: keep the change or point back, and remember the best."""

from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.kinds import give_back, kind_of
from routewright.solvers.search.kernel.model import (
    ASLEEP,
    BANK,
    BEST_LENGTH,
    FREE,
    ROUTES,
    SIZE,
    SPARE,
    General,
    State,
)


@inlined
def unchanged(state: State, general: General | None, n_touched: int) -> bool:
    """Whether every touched route is what it was."""
    for t in range(n_touched):
        route = state.touched[t]
        old = state.old_slot[route]
        new = state.slot[route]
        if old < 0 or state.sums[old, SIZE] != state.sums[new, SIZE]:
            return False
        if kind_of(general, old) != kind_of(general, new):
            return False
        for p in range(1, state.sums[new, SIZE] + 1):
            if state.stop[new, p] != state.stop[old, p]:
                return False
    return True


@inlined
def undo(state: State, general: General | None, n_touched: int) -> None:
    """Point touched routes back to their old slots."""
    if general is not None:
        give_back(state, general, n_touched)
    for t in range(n_touched):
        route = state.touched[t]
        state.free[state.tally[FREE]] = state.slot[route]
        state.tally[FREE] += 1
        state.slot[route] = state.old_slot[route]


@called
def keep(state: State, general: General | None, n_removed: int, n_touched: int, in_use: int) -> None:
    """Make the touched routes current."""
    for x in range(n_removed):
        client = state.removed[x]
        served = state.key[x] >= 0
        if general is not None and general.grouped and general.before[x] != client:
            if state.route_of[general.before[x]] < 0:
                _leave_bank(state, general.before[x])
            state.route_of[general.before[x]] = ASLEEP
            continue
        if served and state.route_of[client] < 0:
            _leave_bank(state, client)
        elif not served and state.route_of[client] >= 0:
            state.route_of[client] = -1
            state.place[client] = state.tally[BANK]
            state.bank[state.tally[BANK]] = client
            state.tally[BANK] += 1
    for t in range(n_touched):
        route = state.touched[t]
        s = state.slot[route]
        state.version[route] += 1
        if state.old_slot[route] >= 0:
            state.free[state.tally[FREE]] = state.old_slot[route]
            state.tally[FREE] += 1
        for p in range(1, state.sums[s, SIZE] + 1):
            state.route_of[state.stop[s, p]] = route
            state.place[state.stop[s, p]] = p
    reorder(state, in_use)


@inlined
def _leave_bank(state: State, client: int) -> None:
    state.tally[BANK] -= 1
    last = state.bank[state.tally[BANK]]
    state.bank[state.place[client]] = last
    state.place[last] = state.place[client]


@inlined
def reorder(state: State, in_use: int) -> None:
    """Sort routes by spare capacity (nearly sorted already) and retire the empty ones."""
    n_routes = 0
    n_empty = 0
    for t in range(in_use):
        route = state.order[t]
        s = state.slot[route]
        if state.sums[s, SIZE] == 0:
            state.free[state.tally[FREE]] = s
            state.tally[FREE] += 1
            state.touched[n_empty] = route
            n_empty += 1
            continue
        spare = state.sums[s, SPARE]
        j = n_routes - 1
        while j >= 0 and state.order_spare[j] < spare:
            state.order[j + 1] = state.order[j]
            state.order_spare[j + 1] = state.order_spare[j]
            j -= 1
        state.order[j + 1] = route
        state.order_spare[j + 1] = spare
        n_routes += 1
    for t in range(n_empty):
        state.order[n_routes + t] = state.touched[t]
    state.tally[ROUTES] = n_routes


@called
def remember(state: State, general: General | None) -> None:
    """Copy the current solution to ``state.best``."""
    i = 0
    for t in range(state.tally[ROUTES]):
        s = state.slot[state.order[t]]
        for p in range(1, state.sums[s, SIZE] + 1):
            state.best[i] = state.stop[s, p]
            i += 1
        state.best[i] = kind_of(general, s)
        i += 1
    state.tally[BEST_LENGTH] = i
    state.total[1] = state.total[0]
