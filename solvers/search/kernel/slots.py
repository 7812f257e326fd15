"""Slots: where the content of a route lies, and how an iteration gets one of its own to change."""

from routewright.solvers.search.kernel.carrying import weigh
from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import (
    CAPACITY,
    END,
    FREE,
    LENGTH,
    SIZE,
    SPARE,
    START,
    STEP,
    WORK,
    General,
    Problem,
    State,
    Times,
)
from routewright.solvers.search.kernel.timing import time_insertion


@inlined
def take_slot(state: State) -> int:
    """A free slot; what is in it does not count."""
    state.tally[FREE] -= 1
    return state.free[state.tally[FREE]]  # type: ignore[no-any-return]


@inlined
def touch(state: State, route: int, old: int, new: int, n_touched: int) -> int:
    """Move a route from slot old (-1 for none) to slot new in this iteration; returns routes touched."""
    state.slot[route] = new
    state.old_slot[route] = old
    state.touched_at[route] = state.tally[STEP]
    state.touched[n_touched] = route
    return n_touched + 1


@called
def clear_slot(problem: Problem, state: State, times: Times | None, general: General | None, s: int, kind: int) -> None:
    """Make slot s a route of that kind without clients, into which one will be put."""
    start = 0
    end = 0
    capacity = problem.capacity
    if general is not None:
        start = general.doors[kind, START]
        end = general.doors[kind, END]
        capacity = general.limits[kind, CAPACITY]
        general.kind[s] = kind
    state.stop[s, 0] = start
    state.stop[s, 1] = end
    state.arc[s, 0] = 0
    state.sums[s, SIZE] = 0
    state.sums[s, SPARE] = capacity
    state.sums[s, LENGTH] = 0
    state.sums[s, WORK] = 0
    if times is not None:
        times.leave[s, 0] = times.opens[start]
        times.leave[s, 1] = times.opens[end]
        times.latest[s, 0] = times.closes[start]
        times.latest[s, 1] = times.closes[end]


@inlined
def copy_slot(state: State, times: Times | None, general: General | None, old: int, new: int) -> None:
    """Copy a route into a fresh slot, into which a client will be put."""
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
    if general is not None:
        general.kind[new] = general.kind[old]


@inlined
def put(
    problem: Problem, state: State, times: Times | None, general: General | None, s: int, client: int, p: int
) -> None:
    """Insert client after position p of slot s."""
    size = state.sums[s, SIZE]
    length = state.sums[s, LENGTH] - state.arc[s, p]
    for i in range(size + 1, p, -1):
        state.stop[s, i + 1] = state.stop[s, i]
        state.arc[s, i] = state.arc[s, i - 1]
    state.stop[s, p + 1] = client
    state.arc[s, p] = problem.cost_in[client, state.stop[s, p]]
    state.arc[s, p + 1] = problem.cost[client, state.stop[s, p + 2]]
    state.sums[s, SIZE] = size + 1
    state.sums[s, SPARE] -= problem.load[client]
    state.sums[s, LENGTH] = length + state.arc[s, p] + state.arc[s, p + 1]
    state.sums[s, WORK] += problem.work[client]
    if times is not None:
        for i in range(size + 1, p, -1):
            times.leave[s, i + 1] = times.leave[s, i]
            times.latest[s, i + 1] = times.latest[s, i]
        time_insertion(times, state.stop, s, p + 1, size + 1)
    if general is not None:
        weigh(problem, general, state.stop, s, size + 1)
