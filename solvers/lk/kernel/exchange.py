"""Exchanges of variable depth: Lin & Kernighan (1973), by steps of three ways as Helsgaun (2000) takes them.

From the way t1-t2, a way t2-t3 is added and a way t3-t4 beside it removed, then a way t4-t5 added and t5-t6 removed, as
long as what was removed is longer than what was added; t6-t1 would close the tour again. Which of them leave one tour
and not two follows from the order of the cities, so that nothing moves until something pays. Where nothing does, the
step that leaves most is taken, t6 is the next t2, and so on.
"""

from routewright.solvers.lk.kernel.flips import after, before, exchange, undo
from routewright.solvers.lk.kernel.model import FLIPS, LENGTH, Asked, Cities, State
from routewright.solvers.lk.kernel.queue import push
from routewright.solvers.lk.kernel.ways import way
from routewright.solvers.search.kernel.jit import called, inlined

SECOND = 5
"""Near cities of t4 that may be t5."""
STEPS = 8
"""Of an exchange."""

TWO, FLIPPED, SWAPPED, TURNED = range(4)
"""Kinds of steps: of two ways; two of these; two paths change places; each of two paths is turned round."""


@called
def improve(asked: Asked, state: State, t1: int, forward: bool) -> bool:
    """Do the first exchange found that removes the way after ``t1`` and makes the tour shorter; whether there is one.

    Args:
        asked: cities.
        state: the tour.
        t1: a city.
        forward: whether cities after it are those after it in the array.
    """
    mark = state.tally[FLIPS]
    t2 = _next(state, t1, forward)
    gain = way(asked, t1, t2)
    for step in range(STEPS):
        kind, left = _step(asked, state, t1, t2, gain, step, after(state, t1) == t2)
        if kind < 0:
            break
        trace = state.trace[step]
        t3, t4, t5, t6 = trace[1], trace[2], trace[3], trace[4]
        trace[0] = t2
        _take(state, kind, t1, t2, t3, t4, t5, t6)
        closed = left - way(asked, t6, t1)
        if closed > 0:
            state.tally[LENGTH] -= closed
            push(state, t1)
            for earlier in range(step + 1):
                for k in range(5):
                    push(state, state.trace[earlier, k])
            return True
        t2, gain = t6, left
    undo(state, mark)
    return False


@called
def _step(asked: Asked, state: State, t1: int, t2: int, gain: int, step: int, forward: bool) -> tuple[int, int]:
    """The first step that closes with a gain, or the one that leaves most; t3 to t6 go into the trace.

    Returns:
        (kind, what is left before the tour is closed); kind is -1 where there is no step.
    """
    trace = state.trace[step]
    best, kind = 0, -1
    second = min(SECOND, asked.near.shape[1])
    last = step == STEPS - 1
    for third in range(asked.near.shape[1]):
        t3 = asked.near[t2, third]
        gain1 = gain - way(asked, t2, t3)
        if gain1 <= 0:
            break
        if t3 == t1:
            continue
        r3 = _rank(state, t3, t2, forward)
        # with t4 before t3, the way t4-t1 closes the tour
        t4 = _next(state, t3, not forward)
        if t4 != t2 and not _added(state, t3, t4, step):
            gain2 = gain1 + way(asked, t3, t4)
            if gain2 - way(asked, t4, t1) > 0:
                _note(trace, t3, t4, t3, t4)
                return TWO, gain2
            for fifth in range(second):
                t5 = asked.near[t4, fifth]
                gain3 = gain2 - way(asked, t4, t5)
                if gain3 <= 0:
                    break
                if t5 == t3:
                    continue
                t6 = _next(state, t5, forward == (_rank(state, t5, t2, forward) < r3))
                if t6 == t4 or t5 == t1 or _added(state, t5, t6, step):
                    continue
                left = gain3 + way(asked, t5, t6)
                if left - way(asked, t6, t1) > 0:
                    _note(trace, t3, t4, t5, t6)
                    return FLIPPED, left
                if left > best and not last:
                    _note(trace, t3, t4, t5, t6)
                    best, kind = left, FLIPPED
        # with t4 after t3, the cities from t2 to t3 are a ring by themselves, which t5-t6 opens
        t4 = _next(state, t3, forward)
        if _added(state, t3, t4, step):
            continue
        gain2 = gain1 + way(asked, t3, t4)
        for fifth in range(second):
            t5 = asked.near[t4, fifth]
            gain3 = gain2 - way(asked, t4, t5)
            if gain3 <= 0:
                break
            r5 = _rank(state, t5, t2, forward)
            if r5 > r3 or t5 == t3:
                continue
            for side in range(2 if r5 > 0 else 1):
                t6 = _next(state, t5, forward == (side == 0))
                if _added(state, t5, t6, step):
                    continue
                left = gain3 + way(asked, t5, t6)
                if left - way(asked, t6, t1) > 0:
                    _note(trace, t3, t4, t5, t6)
                    return SWAPPED + side, left
                if left > best and not last:
                    _note(trace, t3, t4, t5, t6)
                    best, kind = left, SWAPPED + side
    return kind, best


@inlined
def _note(trace: Cities, t3: int, t4: int, t5: int, t6: int) -> None:
    trace[1], trace[2], trace[3], trace[4] = t3, t4, t5, t6


@inlined
def _take(state: State, kind: int, t1: int, t2: int, t3: int, t4: int, t5: int, t6: int) -> None:
    if kind == SWAPPED:  # t1 [t6 .. t3] [t2 .. t5] t4
        swap_paths(state, t1, t2, t5, t6, t3, t4)
    elif kind == TURNED:  # t1 [t6 .. t2] [t3 .. t5] t4
        exchange(state, t1, t2, t6, t5)
        exchange(state, t2, t5, t3, t4)
    else:
        exchange(state, t1, t2, t4, t3)
        if kind == FLIPPED:
            exchange(state, t1, t4, t6, t5)


@inlined
def swap_paths(state: State, a: int, b: int, c: int, d: int, e: int, f: int) -> None:
    """A [b .. c] [d .. e] f becomes a [d .. e] [b .. c] f."""
    exchange(state, a, b, e, f)  # a e .. d c .. b f
    exchange(state, a, e, d, c)  # a d .. e c .. b f
    exchange(state, e, c, b, f)


@inlined
def _added(state: State, a: int, b: int, step: int) -> bool:
    """Whether an earlier step of the exchange added the way."""
    for earlier in range(step):
        trace = state.trace[earlier]
        for k in (0, 2):
            if (trace[k] == a and trace[k + 1] == b) or (trace[k] == b and trace[k + 1] == a):
                return True
    return False


@inlined
def _next(state: State, city: int, forward: bool) -> int:
    return after(state, city) if forward else before(state, city)


@inlined
def _rank(state: State, city: int, first: int, forward: bool) -> int:
    """How many cities after ``first`` a city comes."""
    away = state.place[city] - state.place[first] if forward else state.place[first] - state.place[city]
    return away + state.tour.shape[0] if away < 0 else away  # type: ignore[no-any-return]
