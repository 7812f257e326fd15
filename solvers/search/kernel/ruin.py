"""Ruin: take strings of clients out of routes that lie close together.

Slack induction by string removals, Christiaens & Vanden Berghe 2020, section 4.
"""

import numpy as np

from routewright.solvers.search.kernel.carrying import weigh
from routewright.solvers.search.kernel.draw import below, bits, uniform
from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.kinds import fixed_cost, lasting, room, saved_by
from routewright.solvers.search.kernel.model import (
    ANCHOR,
    ASLEEP,
    BANK,
    FOCUS,
    LENGTH,
    NEVER,
    ROUTES,
    SIZE,
    SPARE,
    STEP,
    WORK,
    General,
    Problem,
    Settings,
    State,
    Times,
)
from routewright.solvers.search.kernel.slots import take_slot, touch
from routewright.solvers.search.kernel.timing import shortest_duration, time_backward, time_forward

FROM_BANK = 0.1  # share of ruins around an unserved client, where there is one
BANK_DRAW = 10  # unserved clients that most ruins take along
MORE_BANK = 0.1  # share of ruins that take along all that are near: a route may pay for many that does not for few
STAY = 100  # iterations near one anchor
ONE_ROUTE = 0.05  # share of ruins whose string may be a route of any length, where kinds differ or some are unserved
NEAR_ANCHOR = 10  # places of State.focus that count as near


@inlined
def ruin(
    problem: Problem, state: State, times: Times | None, general: General | None, settings: Settings
) -> tuple[int, int, int, bool]:
    """Remove clients around a random one.

    Touched routes get fresh slots; removed clients stand in ``state.removed``. Where what is left of a
    route must not start as it does (no vehicle leaves for pickups alone), all of it goes.

    Returns:
        (clients removed, routes touched, saving, whether the shortened routes keep all limits). The
        saving counts negative prizes for unserved clients taken along. Only arcs that break the
        triangle inequality make a shorter route break a limit.
    """
    n_removed = 0
    n_touched = 0
    saving = 0
    sound = True
    wanted, longest = _draw_strings(problem, state, general, settings)
    centre = draw_centre(state)
    strings = 0
    banked = 0
    most_banked = BANK_DRAW
    if state.tally[BANK] > BANK_DRAW and uniform(state.random) < MORE_BANK:
        most_banked = problem.near.shape[1]
    for j in range(problem.near.shape[1]):
        client = problem.near[centre, j]
        route = state.route_of[client]
        if route < 0:
            if route != ASLEEP and banked < most_banked:
                state.removed[n_removed] = client
                n_removed += 1
                banked += 1
                saving += problem.prize[client]
            continue
        if state.touched_at[route] == state.tally[STEP]:
            continue
        old = state.slot[route]
        size = state.sums[old, SIZE]
        start, span, gap, keep = _draw_string(state, settings, state.place[client], size, longest)
        if general is not None and start == 1 and _leaves_no_start(problem, state, old, gap):
            span = size
            gap = size + 1
            keep = 0
        new = take_slot(state)
        saved, after = _cut(problem, state, old, new, start, span, gap, keep, n_removed)
        if general is not None:
            general.kind[new] = general.kind[old]
            if span - keep == size:
                general.used[general.kind[old]] -= 1
                saved += state.arc[new, 0]  # a vehicle that stays at home drives to no other depot
                state.sums[new, LENGTH] = 0
                state.arc[new, 0] = 0
            weigh(problem, general, state.stop, new, state.sums[new, SIZE])
        saving += saved_by(general, state, old, saved, n_removed, n_removed + span - keep)
        n_removed += span - keep
        if span - keep == size:
            saving += fixed_cost(problem, general, old)
        sound = sound and room(problem, state, general, new, 0) >= 0
        if times is not None:
            sound = _cut_times(state, times, general, old, new, start, after) and sound
        n_touched = touch(state, route, old, new, n_touched)
        strings += 1
        if strings >= wanted:
            break
    return n_removed, n_touched, saving, sound


@inlined
def _draw_strings(problem: Problem, state: State, general: General | None, settings: Settings) -> tuple[int, float]:
    """How many strings to remove, and how long they are at most."""
    served = problem.near.shape[0] - problem.first - state.tally[BANK]
    if general is not None:
        served -= general.asleep
    longest = max(1.0, min(settings.string, served / max(state.tally[ROUTES], 1)))
    whole = state.tally[BANK] > 0 or (general is not None and general.limits.shape[0] > 1)
    if whole and uniform(state.random) < ONE_ROUTE:
        longest = float(served)
    return int(1.0 + uniform(state.random) * (4.0 * settings.removals / (1.0 + longest) - 1.0)), longest


@inlined
def draw_centre(state: State) -> int:
    """A client to ruin around: for a while one close to the last, then somewhere else.

    Each client of the focus is as likely as any other, but the matrix rows and the remembered
    insertions of an area are used again while they are in the cache and still hold, which tells
    with 1,000 clients and is not seen with fewer than 600.
    """
    size = state.tally[FOCUS]
    if state.tally[STEP] % STAY == 0 or state.tally[ANCHOR] >= size:
        state.tally[ANCHOR] = below(state.random, size)
    place = state.tally[ANCHOR] + below(state.random, min(size, NEAR_ANCHOR))
    centre = state.focus[place if place < size else place - size]
    if state.tally[BANK] > 0 and uniform(state.random) < FROM_BANK:
        centre = state.bank[below(state.random, state.tally[BANK])]
    return centre  # type: ignore[no-any-return]


@inlined
def _draw_string(state: State, settings: Settings, place: int, size: int, longest: float) -> tuple[int, int, int, int]:
    """A string of a route of ``size`` clients that contains position ``place``.

    Returns:
        (its first position, its length, position from which on clients are spared, how many).
    """
    take = min(size, 1 + int(uniform(state.random) * min(float(size), longest)))
    keep = 0
    if 1 < take < size and bits(state.random) >> np.uint64(63) == 0:
        keep = 1
        while take + keep < size and uniform(state.random) < settings.grow:
            keep += 1
    span = take + keep
    low = max(1, place - span + 1)
    high = min(place, size - span + 1)
    start = low + below(state.random, high - low + 1)
    gap = start + span
    if keep > 0:
        gap = start + 1 + below(state.random, take - 1)
    return start, span, gap, keep


@inlined
def _leaves_no_start(problem: Problem, state: State, old: int, gap: int) -> bool:
    """Whether no vehicle may drive to what would come first: the spared client at ``gap``, or what follows."""
    return problem.cost[state.stop[old, 0], state.stop[old, gap]] >= NEVER  # type: ignore[no-any-return]


@inlined
def _cut(
    problem: Problem, state: State, old: int, new: int, start: int, span: int, gap: int, keep: int, n_removed: int
) -> tuple[int, int]:
    """Copy slot old to slot new without a string; its clients join the ``n_removed`` in ``state.removed``.

    Returns:
        (cost saved, position in the new slot of what followed the string).
    """
    for p in range(start):
        state.stop[new, p] = state.stop[old, p]
        state.arc[new, p] = state.arc[old, p]
    after = start
    load = 0
    work = 0
    for p in range(start, start + span):
        here = state.stop[old, p]
        if gap <= p < gap + keep:
            state.stop[new, after] = here
            state.arc[new, after - 1] = problem.cost[state.stop[new, after - 1], here]
            after += 1
        else:
            state.removed[n_removed] = here
            n_removed += 1
            load += problem.load[here]
            work += problem.work[here]
    state.arc[new, after - 1] = problem.cost[state.stop[new, after - 1], state.stop[old, start + span]]
    saved = 0
    for p in range(start - 1, start + span):
        saved += state.arc[old, p]
    for p in range(start - 1, after):
        saved -= state.arc[new, p]
    size = state.sums[old, SIZE] - span + keep
    shift = span - keep
    for p in range(after, size + 2):
        state.stop[new, p] = state.stop[old, p + shift]
        state.arc[new, p] = state.arc[old, p + shift]
    state.sums[new, SIZE] = size
    state.sums[new, SPARE] = state.sums[old, SPARE] + load
    state.sums[new, LENGTH] = state.sums[old, LENGTH] - saved
    state.sums[new, WORK] = state.sums[old, WORK] - work
    return saved, after


@inlined
def _cut_times(state: State, times: Times, general: General | None, old: int, new: int, start: int, after: int) -> bool:
    """Time what ``_cut`` copied; returns whether the shorter route is in time."""
    size = state.sums[new, SIZE]
    shift = state.sums[old, SIZE] - size
    for p in range(start):
        times.leave[new, p] = times.leave[old, p]
    for p in range(after, size + 2):
        times.latest[new, p] = times.latest[old, p + shift]
    time_forward(times, state.stop, new, start, size + 1)
    time_backward(times, state.stop, new, after - 1)
    sound = True
    for p in range(start, after + 1):
        arrival = times.leave[new, p - 1] + times.travel[state.stop[new, p - 1], state.stop[new, p]]
        sound = sound and arrival <= times.latest[new, p]
    longest = lasting(times, general, new)
    if longest < NEVER:
        # Nobody is inserted: the position lies beyond the end.
        whole = shortest_duration(times, state.stop, new, size - 1, size + 1, 0)
        sound = sound and whole <= longest
    return sound
