"""One pass of first improvement over pairs of neighbours (granular search, Toth & Vigo 2003).

A pair is skipped where neither of its routes changed since it was last tested, as in Vidal 2022.
"""

from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import Int64, Problem, Times
from routewright.solvers.search.kernel.polish_build import adopt, build
from routewright.solvers.search.kernel.polish_moves import fits, parts, plan, price
from routewright.solvers.search.kernel.polish_tours import CLOCK, Tours


@called
def pass_over_pairs(problem: Problem, tours: Tours, times: Times | None, moves: Int64, reach: int) -> None:
    """Try every move between each client u and its nearest clients v, and the depots next to those."""
    for t in range(tours.order.shape[0]):
        u = tours.order[t]
        if tours.route_of[u] < 0:
            continue
        since = tours.tested[u]
        tours.tested[u] = tours.tally[CLOCK]
        empty = _empty_route(tours)
        for j in range(1, reach + 1):
            v = problem.near[u, j] if j < reach else 0
            if v > 0 and tours.route_of[v] < 0:
                continue
            if v == 0 and empty < 0:  # last of all, a route of its own
                break
            for side in range(4):
                way = 1 - 2 * (side % 2)
                ra = tours.route_of[u]
                rb = tours.route_of[v] if v > 0 else empty
                if tours.changed[ra] <= since and tours.changed[rb] <= since:
                    break
                a = tours.slot[ra]
                b = tours.slot[rb]
                p = tours.place[u]
                q = tours.place[v] if v > 0 else 0
                if v == 0:
                    if side > 0 or tours.size[b] > 0:
                        break
                elif side >= 2:
                    if q != (1 if way > 0 else tours.size[b]):
                        continue
                    q -= way
                for m in range(moves.shape[0]):
                    taken, given, turned = moves[m, 0], moves[m, 1], moves[m, 2]
                    possible, mine, other = parts(tours, a, p, b, q, way, taken, given, turned, times is not None)
                    if not possible:
                        continue
                    cost = price(problem, tours, a, mine, b, other)
                    if cost >= 0 or not fits(problem, tours, a, mine, b, other):
                        continue
                    plan(tours, a, mine, b, other)
                    if build(problem, tours, times):
                        adopt(tours, ra, rb, cost)
                        break


@inlined
def _empty_route(tours: Tours) -> int:
    """A route without clients, -1 for none."""
    for route in range(tours.changed.shape[0]):
        if tours.size[tours.slot[route]] == 0:
            return route
    return -1
