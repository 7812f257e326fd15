"""Local optima, one after the other: Martin, Otto & Felten (1991), with kicks that stay in one place.

Applegate, Cook & Rohe (2003), "Chained Lin-Kernighan for large travelling salesman problems", kick close by, so that
only what lies around has to be looked at again; what does not pay is undone flip by flip.
"""

from math import log

from routewright.solvers.lk.kernel.exchange import STEPS, improve, swap_paths
from routewright.solvers.lk.kernel.flips import undo
from routewright.solvers.lk.kernel.model import FLIPS, LENGTH, WAITING, Asked, Cities, State
from routewright.solvers.lk.kernel.queue import pop, push
from routewright.solvers.lk.kernel.ways import way
from routewright.solvers.search.kernel.draw import below, uniform
from routewright.solvers.search.kernel.jit import inlined, kernel

REACH = 50
"""Cities that each of two paths has at most, which a kick exchanges."""
SPARE = 4 * STEPS
"""Flips for which there must be room: a step takes three."""


@kernel
def descend(asked: Asked, state: State, looks: int) -> int:
    """Look at so many waiting cities at most; how many still wait."""
    for _ in range(looks):
        if state.tally[WAITING] == 0:
            break
        state.tally[FLIPS] = 0  # nothing will be undone
        _look(asked, state, pop(state))
    return state.tally[WAITING]  # type: ignore[no-any-return]


@kernel
def kick(asked: Asked, state: State, times: int, heat: float) -> None:
    """So many kicks, each kept where the tour becomes longer by no more than chance allows at a temperature.

    The tour must be a local optimum.
    """
    for _ in range(times):
        length = state.tally[LENGTH]
        state.tally[FLIPS] = 0
        exchange_paths(asked, state)
        while state.tally[WAITING] > 0:
            city = pop(state)
            if state.tally[FLIPS] + SPARE < state.flips.shape[0]:
                _look(asked, state, city)
        longer = state.tally[LENGTH] - length
        if longer > 0 and longer > -heat * log(uniform(state.random)):
            undo(state, 0)
            state.tally[LENGTH] = length


@inlined
def _look(asked: Asked, state: State, city: int) -> None:
    """Improve around a city; what has changed waits for the next look, the city among it."""
    if not improve(asked, state, city, True):
        improve(asked, state, city, False)


@inlined
def exchange_paths(asked: Asked, state: State) -> None:
    """Two paths that follow each other change places: a double bridge whose ends lie close together in the tour."""
    tour, n = state.tour, state.tour.shape[0]
    reach = min(REACH, (n - 2) // 2)
    at = below(state.random, n)
    if way(asked, tour[at], tour[(at + 1) % n]) < 0:  # within a place, which stays together
        at += 1
    middle = at + asked.stride * (1 + below(state.random, reach // asked.stride))
    last = middle + asked.stride * (1 + below(state.random, reach // asked.stride))
    a, b = tour[at % n], tour[(at + 1) % n]
    c, d = tour[middle % n], tour[(middle + 1) % n]
    e, f = tour[last % n], tour[(last + 1) % n]
    state.tally[LENGTH] += way(asked, a, d) + way(asked, e, b) + way(asked, c, f)
    state.tally[LENGTH] -= way(asked, a, b) + way(asked, c, d) + way(asked, e, f)
    swap_paths(state, a, b, c, d, e, f)
    for city in (a, b, c, d, e, f):
        push(state, city)


@kernel
def measure(asked: Asked, tour: Cities) -> int:
    """Length of a tour."""
    length = way(asked, tour[-1], tour[0])
    for at in range(1, tour.shape[0]):
        length += way(asked, tour[at - 1], tour[at])
    return length
