"""Recreate: put removed clients back, each at its cheapest place, with blinks.

Two things make it fast. It is told the cost at which the result would be rejected and gives up as
soon as that is reached. And the cheapest insertion into a route that did not change since it was
last looked at is remembered; near the end of a run hardly any route changes.
"""

import numpy as np

from routewright.solvers.search.kernel.draw import uniform
from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import (
    FAR,
    FREE,
    LENGTH,
    NEVER,
    ROUTES,
    SIZE,
    SPARE,
    STEP,
    WORK,
    Problem,
    Random,
    Settings,
    State,
    Times,
)
from routewright.solvers.search.kernel.timing import alone_in_time, shortest_duration, time_insertion

DARING = 0.1
"""Probability of serving an optional client at any price, for this iteration."""


@inlined
def cheapest(
    problem: Problem, state: State, times: Times | None, s: int, client: int, limit: int, banned: int
) -> tuple[int, int]:
    """Cheapest insertion of client into slot s below limit, not at position banned.

    Returns:
        (cost, position it follows), or (NEVER, -1).
    """
    out = problem.cost[client]
    into = problem.cost_in[client]
    low = min(limit, NEVER)
    at = -1
    size = state.sums[s, SIZE]
    if times is None:
        for p in range(size + 1):
            cost = into[state.stop[s, p]] + out[state.stop[s, p + 1]] - state.arc[s, p]
            if cost < low and p != banned:
                low = cost
                at = p
    else:
        opens = times.opens[client]
        closes = times.closes[client]
        service = times.service[client]
        ready = opens + service
        for p in range(size + 1):
            if times.latest[s, p + 1] < ready:
                continue
            before = state.stop[s, p]
            arrival = times.leave[s, p] + times.travel_in[client, before]
            if arrival > closes:
                if times.leave[s, p] > closes:
                    break  # departures never get earlier along a route; arrivals may, by a detour that is shorter
                continue
            after = state.stop[s, p + 1]
            cost = into[before] + out[after] - state.arc[s, p]
            if cost < low and p != banned:
                finish = max(arrival, opens) + service
                if finish + times.travel[client, after] <= times.latest[s, p + 1]:
                    # The duration costs a walk along the route: only where it is limited.
                    if times.longest < NEVER and (
                        shortest_duration(times, state.stop, s, size, p, client) > times.longest
                    ):
                        continue
                    low = cost
                    at = p
    if at < 0:
        low = NEVER
    return low, at


@inlined
def put(problem: Problem, state: State, times: Times | None, s: int, client: int, p: int, cost: int) -> None:
    """Insert client after position p of slot s."""
    size = state.sums[s, SIZE]
    for i in range(size + 1, p, -1):
        state.stop[s, i + 1] = state.stop[s, i]
        state.arc[s, i] = state.arc[s, i - 1]
    state.stop[s, p + 1] = client
    state.arc[s, p] = problem.cost_in[client, state.stop[s, p]]
    state.arc[s, p + 1] = problem.cost[client, state.stop[s, p + 2]]
    state.sums[s, SIZE] = size + 1
    state.sums[s, SPARE] -= problem.load[client]
    state.sums[s, LENGTH] += cost
    state.sums[s, WORK] += problem.work[client]
    if times is not None:
        for i in range(size + 1, p, -1):
            times.leave[s, i + 1] = times.leave[s, i]
            times.latest[s, i + 1] = times.latest[s, i]
        time_insertion(times, state.stop, s, p + 1, size + 1)


@inlined
def copy_slot(state: State, times: Times | None, old: int, new: int) -> None:
    """Copy a route into a fresh slot."""
    for p in range(state.sums[old, SIZE] + 2):
        state.stop[new, p] = state.stop[old, p]
        state.arc[new, p] = state.arc[old, p]
    state.sums[new, SIZE] = state.sums[old, SIZE]
    state.sums[new, SPARE] = state.sums[old, SPARE]
    state.sums[new, LENGTH] = state.sums[old, LENGTH]
    state.sums[new, WORK] = state.sums[old, WORK]
    if times is not None:
        for p in range(state.sums[old, SIZE] + 2):
            times.leave[new, p] = times.leave[old, p]
            times.latest[new, p] = times.latest[old, p]


@called
def clear_slot(problem: Problem, state: State, times: Times | None, s: int) -> None:
    """Make slot s a route without clients."""
    state.stop[s, 0] = 0
    state.stop[s, 1] = 0
    state.arc[s, 0] = 0
    state.sums[s, SIZE] = 0
    state.sums[s, SPARE] = problem.capacity
    state.sums[s, LENGTH] = 0
    state.sums[s, WORK] = 0
    if times is not None:
        times.leave[s, 0] = times.opens[0]
        times.leave[s, 1] = times.opens[0]
        times.latest[s, 0] = times.closes[0]
        times.latest[s, 1] = times.closes[0]


@inlined
def next_blink(random: Random, blink: float) -> int:
    """How many better positions are seen before one is overlooked (geometric)."""
    return int(np.log(1.0 - uniform(random)) / np.log(1.0 - blink))


@inlined
def recreate(
    problem: Problem,
    state: State,
    times: Times | None,
    settings: Settings,
    n_removed: int,
    n_touched: int,
    cost: int,
    threshold: int,
    blinks: int,
) -> tuple[bool, int, int, int, int]:
    """Insert ``state.removed[:n_removed]`` in order.

    ``state.key`` then holds the route of each, -1 where it stays unserved.

    Returns:
        (whether cost stays below threshold, cost, routes touched, routes in use, blinks left).
    """
    step = state.tally[STEP]
    settled = state.tally[ROUTES]
    in_use = settled
    accepted = True
    for x in range(n_removed):
        client = state.removed[x]
        load = problem.load[client]
        work = problem.work[client]
        limit = threshold - cost
        best = limit
        # One client alone may not be worth a route that several of them are worth.
        if problem.prize[client] >= FAR or uniform(state.random) >= DARING:
            best = min(limit, problem.prize[client])
        route = -1
        at = -1
        empty = -1
        known = state.known[client]
        for t in range(n_touched + settled):
            changed = t < n_touched
            r = state.touched[t] if changed else state.order[t - n_touched]
            s = state.slot[r]
            if changed:
                if state.sums[s, SPARE] < load:
                    continue
                if state.sums[s, SIZE] == 0:
                    empty = r
                    continue
            else:
                if state.order_spare[t - n_touched] < load:
                    break  # the routes that follow have less
                if state.touched_at[r] == step:
                    continue
            room = min(
                problem.longest - state.sums[s, LENGTH],
                problem.busiest - state.sums[s, LENGTH] - state.sums[s, WORK] - work,
            )
            banned = -1
            low = NEVER
            p = -1
            looked = not changed and known[r, 0] == state.version[r]
            if looked:
                low = known[r, 1]
                p = state.known_at[client, r]
            while True:
                if not looked:
                    whole = not changed and banned < 0
                    bound = NEVER if whole else min(best, room + 1)
                    low, p = cheapest(problem, state, times, s, client, bound, banned)
                    if whole:
                        known[r, 0] = state.version[r]
                        known[r, 1] = low
                        state.known_at[client, r] = p
                if p < 0 or low >= best or low > room:
                    break
                blinks -= 1
                if blinks >= 0 or banned >= 0:
                    best = low
                    route = r
                    at = p
                    break
                blinks = next_blink(state.random, settings.blink)
                banned = p
                looked = False
        if empty >= 0 or in_use < problem.fleet:
            alone = problem.cost[0, client] + problem.cost[client, 0]
            possible = alone <= problem.longest and alone + work <= problem.busiest
            if times is not None:
                possible = possible and alone_in_time(times, client)
            if possible and alone + problem.fixed < best:
                route = empty
                at = 0
                best = alone
                cost += problem.fixed
                if empty < 0:
                    route = state.order[in_use]
                    in_use += 1
                    state.tally[FREE] -= 1
                    state.slot[route] = state.free[state.tally[FREE]]
                    clear_slot(problem, state, times, state.slot[route])
                    state.old_slot[route] = -1
                    state.touched_at[route] = step
                    state.touched[n_touched] = route
                    n_touched += 1
        state.key[x] = route
        if route < 0:
            if problem.prize[client] >= limit:
                accepted = False
                break
            cost += problem.prize[client]
            continue
        s = state.slot[route]
        if state.touched_at[route] != step:
            state.tally[FREE] -= 1
            fresh = state.free[state.tally[FREE]]
            copy_slot(state, times, s, fresh)
            state.old_slot[route] = s
            state.slot[route] = fresh
            state.touched_at[route] = step
            state.touched[n_touched] = route
            n_touched += 1
            s = fresh
        put(problem, state, times, s, client, at, best)
        cost += best
    return accepted, cost, n_touched, in_use, blinks
