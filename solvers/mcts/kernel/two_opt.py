"""Pairs of ways exchanged as long as it pays: where walks begin."""

from routewright.solvers.lk.kernel.flips import after, before, exchange
from routewright.solvers.lk.kernel.model import FLIPS, LENGTH, WAITING, Asked, State
from routewright.solvers.lk.kernel.queue import pop, push
from routewright.solvers.lk.kernel.ways import way
from routewright.solvers.search.kernel.draw import below
from routewright.solvers.search.kernel.jit import inlined, kernel


@kernel
def shuffle(asked: Asked, state: State) -> None:
    """A tour in any order; all cities wait for a look."""
    n = state.tour.shape[0]
    for last in range(n - 1, 0, -1):
        other = below(state.random, last + 1)
        state.tour[last], state.tour[other] = state.tour[other], state.tour[last]
    length = way(asked, state.tour[n - 1], state.tour[0])
    for place in range(n):
        city = state.tour[place]
        state.place[city] = place
        push(state, city)
        if place:
            length += way(asked, state.tour[place - 1], city)
    state.tally[LENGTH] = length


@kernel
def descend(asked: Asked, state: State, looks: int) -> int:
    """Look at so many waiting cities at most; how many still wait."""
    for _ in range(looks):
        if state.tally[WAITING] == 0:
            break
        city = pop(state)
        while _improve(asked, state, city, True) or _improve(asked, state, city, False):
            pass
    return state.tally[WAITING]  # type: ignore[no-any-return]


@inlined
def _improve(asked: Asked, state: State, city: int, forward: bool) -> bool:
    """Exchange the way after a city, or that before it, for one to a near city."""
    state.tally[FLIPS] = 0
    beside = after(state, city) if forward else before(state, city)
    known = way(asked, city, beside)
    for place in range(asked.near.shape[1]):
        near = asked.near[city, place]
        gain = known - way(asked, city, near)
        if gain <= 0:
            return False
        beyond = after(state, near) if forward else before(state, near)
        gain += way(asked, near, beyond) - way(asked, beside, beyond)
        if gain > 0:
            exchange(state, city, beside, near, beyond)
            state.tally[LENGTH] -= gain
            for each in (city, beside, near, beyond):
                push(state, each)
            return True
    return False
