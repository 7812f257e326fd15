"""New routes from pieces of old ones: planned, built in spare slots, adopted."""

from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import Problem, Times
from routewright.solvers.search.kernel.polish_tours import CLOCK, LAID, SAVED, Tours
from routewright.solvers.search.kernel.timing import time_backward

Piece = tuple[int, int, int, int]
"""Slot, first and last position, step: -1 takes the stops backwards, 0 marks the end of a route.

The first piece of a route begins with a depot, the last one ends with a depot.
"""


@inlined
def lay(tours: Tours, pieces: tuple[Piece, ...]) -> None:
    """Append pieces to the plan; those without stops are left out."""
    for s, first, last, step in pieces:
        if (last - first) * step >= 0:
            row = tours.plan[tours.tally[LAID]]
            row[0] = s
            row[1] = first
            row[2] = last
            row[3] = step
            tours.tally[LAID] += 1


@called
def build(problem: Problem, tours: Tours, times: Times | None) -> bool:
    """Build the planned routes in the spare slots; False as soon as one breaks a limit."""
    spare = tours.changed.shape[0]
    s = int(tours.slot[spare])
    size = 0
    before = 0
    work = 0
    clock = 0
    duration = 0
    latest = 0
    for n in range(tours.tally[LAID]):
        step = tours.plan[n, 3]
        old = tours.plan[n, 0]
        if step == 0:
            size -= 2
            tours.size[s] = size
            length = tours.ahead[s, size + 1]
            work -= problem.work[0]
            if tours.loaded[s, size] > problem.capacity or length > problem.longest or length + work > problem.busiest:
                return False
            if times is not None:
                if duration > times.longest:
                    return False
                times.latest[s, size + 1] = times.closes[0]
                time_backward(times, tours.stop, s, size)
            spare += 1
            s = int(tours.slot[spare])
            size = 0
            continue
        for p in range(tours.plan[n, 1], tours.plan[n, 2] + step, step):
            here = tours.stop[old, p]
            tours.stop[s, size] = here
            if size == 0:
                tours.ahead[s, 0] = 0
                tours.back[s, 0] = 0
                tours.loaded[s, 0] = 0
                work = 0
                if times is not None:
                    clock = times.opens[0] + 0
                    latest = times.closes[0] + 0
                    duration = 0
                    times.leave[s, 0] = clock
            else:
                tours.ahead[s, size] = tours.ahead[s, size - 1] + problem.cost[before, here]
                tours.back[s, size] = tours.back[s, size - 1] + problem.cost_in[before, here]
                tours.loaded[s, size] = tours.loaded[s, size - 1] + problem.load[here]
                work += problem.work[here]
                if times is not None:
                    clock += times.travel[before, here]
                    if clock > times.closes[here]:
                        return False
                    clock = max(clock, times.opens[here]) + times.service[here]
                    times.leave[s, size] = clock
                    # The latest departure from the depot and the time since it: see timing.shortest_duration.
                    duration += times.travel[before, here]
                    duration += max(times.opens[here] - duration - latest, 0)
                    latest = min(latest, times.closes[here] - duration)
                    duration += times.service[here]
            before = here
            size += 1
    return True


@called
def adopt(tours: Tours, a: int, b: int, cost: int) -> None:
    """Put built routes in the places of routes a and b (of a alone where b is the same)."""
    tours.tally[CLOCK] += 1
    tours.tally[SAVED] -= cost
    route = a
    spare = tours.changed.shape[0]
    while True:
        s = tours.slot[spare]
        tours.slot[spare] = tours.slot[route]
        tours.slot[route] = s
        tours.changed[route] = tours.tally[CLOCK]
        for p in range(1, tours.size[s] + 1):
            client = tours.stop[s, p]
            tours.route_of[client] = route
            tours.place[client] = p
        if route == b:
            break
        route = b
        spare += 1
