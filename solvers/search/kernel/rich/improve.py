"""The kernel that Python calls: improve a solution, load one, or say what a route decides on its way."""

import numpy as np

from routewright.solvers.search.kernel.draw import uniform
from routewright.solvers.search.kernel.jit import called, kernel
from routewright.solvers.search.kernel.model import Settings
from routewright.solvers.search.kernel.rich.recreate import arrange, change_kinds, recreate, weigh
from routewright.solvers.search.kernel.rich.ruin import ruin
from routewright.solvers.search.kernel.rich.slots import keep, open_route, refresh, undo
from routewright.solvers.search.kernel.rich.state import (
    ABSENT,
    BEST,
    BEST_ABSENT,
    BEST_LENGTH,
    ENERGY,
    FREE,
    ITEMS,
    LOAD_BEST,
    LONGEST,
    ROUTES,
    STEP,
    TOUCHED,
    TRACE,
    Asked,
    Place,
    State,
    Walk,
)
from routewright.solvers.search.kernel.walk.rules import NONE, Pool, Rules
from routewright.solvers.search.kernel.walk.trace import trace

KINDS = 0.1
"""Share of iterations that try other kinds of vehicles on the routes they change."""


@kernel
def run(
    walk: Walk,
    place: Place,
    rules: Rules,
    pool: Pool,
    asked: Asked,
    state: State,
    settings: Settings,
    command: int,
    iterations: int,
    temperature: float,
) -> int:
    """Do what ``command`` says: one kernel, so that nothing is compiled twice.

    Args:
        walk: says what a route costs.
        place: says where a unit costs least.
        rules: of routes.
        pool: scratch space of walks.
        asked: what there is to do.
        state: changed in place.
        settings: how an iteration is drawn.
        command: IMPROVE, LOAD_BEST or TRACE.
        iterations: how many; of TRACE: visits in ``pool.route``.
        temperature: of acceptance; of TRACE: the kind of the vehicle.

    Returns:
        Changes accepted; of TRACE: what it returns.
    """
    if command == LOAD_BEST:
        _load(walk, rules, pool, asked, state)
        return 0
    if command == TRACE:
        kind = int(temperature)
        walk(rules, pool, kind, iterations, NONE)
        return trace(rules, pool, kind, iterations, state.nodes, state.events, state.charges)
    changes = 0
    several = rules.sort.shape[0] > 1
    for _ in range(iterations):
        state.tally[STEP] += 1
        state.tally[ITEMS] = 0
        state.tally[TOUCHED] = 0
        before = state.total[ENERGY]
        longest = state.total[LONGEST]
        absent = state.tally[ABSENT]
        threshold = before - temperature * np.log(1.0 - uniform(state.random))
        ruin(walk, rules, pool, asked, state, settings)
        arrange(asked, state)
        state.total[LONGEST] = _longest(asked, state)
        energy = _energy(asked, state)
        limit = threshold if absent == 0 else NONE
        accepted = recreate(walk, place, rules, pool, asked, state, settings, energy, limit)
        if accepted and several and uniform(state.random) < KINDS:
            change_kinds(walk, rules, pool, asked, state)
        if accepted:
            state.total[LONGEST] = _longest(asked, state)
            energy = _energy(asked, state)
            accepted = _accepts(asked, state, absent, energy, threshold)
        if not accepted:
            undo(state)
            state.tally[ABSENT] = absent
            state.total[LONGEST] = longest
            continue
        keep(asked, state)
        state.total[ENERGY] = energy
        changes += 1
        _remember(asked, state)
    return changes


@called
def _accepts(asked: Asked, state: State, absent: int, energy: float, threshold: float) -> bool:
    """Annealing where all required items are done; else by what is absent and how often it was before.

    What was hard to place is worth more than what was not (Christiaens & Vanden Berghe 2020, section 6).
    """
    now = state.tally[ABSENT]
    if absent == 0:
        return now == 0 and energy < threshold
    if now == 0:
        return True
    missing = 0.0
    missed = 0.0
    for t in range(state.tally[ITEMS]):
        item = state.listed[t]
        if not asked.required[item]:
            continue
        if state.served[item] < 0:
            missing += state.absence[item]
            state.absence[item] += 1.0
        if state.was[item] < 0:
            missed += state.absence[item] if state.served[item] >= 0 else state.absence[item] - 1.0
    if now < absent or missing < missed:
        return True
    return now == absent and missing == missed and energy < threshold


@called
def _energy(asked: Asked, state: State) -> float:
    """What annealing compares, absent required items aside."""
    total = 0.0
    for r in range(state.tally[ROUTES]):
        total += state.money[state.slot[state.order[r]]]
    return total + asked.weight * state.total[LONGEST] if asked.weight > 0.0 else total


@called
def _longest(asked: Asked, state: State) -> float:
    longest = 0.0
    if asked.weight > 0.0:
        for r in range(state.tally[ROUTES]):
            longest = max(longest, state.far[state.slot[state.order[r]]])
    return longest


@called
def _remember(asked: Asked, state: State) -> None:
    """Copy the present solution to ``state.best`` if it is better."""
    rank = state.total[ENERGY]
    if asked.weight > 0.0:
        rank += (asked.rank - asked.weight) * state.total[LONGEST]
    absent = state.tally[ABSENT]
    if absent > state.tally[BEST_ABSENT]:
        return
    least = state.total[BEST]
    if absent == state.tally[BEST_ABSENT] and rank >= least - 1e-12 * max(1.0, abs(least)):
        return
    state.total[BEST] = rank
    state.tally[BEST_ABSENT] = absent
    count = 0
    for r in range(state.tally[ROUTES]):
        s = state.slot[state.order[r]]
        for place in range(state.size[s]):
            state.best[count] = state.seq[s, place]
            count += 1
        state.best[count] = -1 - state.kind[s]
        count += 1
    state.tally[BEST_LENGTH] = count


@called
def _load(walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State) -> None:
    """Make ``state.best`` the present solution; routes that break a rule are left out."""
    n_slots = state.free.shape[0]
    for s in range(n_slots):
        state.free[s] = n_slots - 1 - s
    state.tally[FREE] = n_slots
    state.tally[ROUTES] = 0
    state.tally[TOUCHED] = 0
    state.tally[ITEMS] = 0
    state.tally[STEP] += 1
    state.tally[BEST_ABSENT] = state.served.shape[0] + 1
    state.tally[ABSENT] = 0
    state.served[:] = -1
    state.route_of[:] = -1
    state.used[:] = 0
    for route in range(state.order.shape[0]):
        state.order[route] = route
        state.version[route] += 1
        state.touched_at[route] = -1
        state.slot[route] = -1
    _set_alone(walk, rules, pool, asked, state)
    begin = 0
    for i in range(state.tally[BEST_LENGTH]):
        if state.best[i] >= 0:
            continue
        _load_route(walk, rules, pool, asked, state, begin, i, -1 - state.best[i])
        begin = i + 1
    for item in range(state.served.shape[0]):
        if state.served[item] < 0 and asked.required[item]:
            state.tally[ABSENT] += 1
    state.tally[ITEMS] = 0
    keep(asked, state)
    state.total[LONGEST] = _longest(asked, state)
    state.total[ENERGY] = _energy(asked, state)
    _remember(asked, state)


@called
def _load_route(
    walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, begin: int, end: int, kind: int
) -> None:
    if begin == end:
        return
    route = open_route(state, kind)
    s = state.slot[route]
    for i in range(begin, end):
        state.seq[s, i - begin] = state.best[i]
    state.size[s] = end - begin
    weigh(walk, rules, pool, state, s)
    if state.money[s] == NONE:
        state.size[s] = 0
        state.money[s] = 0.0
        state.far[s] = 0.0
        state.used[kind] -= 1
        return
    refresh(rules, asked, state, s)
    for i in range(begin, end):
        unit = asked.unit_of[state.best[i]]
        for side in range(2):
            if asked.item_of[unit, side] >= 0:
                state.served[asked.item_of[unit, side]] = unit


@called
def _set_alone(walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State) -> None:
    for kind in range(rules.sort.shape[0]):
        for unit in range(asked.unit.shape[0]):
            pool.route[0] = asked.unit[unit, 0]
            size = 1
            if asked.unit[unit, 1] >= 0:
                pool.route[1] = asked.unit[unit, 1]
                size = 2
            state.alone[kind, unit], state.alone_far[kind, unit] = walk(rules, pool, kind, size, NONE)
