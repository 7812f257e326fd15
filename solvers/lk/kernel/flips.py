"""A tour in an array: paths that are turned round."""

from routewright.solvers.lk.kernel.model import FLIPS, State
from routewright.solvers.search.kernel.jit import called, inlined


@inlined
def after(state: State, city: int) -> int:
    """The next city in the order of the array."""
    at = state.place[city] + 1
    return state.tour[0 if at == state.tour.shape[0] else at]  # type: ignore[no-any-return]


@inlined
def before(state: State, city: int) -> int:
    """The city before."""
    at = state.place[city]
    return state.tour[(state.tour.shape[0] if at == 0 else at) - 1]  # type: ignore[no-any-return]


@called
def turn(state: State, i: int, j: int) -> None:
    """Turn the path from place i to place j round, or the rest of the tour, whichever is shorter.

    The ring is the same either way, but the order of the array is not.
    """
    n = state.tour.shape[0]
    inner = j - i + 1
    if inner <= 0:
        inner += n
    if 2 * inner > n:
        i, j = (0 if j + 1 == n else j + 1), (n if i == 0 else i) - 1
        inner = n - inner
    if state.tally[FLIPS] < state.flips.shape[0]:
        state.flips[state.tally[FLIPS], 0] = i
        state.flips[state.tally[FLIPS], 1] = j
    state.tally[FLIPS] += 1
    _swap(state, i, j, inner)


@inlined
def _swap(state: State, i: int, j: int, inner: int) -> None:
    tour, place = state.tour, state.place
    n = tour.shape[0]
    for _ in range(inner // 2):
        a, b = tour[i], tour[j]
        tour[i], tour[j] = b, a
        place[b], place[a] = i, j
        i += 1
        if i == n:
            i = 0
        j -= 1
        if j < 0:
            j = n - 1


@called
def undo(state: State, kept: int) -> None:
    """Turn back all but the first ``kept`` flips."""
    n = state.tour.shape[0]
    while state.tally[FLIPS] > kept:
        state.tally[FLIPS] -= 1
        i, j = state.flips[state.tally[FLIPS], 0], state.flips[state.tally[FLIPS], 1]
        inner = j - i + 1
        if inner <= 0:
            inner += n
        _swap(state, i, j, inner)


@inlined
def exchange(state: State, a: int, b: int, c: int, d: int) -> None:
    """Ways a-b and c-d become a-c and b-d; b comes after a and d after c, or both before."""
    if after(state, a) == b:
        turn(state, state.place[b], state.place[c])
    else:
        turn(state, state.place[c], state.place[b])
