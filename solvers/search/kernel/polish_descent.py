"""The kernel that Python calls to polish routes."""

from routewright.solvers.search.kernel.jit import kernel
from routewright.solvers.search.kernel.model import Int64, Problem, Times
from routewright.solvers.search.kernel.polish_build import adopt, build, lay
from routewright.solvers.search.kernel.polish_pairs import pass_over_pairs
from routewright.solvers.search.kernel.polish_swap import pass_over_routes
from routewright.solvers.search.kernel.polish_tours import CLOCK, LAID, SAVED, Tours


@kernel
def descend(problem: Problem, tours: Tours, times: Times | None, moves: Int64, reach: int, reach_of_routes: int) -> int:
    """Make improving moves until there is none.

    Args:
        problem: what is asked.
        tours: changed in place; ``stop`` and ``size`` of the first R slots hold the routes.
        times: windows, or None.
        moves: [K, 3] see ``polish_moves``, in the order in which they are tried.
        reach: how many entries of ``problem.near`` are paired with a client, which is the first.
        reach_of_routes: how many of them make two routes candidates for SWAP*; 0 for no SWAP*.

    Returns:
        What was saved.
    """
    n_routes = tours.changed.shape[0]
    tours.route_of[:] = -1
    for s in range(tours.slot.shape[0]):
        tours.slot[s] = s
    for route in range(n_routes):
        tours.tally[LAID] = 0
        lay(tours, ((route, 0, tours.size[route] + 1, 1), (route, 0, 0, 0)))
        if not build(problem, tours, times):
            return -1
        adopt(tours, route, route, route - route)
    tours.changed[:] = 1
    tours.tally[CLOCK] = 1
    tours.tally[SAVED] = 0
    while True:
        before = tours.tally[CLOCK]
        pass_over_pairs(problem, tours, times, moves, reach)
        if tours.tally[CLOCK] == before and reach_of_routes > 0:
            pass_over_routes(problem, tours, times, reach_of_routes)
        if tours.tally[CLOCK] == before:
            return tours.tally[SAVED]  # type: ignore[no-any-return]
