"""The kernels that Python calls: load a solution, build one, improve it."""

import numpy as np

from routewright.solvers.search.kernel.arrange import arrange
from routewright.solvers.search.kernel.draw import uniform
from routewright.solvers.search.kernel.groups import stands_for_group
from routewright.solvers.search.kernel.jit import kernel
from routewright.solvers.search.kernel.kinds import fixed_cost, priced
from routewright.solvers.search.kernel.model import (
    ASLEEP,
    BANK,
    FOCUS,
    FREE,
    SIZE,
    STEP,
    General,
    Nodes,
    Problem,
    Settings,
    State,
    Times,
)
from routewright.solvers.search.kernel.recreate import next_blink, recreate
from routewright.solvers.search.kernel.refit import refit, refits
from routewright.solvers.search.kernel.ruin import ruin
from routewright.solvers.search.kernel.settle import keep, remember, reorder, unchanged, undo
from routewright.solvers.search.kernel.slots import clear_slot, put, take_slot


@kernel
def improve(
    problem: Problem,
    state: State,
    times: Times | None,
    general: General | None,
    settings: Settings,
    iterations: int,
    temperature: float,
    build: int,
) -> int:
    """Run iterations of ruin and recreate under simulated annealing.

    Args:
        problem: what is asked.
        state: changed in place.
        times: windows, or None.
        general: kinds of vehicles and pickups (with times), or None.
        settings: how an iteration is drawn.
        iterations: how many.
        temperature: of acceptance.
        build: instead of ruining, insert so many unserved clients, ``state.removed``, at any price.

    Returns:
        Number of accepted changes.
    """
    changes = 0
    blinks = next_blink(state.random, settings.blink)
    for _ in range(iterations):
        state.tally[STEP] += 1
        before = state.total[0]
        if build > 0:
            n_removed = build
            n_touched = 0
            threshold = 1 << 62
            cost = before
            for i in range(n_removed):
                cost -= problem.prize[state.removed[i]]
        else:
            n_removed, n_touched, saving, sound = ruin(problem, state, times, general, settings)
            cost = before - saving
            threshold = before + int(np.ceil(-temperature * np.log(1.0 - uniform(state.random))))
            if not sound:
                undo(state, general, n_touched)
                continue
            if general is not None and refits(general, state.random):
                cost -= refit(problem, state, times, general, n_touched, True)
        arrange(problem, state, times, general, n_removed)
        accepted, cost, n_touched, in_use, blinks = recreate(
            problem, state, times, general, settings, n_removed, n_touched, cost, threshold, blinks
        )
        if accepted and general is not None and build == 0 and refits(general, state.random):
            cost -= refit(problem, state, times, general, n_touched, False)
        if not accepted or (cost == before and unchanged(state, general, n_touched)):
            undo(state, general, n_touched)
            continue
        keep(state, general, n_removed, n_touched, in_use)
        changes += 1
        state.total[0] = cost
        if cost < state.total[1]:
            remember(state, general)
    return changes


@kernel
def load(problem: Problem, state: State, times: Times | None, general: General | None, flat: Nodes) -> None:
    """Make ``flat`` (clients, the kind of the vehicle after each route) the current and the best solution.

    Clients that do not occur are unserved. Nothing is checked: the routes must be feasible.
    """
    n_slots = state.free.shape[0]
    for i in range(n_slots):
        state.free[i] = n_slots - 1 - i
    state.tally[:FOCUS] = 0
    state.tally[FREE] = n_slots
    state.route_of[:] = -1
    for route in range(state.order.shape[0]):
        state.order[route] = route
        state.version[route] += 1
        state.touched_at[route] = -1
    if general is not None:
        general.used[:] = 0
    total = 0
    in_use = 0
    fresh = True
    for i in range(flat.shape[0]):
        client = flat[i]
        if client < problem.first:
            fresh = True
            continue
        if fresh:
            fresh = False
            end = i
            while flat[end] >= problem.first:
                end += 1
            s = take_slot(state)
            state.slot[in_use] = s
            kind: int = np.int64(flat[end])  # type: ignore[assignment]
            clear_slot(problem, state, times, general, s, kind)
            in_use += 1
            total += fixed_cost(problem, general, s)
            if general is not None:
                general.used[kind] += 1
        size = state.sums[s, SIZE]
        last = state.stop[s, size]
        arcs = problem.cost[last, client] + problem.cost[client, state.stop[s, size + 1]] - state.arc[s, size]
        put(problem, state, times, general, s, client, size)
        state.route_of[client] = in_use - 1
        state.place[client] = state.sums[s, SIZE]
        total += priced(general, s, client, arcs)
    for client in range(problem.first, problem.load.shape[0]):
        if state.route_of[client] < 0:
            if general is not None and not stands_for_group(state, general, client):
                state.route_of[client] = ASLEEP
                continue
            state.place[client] = state.tally[BANK]
            state.bank[state.tally[BANK]] = client
            state.tally[BANK] += 1
            total += problem.prize[client]
    reorder(state, in_use)
    state.total[0] = total
    remember(state, general)
