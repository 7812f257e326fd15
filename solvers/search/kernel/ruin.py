"""Ruin: take strings of clients out of routes that lie close together.

Slack induction by string removals, Christiaens & Vanden Berghe 2020, section 4.
"""

import numpy as np

from routewright.solvers.search.kernel.draw import below, bits, uniform
from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.model import (
    BANK,
    FOCUS,
    FREE,
    LENGTH,
    NEVER,
    ROUTES,
    SIZE,
    SPARE,
    STEP,
    WORK,
    Problem,
    Settings,
    State,
    Times,
)
from routewright.solvers.search.kernel.timing import shortest_duration, time_backward, time_forward

FROM_BANK = 0.1  # share of ruins around an unserved client, where there is one
BANK_DRAW = 10  # unserved clients that one ruin takes along


@inlined
def ruin(problem: Problem, state: State, times: Times | None, settings: Settings) -> tuple[int, int, int, bool]:
    """Remove clients around a random one.

    Touched routes get fresh slots; removed clients stand in ``state.removed``.

    Returns:
        (clients removed, routes touched, saving, whether the shortened routes keep all limits). The
        saving counts negative prizes for unserved clients taken along. Only arcs that break the
        triangle inequality make a shorter route break a limit.
    """
    n_removed = 0
    n_touched = 0
    saving = 0
    sound = True
    n_clients = problem.near.shape[0] - 1
    step = state.tally[STEP]
    mean_size = (n_clients - state.tally[BANK]) / max(state.tally[ROUTES], 1)
    longest = max(1.0, min(settings.string, mean_size))
    wanted = int(1.0 + uniform(state.random) * (4.0 * settings.removals / (1.0 + longest) - 1.0))
    centre = state.focus[below(state.random, state.tally[FOCUS])]
    if state.tally[BANK] > 0 and uniform(state.random) < FROM_BANK:
        centre = state.bank[below(state.random, state.tally[BANK])]
    strings = 0
    banked = 0
    for j in range(problem.near.shape[1]):
        client = problem.near[centre, j]
        route = state.route_of[client]
        if route < 0:
            if banked < BANK_DRAW:
                state.removed[n_removed] = client
                n_removed += 1
                banked += 1
                saving += problem.prize[client]
            continue
        if state.touched_at[route] == step:
            continue
        old = state.slot[route]
        size = state.sums[old, SIZE]
        # The string: positions start .. start+span-1, of which `keep` from `gap` on are spared.
        take = min(size, 1 + int(uniform(state.random) * min(float(size), longest)))
        keep = 0
        if 1 < take < size and bits(state.random) >> np.uint64(63) == 0:
            keep = 1
            while take + keep < size and uniform(state.random) < settings.grow:
                keep += 1
        span = take + keep
        low = max(1, state.place[client] - span + 1)
        high = min(state.place[client], size - span + 1)
        start = low + below(state.random, high - low + 1)
        gap = start + span
        if keep > 0:
            gap = start + 1 + below(state.random, take - 1)
        state.tally[FREE] -= 1
        new = state.free[state.tally[FREE]]
        for p in range(start):
            state.stop[new, p] = state.stop[old, p]
            state.arc[new, p] = state.arc[old, p]
        q = start
        load = 0
        work = 0
        for p in range(start, start + span):
            here = state.stop[old, p]
            if gap <= p < gap + keep:
                state.stop[new, q] = here
                state.arc[new, q - 1] = problem.cost[state.stop[new, q - 1], here]
                q += 1
            else:
                state.removed[n_removed] = here
                n_removed += 1
                load += problem.load[here]
                work += problem.work[here]
        state.arc[new, q - 1] = problem.cost[state.stop[new, q - 1], state.stop[old, start + span]]
        change = 0
        for p in range(start - 1, start + span):
            change += state.arc[old, p]
        for p in range(start - 1, q):
            change -= state.arc[new, p]
        shift = start + span - q
        for p in range(q, size + 2 - take):
            state.stop[new, p] = state.stop[old, p + shift]
            state.arc[new, p] = state.arc[old, p + shift]
        state.sums[new, SIZE] = size - take
        state.sums[new, SPARE] = state.sums[old, SPARE] + load
        state.sums[new, LENGTH] = state.sums[old, LENGTH] - change
        state.sums[new, WORK] = state.sums[old, WORK] - work
        saving += change
        if take == size:
            saving += problem.fixed
        length = state.sums[new, LENGTH]
        sound = sound and length <= problem.longest and length + state.sums[new, WORK] <= problem.busiest
        if times is not None:
            for p in range(start):
                times.leave[new, p] = times.leave[old, p]
            for p in range(q, size + 2 - take):
                times.latest[new, p] = times.latest[old, p + shift]
            time_forward(times, state.stop, new, start, size + 1 - take)
            time_backward(times, state.stop, new, q - 1)
            for p in range(start, q + 1):
                arrival = times.leave[new, p - 1] + times.travel[state.stop[new, p - 1], state.stop[new, p]]
                sound = sound and arrival <= times.latest[new, p]
            if times.longest < NEVER:
                # Nobody is inserted: the position lies beyond the end.
                whole = shortest_duration(times, state.stop, new, size - take - 1, size + 1 - take, 0)
                sound = sound and whole <= times.longest
        state.slot[route] = new
        state.old_slot[route] = old
        state.touched_at[route] = step
        state.touched[n_touched] = route
        n_touched += 1
        strings += 1
        if strings >= wanted:
            break
    return n_removed, n_touched, saving, sound
