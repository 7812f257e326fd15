"""Recreate: put removed clients back, each at its cheapest place, with blinks.

Two things make it fast. It is told the cost at which the result would be rejected and gives up as
soon as that is reached. And the cheapest insertion into a route that did not change since it was
last looked at is remembered; near the end of a run hardly any route changes.
"""

import numpy as np

from routewright.solvers.search.kernel.carrying import fits_between
from routewright.solvers.search.kernel.draw import uniform
from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.kinds import affordable, cheapest_alone, lasting, priced, room, welcome
from routewright.solvers.search.kernel.model import (
    FAR,
    NEVER,
    ROUTES,
    SIZE,
    SPARE,
    STEP,
    General,
    Problem,
    Random,
    Settings,
    State,
    Times,
)
from routewright.solvers.search.kernel.slots import clear_slot, copy_slot, put, take_slot, touch
from routewright.solvers.search.kernel.timing import shortest_duration

OPENING = 0.05
"""Share of iterations in which one client sees none of the routes there are: a new one may pay once others follow."""


@inlined
def cheapest(
    problem: Problem,
    state: State,
    times: Times | None,
    general: General | None,
    s: int,
    client: int,
    limit: int,
    banned: int,
) -> tuple[int, int]:
    """Shortest detour to client in slot s below limit, not at position banned.

    Returns:
        (what arcs grow by, position it follows), or (NEVER, -1).
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
        longest = lasting(times, general, s)
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
                if general is not None and not fits_between(problem, general, s, client, p):
                    continue
                finish = max(arrival, opens) + service
                if finish + times.travel[client, after] <= times.latest[s, p + 1]:
                    # The duration costs a walk along the route: only where it is limited.
                    if longest < NEVER and shortest_duration(times, state.stop, s, size, p, client) > longest:
                        continue
                    low = cost
                    at = p
    if at < 0:
        low = NEVER
    return low, at


@inlined
def next_blink(random: Random, blink: float) -> int:
    """How many better positions are seen before one is overlooked (geometric)."""
    return int(np.log(1.0 - uniform(random)) / np.log(1.0 - blink))


@inlined
def recreate(
    problem: Problem,
    state: State,
    times: Times | None,
    general: General | None,
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
    in_use = state.tally[ROUTES]
    accepted = True
    opener = int(uniform(state.random) * n_removed / OPENING)
    for x in range(n_removed):
        client = state.removed[x]
        limit = threshold - cost
        best = limit
        # One client alone may not be worth a route that several of them are worth.
        if problem.prize[client] >= FAR or uniform(state.random) >= settings.daring:
            best = min(limit, problem.prize[client])
        seen = 0 if x == opener else n_touched + state.tally[ROUTES]
        chosen = client
        if general is not None and general.grouped:
            route, at, best, empty, blinks, chosen = _best_of_group(
                problem, state, times, general, settings, client, best, n_touched, seen, blinks
            )
        else:
            route, at, best, empty, blinks = _best_place(
                problem, state, times, general, settings, client, best, n_touched, seen, blinks
            )
        if empty >= 0 or in_use < problem.fleet:
            first = client
            if general is not None and general.grouped:
                kind, alone, fixed, first = _alone_of_group(problem, state, times, general, client)
            else:
                kind, alone, fixed = cheapest_alone(problem, state, times, general, client)
            if alone < FAR and alone + fixed < best:
                chosen = first
                route = empty
                at = 0
                best = alone
                cost += fixed
                if empty < 0:
                    route = state.order[in_use]
                    in_use += 1
                    n_touched = touch(state, route, -1, take_slot(state), n_touched)
                clear_slot(problem, state, times, general, state.slot[route], kind)
                if general is not None:
                    general.used[kind] += 1
        state.key[x] = route
        if route < 0:
            if general is not None and general.grouped:
                general.before[x] = client
            if problem.prize[client] >= limit:
                accepted = False
                break
            cost += problem.prize[client]
            continue
        s = state.slot[route]
        if state.touched_at[route] != state.tally[STEP]:
            fresh = take_slot(state)
            copy_slot(state, times, general, s, fresh)
            n_touched = touch(state, route, s, fresh, n_touched)
            s = fresh
        if general is not None and general.grouped:
            general.before[x] = client
            state.removed[x] = chosen
        put(problem, state, times, general, s, chosen, at)
        cost += best
    return accepted, cost, n_touched, in_use, blinks


@inlined
def _best_place(
    problem: Problem,
    state: State,
    times: Times | None,
    general: General | None,
    settings: Settings,
    client: int,
    best: int,
    n_touched: int,
    seen: int,
    blinks: int,
) -> tuple[int, int, int, int, int]:
    """The cheapest insertion into a route with clients, below ``best``, among the first ``seen`` routes.

    The touched routes count before all routes in use, of which they are a part.

    Returns:
        (route, position it follows, cost, a touched route without clients, blinks left); -1 for no route.
    """
    load = problem.load[client]
    work = problem.work[client]
    step = state.tally[STEP]
    known = state.known[client]
    route = -1
    at = -1
    empty = -1
    for t in range(seen):
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
        if general is not None and general.pickup_spare[s] < general.pickup[client]:
            continue
        if not welcome(general, s, client):
            continue
        left = room(problem, state, general, s, work)
        banned = -1
        arcs = NEVER
        p = -1
        looked = not changed and known[r, 0] == state.version[r]
        if looked:
            arcs = known[r, 1]
            p = state.known_at[client, r]
        while True:
            if not looked:
                whole = not changed and banned < 0
                bound = NEVER if whole else min(affordable(general, s, client, best), left + 1)
                arcs, p = cheapest(problem, state, times, general, s, client, bound, banned)
                if whole:
                    known[r, 0] = state.version[r]
                    known[r, 1] = arcs
                    state.known_at[client, r] = p
            if p < 0 or arcs > left:
                break
            low = priced(general, s, client, arcs)
            if low >= best:
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
    return route, at, best, empty, blinks


@called
def _best_of_group(
    problem: Problem,
    state: State,
    times: Times | None,
    general: General,
    settings: Settings,
    client: int,
    best: int,
    n_touched: int,
    seen: int,
    blinks: int,
) -> tuple[int, int, int, int, int, int]:
    """``_best_place`` for whoever of a client's group is cheapest, and who that is."""
    route, at, empty, chosen = -1, -1, -1, client
    for number in range(general.choices[client]):
        other = general.members[client, number]
        found, place, low, without, blinks = _best_place(
            problem, state, times, general, settings, other, best, n_touched, seen, blinks
        )
        if without >= 0:
            empty = without
        if found >= 0:
            route, at, best, chosen = found, place, low, other
    return route, at, best, empty, blinks, chosen


@called
def _alone_of_group(
    problem: Problem, state: State, times: Times | None, general: General, client: int
) -> tuple[int, int, int, int]:
    """``cheapest_alone`` for whoever of a client's group is cheapest, and who that is."""
    kind, alone, fixed, chosen = 0, FAR, 0, client
    for number in range(general.choices[client]):
        other = general.members[client, number]
        kind_of_other, arcs, price = cheapest_alone(problem, state, times, general, other)
        if arcs < FAR and arcs + price < alone + fixed:
            kind, alone, fixed, chosen = kind_of_other, arcs, price, other
    return kind, alone, fixed, chosen
