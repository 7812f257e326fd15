"""Other vehicles for routes: of another kind, with its own doors, limits and prices."""

from routewright.solvers.search.kernel.carrying import weigh
from routewright.solvers.search.kernel.draw import below, uniform
from routewright.solvers.search.kernel.jit import called, inlined
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
    Random,
    State,
    Times,
)
from routewright.solvers.search.kernel.timing import shortest_duration, time_backward, time_forward

OTHER_VEHICLE = 0.1
"""Share of ruins after which routes that lost clients get vehicles drawn at random, and of iterations after which
changed routes get those that cost least."""


@inlined
def refits(general: General, random: Random) -> bool:
    """Whether routes get other vehicles now."""
    return general.limits.shape[0] > 1 and uniform(random) < OTHER_VEHICLE


@called
def refit(
    problem: Problem, state: State, times: Times | None, general: General, n_touched: int, at_random: bool
) -> int:
    """Give each touched route any kind of vehicle that can drive it, or the one that costs least.

    Returns:
        What that saves.
    """
    n_kinds = general.limits.shape[0]
    first = 0
    last = n_kinds
    least = 0
    saving = 0
    for t in range(n_touched):
        s = state.slot[state.touched[t]]
        if state.sums[s, SIZE] == 0:
            continue
        if at_random:
            first = below(state.random, n_kinds)
            last = first + 1
            least = -FAR // 2  # what may not visit a client costs FAR
            if general.limits[first, CAPACITY] == general.limits[general.kind[s], CAPACITY]:
                continue  # makes no room
        for kind in range(first, last):
            old = general.kind[s]
            if kind == old or general.used[kind] >= general.limits[kind, COUNT]:
                continue
            gain = _price(problem, state, general, s, old) - _price(problem, state, general, s, kind)
            if gain <= least:
                continue
            _dress(problem, state, times, general, s, kind)
            if _keeps_limits(problem, state, times, general, s):
                general.used[old] -= 1
                general.used[kind] += 1
                saving += gain
            else:
                _dress(problem, state, times, general, s, old)
    return saving


@inlined
def _price(problem: Problem, state: State, general: General, s: int, kind: int) -> int:
    """What the route in slot s costs with a vehicle of that kind; FAR and more where it may not visit a client."""
    size = state.sums[s, SIZE]
    length = state.sums[s, LENGTH] - state.arc[s, 0] - state.arc[s, size]
    length += problem.cost[general.doors[kind, START], state.stop[s, 1]]
    length += problem.cost[state.stop[s, size], general.doors[kind, END]]
    price = general.limits[kind, FIXED] + general.rate[kind] * length
    if general.choosy:
        for p in range(1, size + 1):
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
    if times.leave[s, 0] > times.closes[state.stop[s, 0]]:
        return False
    for p in range(1, size + 2):  # the latest arrivals say nothing of who opens after them
        arrival = times.leave[s, p - 1] + times.travel[state.stop[s, p - 1], state.stop[s, p]]
        if arrival > times.closes[state.stop[s, p]]:
            return False
    longest = lasting(times, general, s)
    # Nobody is inserted: the position lies beyond the end.
    return longest >= NEVER or shortest_duration(times, state.stop, s, size - 1, size + 1, 0) <= longest
