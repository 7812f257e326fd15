"""Other vehicles for routes: of another kind, with its own doors, limits and prices."""

from routewright.solvers.search.kernel.carrying import weigh
from routewright.solvers.search.kernel.draw import below, uniform
from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.kinds import lasting, room
from routewright.solvers.search.kernel.model import (
    CAPACITY,
    COUNT,
    END,
    FAR,
    FIXED,
    LENGTH,
    NEVER,
    SIZE,
    SPARE,
    START,
    General,
    Problem,
    State,
    Times,
)
from routewright.solvers.search.kernel.timing import shortest_duration, time_backward, time_forward

ANY_VEHICLE = 0.1
"""Share of ruins after which the routes that lost clients get vehicles drawn at random."""
BEST_VEHICLE = 0.1
"""Share of iterations after which changed routes get the vehicles that cost least."""


@called
def any_vehicles(problem: Problem, state: State, times: Times | None, general: General, n_touched: int) -> int:
    """Now and then give each touched route any kind of vehicle that can drive it; returns what that saves."""
    n_kinds = general.limits.shape[0]
    if n_kinds == 1 or uniform(state.random) >= ANY_VEHICLE:
        return 0
    saving = 0
    for t in range(n_touched):
        s = state.slot[state.touched[t]]
        kind = below(state.random, n_kinds)
        # What is no larger and no smaller makes no room; what may not visit a client costs FAR.
        if state.sums[s, SIZE] > 0 and general.limits[kind, CAPACITY] != general.limits[general.kind[s], CAPACITY]:
            saving += _refit(problem, state, times, general, s, kind, -FAR // 2)
    return saving


@called
def best_vehicles(problem: Problem, state: State, times: Times | None, general: General, n_touched: int) -> int:
    """Now and then give each touched route the kind of vehicle that costs least; returns what that saves."""
    n_kinds = general.limits.shape[0]
    if n_kinds == 1 or uniform(state.random) >= BEST_VEHICLE:
        return 0
    saving = 0
    for t in range(n_touched):
        s = state.slot[state.touched[t]]
        if state.sums[s, SIZE] > 0:
            for kind in range(n_kinds):
                saving += _refit(problem, state, times, general, s, kind, 0)
    return saving


@called
def _refit(problem: Problem, state: State, times: Times | None, general: General, s: int, kind: int, least: int) -> int:
    """Give the route in slot s a vehicle of that kind, if it may and saves more than ``least``; returns the saving."""
    old = general.kind[s]
    if kind == old or general.used[kind] >= general.limits[kind, COUNT]:
        return 0
    before = _price(state, general, s)
    _dress(problem, state, times, general, s, kind)
    saving = before - _price(state, general, s)
    if saving > least and _keeps_limits(problem, state, times, general, s):
        general.used[old] -= 1
        general.used[kind] += 1
        return saving
    _dress(problem, state, times, general, s, old)
    return 0


@called
def _price(state: State, general: General, s: int) -> int:
    """What the route in slot s costs, its vehicle included; FAR and more where it may not visit a client."""
    kind = general.kind[s]
    price = general.limits[kind, FIXED] + general.rate[kind] * state.sums[s, LENGTH]
    if general.choosy:
        for p in range(1, state.sums[s, SIZE] + 1):
            price += general.charm[kind, state.stop[s, p]]
    return price  # type: ignore[no-any-return]


@called
def _dress(problem: Problem, state: State, times: Times | None, general: General, s: int, kind: int) -> None:
    """Put the doors and the room of that kind into slot s."""
    size = state.sums[s, SIZE]
    state.sums[s, SPARE] += general.limits[kind, CAPACITY] - general.limits[general.kind[s], CAPACITY]
    general.kind[s] = kind
    state.stop[s, 0] = general.doors[kind, START]
    state.stop[s, size + 1] = general.doors[kind, END]
    length = state.sums[s, LENGTH] - state.arc[s, 0] - state.arc[s, size]
    state.arc[s, 0] = problem.cost[state.stop[s, 0], state.stop[s, 1]]
    state.arc[s, size] = problem.cost[state.stop[s, size], state.stop[s, size + 1]]
    state.sums[s, LENGTH] = length + state.arc[s, 0] + state.arc[s, size]
    if times is not None:
        times.leave[s, 0] = times.opens[state.stop[s, 0]]
        times.latest[s, size + 1] = times.closes[state.stop[s, size + 1]]
        time_forward(times, state.stop, s, 1, size + 1)
        time_backward(times, state.stop, s, size)
    weigh(problem, general, state.stop, s, size)


@called
def _keeps_limits(problem: Problem, state: State, times: Times | None, general: General, s: int) -> bool:
    size = state.sums[s, SIZE]
    if state.sums[s, SPARE] < 0 or room(problem, state, general, s, 0) < 0:
        return False
    if general.picking and general.pickup_spare[s] < 0:
        return False
    if general.mixed and general.most_before[s, size] > general.limits[general.kind[s], CAPACITY]:
        return False
    if times is None:
        return True
    if times.leave[s, 0] > times.latest[s, 0]:
        return False
    longest = lasting(times, general, s)
    # Nobody is inserted: the position lies beyond the end.
    return longest >= NEVER or shortest_duration(times, state.stop, s, size - 1, size + 1, 0) <= longest
