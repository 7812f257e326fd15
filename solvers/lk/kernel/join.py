"""Paths that grow together, the shortest ways first."""

from routewright.solvers.lk.kernel.model import Cities
from routewright.solvers.search.kernel.jit import kernel


@kernel
def join(starts: Cities, ends: Cities, links: Cities, mate: Cities) -> int:
    """Take each way, in the order given, whose ends are ends of two different paths; how many were taken.

    Args:
        starts: one end of each way.
        ends: the other one.
        links: [n, 2] neighbours of each city so far, -1 for none.
        mate: [n] of an end of a path, the other end; a city by itself is its own.
    """
    taken = 0
    for k in range(starts.shape[0]):
        a, b = starts[k], ends[k]
        if links[a, 1] >= 0 or links[b, 1] >= 0 or mate[a] == b:
            continue
        links[a, 0 if links[a, 0] < 0 else 1] = b
        links[b, 0 if links[b, 0] < 0 else 1] = a
        first, last = mate[a], mate[b]
        mate[first], mate[last] = last, first
        taken += 1
    return taken


@kernel
def walk(links: Cities, start: int, tour: Cities) -> None:
    """The cities of the only path from an end on."""
    came, at = -1, start
    for place in range(tour.shape[0]):
        tour[place] = at
        onward = links[at, 0] if links[at, 0] != came else links[at, 1]
        came, at = at, onward
