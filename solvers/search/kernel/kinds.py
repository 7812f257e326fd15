"""Kinds of vehicles: their doors, their limits and how many are left.

Without ``General`` there is one kind, whose doors are node 0 and whose limits stand in ``Problem``.
"""

import numpy as np

from routewright.solvers.search.kernel.draw import bits, uniform
from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import (
    BUSIEST,
    COUNT,
    FAR,
    FIXED,
    LASTING,
    LENGTH,
    LONGEST,
    NEVER,
    SIZE,
    WORK,
    General,
    Problem,
    State,
    Times,
)
from routewright.solvers.search.kernel.timing import alone_in_time

ANY_KIND = 0.2
"""Probability that a new route gets any kind of vehicle: the cheapest for one client may be too small for others."""


@inlined
def room(problem: Problem, state: State, general: General | None, s: int, work: int) -> int:
    """How much arc cost the route in slot s can take along with a client of that work; negative if too long."""
    length = state.sums[s, LENGTH]
    if general is None:
        return min(problem.longest - length, problem.busiest - length - state.sums[s, WORK] - work)  # type: ignore[no-any-return]
    kind = general.kind[s]
    left = general.limits[kind, BUSIEST] - length - state.sums[s, WORK] - work
    return min(general.limits[kind, LONGEST] - length, left)  # type: ignore[no-any-return]


@inlined
def priced(general: General | None, s: int, client: int, arcs: int) -> int:
    """What a client costs on the route in slot s that makes its arcs so much longer."""
    if general is None:
        return arcs
    kind = general.kind[s]
    price = arcs * general.rate[kind]
    return price + general.charm[kind, client] if general.choosy else price  # type: ignore[no-any-return]


@inlined
def affordable(general: General | None, s: int, client: int, limit: int) -> int:
    """By how much a client may make the arcs of the route in slot s longer to cost less than ``limit``."""
    if general is None:
        return limit
    kind = general.kind[s]
    if general.choosy:
        limit -= general.charm[kind, client]
    rate = general.rate[kind]
    if rate == 1:
        return limit
    if rate == 0:
        return NEVER if limit > 0 else -NEVER
    return -(-limit // rate)  # type: ignore[no-any-return]


@inlined
def welcome(general: General | None, s: int, client: int) -> bool:
    """Whether the vehicle of the route in slot s may visit a client."""
    if general is None:
        return True
    return not general.choosy or general.charm[general.kind[s], client] < FAR


@inlined
def saved_by(general: General | None, state: State, s: int, arcs: int, first: int, last: int) -> int:
    """What shorter arcs and the removal of ``state.removed[first:last]`` save on the route in slot s."""
    if general is None:
        return arcs
    kind = general.kind[s]
    saving = arcs * general.rate[kind]
    if general.choosy:
        for i in range(first, last):
            saving += general.charm[kind, state.removed[i]]
    return saving  # type: ignore[no-any-return]


@inlined
def lasting(times: Times, general: General | None, s: int) -> int:
    """Limit on the duration of the route in slot s."""
    if general is None:
        return times.longest
    return general.limits[general.kind[s], LASTING]  # type: ignore[no-any-return]


@inlined
def fixed_cost(problem: Problem, general: General | None, s: int) -> int:
    """What the vehicle of the route in slot s costs."""
    if general is None:
        return problem.fixed
    return general.limits[general.kind[s], FIXED]  # type: ignore[no-any-return]


@inlined
def kind_of(general: General | None, s: int) -> int:
    """Kind of the route in slot s."""
    if general is None:
        return 0
    return general.kind[s]  # type: ignore[no-any-return]


@inlined
def cheapest_alone(
    problem: Problem, state: State, times: Times | None, general: General | None, client: int
) -> tuple[int, int, int]:
    """The vehicle that serves client alone for the least cost, now and then any other that can.

    Returns:
        (its kind, cost of the route, cost of using it); FAR for the route where there is none.
    """
    if general is None:
        alone = problem.cost[0, client] + problem.cost[client, 0]
        possible = alone <= problem.longest and alone + problem.work[client] <= problem.busiest
        if times is not None:
            possible = possible and alone_in_time(times, client)
        return 0, alone if possible else FAR, problem.fixed
    best = FAR
    least = FAR
    best_kind = 0
    fixed = 0
    n_kinds = general.limits.shape[0]
    any_kind = n_kinds > 1 and uniform(state.random) < ANY_KIND
    for kind in range(n_kinds):
        arcs = general.alone[kind, client]
        if arcs >= FAR or general.used[kind] >= general.limits[kind, COUNT]:
            continue
        price = arcs + general.limits[kind, FIXED]
        if any_kind:
            price = np.int64(bits(state.random) >> np.uint64(40))
        if price < least:
            least = price
            best = arcs
            best_kind = kind
            fixed = general.limits[kind, FIXED]
    return best_kind, best, fixed


@called
def give_back(state: State, general: General, n_touched: int) -> None:
    """Count vehicles as before the iteration, whose touched routes still stand in their new slots."""
    for t in range(n_touched):
        route = state.touched[t]
        new = state.slot[route]
        old = state.old_slot[route]
        if state.sums[new, SIZE] > 0:
            general.used[general.kind[new]] -= 1
        if old >= 0:
            general.used[general.kind[old]] += 1
