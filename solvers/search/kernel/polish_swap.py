"""SWAP*: exchange of two clients of two routes, each going to its best place (Vidal 2022, section 3.4).

For each client its three cheapest insertions into the other route are found first; after the other
client has left that route, one of them or that client's own place is cheapest.
"""

from routewright.solvers.search.kernel.cheapest import PLACES, keep_cheap
from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import NEVER, Problem, Times
from routewright.solvers.search.kernel.polish_build import adopt, build, lay
from routewright.solvers.search.kernel.polish_tours import CLOCK, LAID, Tours


@called
def pass_over_routes(problem: Problem, tours: Tours, times: Times | None, reach: int) -> None:
    """Make the best SWAP* of each two routes of which one has a near client of the other."""
    n_routes = tours.changed.shape[0]
    tours.near_route[:] = -1
    for ra in range(n_routes):
        since = tours.matched[ra]
        tours.matched[ra] = tours.tally[CLOCK]
        _mark(problem, tours, ra, reach)
        for rb in range(n_routes):
            if tours.near_route[rb] != ra or (tours.changed[ra] <= since and tours.changed[rb] <= since):
                continue
            a = tours.slot[ra]
            b = tours.slot[rb]
            for side in range(2):
                _survey(problem, tours, times, side, a if side == 0 else b, b if side == 0 else a)
            cost = _best_swap(problem, tours, times, a, b)
            if cost < 0:
                adopt(tours, ra, rb, cost)


@called
def _best_swap(problem: Problem, tours: Tours, times: Times | None, a: int, b: int) -> int:
    """Build the best SWAP* of slots a and b; its cost, 0 for none."""
    best = 0
    spare = tours.changed.shape[0]
    spare_a = problem.capacity - tours.loaded[a, tours.size[a]]
    spare_b = problem.capacity - tours.loaded[b, tours.size[b]]
    for p in range(1, tours.size[a] + 1):
        u = tours.stop[a, p]
        for q in range(1, tours.size[b] + 1):
            v = tours.stop[b, q]
            more = problem.load[u] - problem.load[v]
            if more > spare_b or -more > spare_a:
                continue
            cost = -tours.relief[0, p] - tours.relief[1, q]
            to_b = q
            to_a = p
            for side in range(2):
                client, place, other, out = (u, p, b, q) if side == 0 else (v, q, a, p)
                price, at = _cheapest_without(problem, tours, side, place, other, out, client)
                cost += price
                if side == 0:
                    to_b = at
                else:
                    to_a = at
            if cost < best:
                _plan(tours, a, p, b, q, to_b, to_a)
                if build(problem, tours, times):
                    best = cost
                    _change_places(tours, spare)
    if best < 0:
        _change_places(tours, spare)
    return best


@inlined
def _mark(problem: Problem, tours: Tours, route: int, reach: int) -> None:
    """Mark the routes with a client near one of this route's."""
    s = tours.slot[route]
    for p in range(1, tours.size[s] + 1):
        u = tours.stop[s, p]
        for j in range(1, reach):
            other = tours.route_of[problem.near[u, j]]
            if other >= 0 and other != route:
                tours.near_route[other] = route


@called
def _survey(problem: Problem, tours: Tours, times: Times | None, side: int, s: int, other: int) -> None:
    """What it saves to take each client out of slot s, and its cheapest insertions into the other slot."""
    for p in range(1, tours.size[s] + 1):
        client = tours.stop[s, p]
        stretch = tours.ahead[s, p + 1] - tours.ahead[s, p - 1]
        tours.relief[side, p] = stretch - problem.cost[tours.stop[s, p - 1], tours.stop[s, p + 1]]
        dear = tours.dear[side, p]
        dear_at = tours.dear_at[side, p]
        dear[:] = NEVER
        dear_at[:] = -1
        for q in range(tours.size[other] + 1):
            before = tours.stop[other, q]
            after = tours.stop[other, q + 1]
            price = problem.cost_in[client, before] + problem.cost[client, after]
            price -= tours.ahead[other, q + 1] - tours.ahead[other, q]
            if price >= dear[PLACES - 1]:
                continue
            if times is not None:
                arrival = times.leave[other, q] + times.travel[before, client]
                finish = max(arrival, times.opens[client]) + times.service[client]
                late = finish + times.travel[client, after] > times.latest[other, q + 1]
                if late or arrival > times.closes[client]:
                    continue
            keep_cheap(dear, dear_at, price, q)


@inlined
def _cheapest_without(
    problem: Problem, tours: Tours, side: int, p: int, other: int, q: int, client: int
) -> tuple[int, int]:
    """Cost and place of inserting this side's p-th client into the other slot without its q-th one.

    The place is the position that it follows, q for that of the one taken out.
    """
    before = tours.stop[other, q - 1]
    after = tours.stop[other, q + 1]
    price = problem.cost_in[client, before] + problem.cost[client, after] - problem.cost[before, after]
    at = q
    for i in range(PLACES):
        place = tours.dear_at[side, p, i]
        if place < 0 or tours.dear[side, p, i] >= price:
            break
        if place != q and place != q - 1:
            price = tours.dear[side, p, i] + 0
            at = place
            break
    return price, at


@inlined
def _plan(tours: Tours, a: int, p: int, b: int, q: int, to_b: int, to_a: int) -> None:
    """Plan slot a with the q-th client of b instead of its p-th, and slot b the other way round."""
    tours.tally[LAID] = 0
    for side in range(2):
        s, out, other, new, at = (a, p, b, q, to_a) if side == 0 else (b, q, a, p, to_b)
        guest = (other, new, new, 1)
        before = at < out
        pieces = (
            (s, 0, at if before else out - 1, 1),
            guest if before else (s, out + 1, at, 1),
            (s, at + 1, out - 1, 1) if before else guest,
            (s, max(at, out) + 1, tours.size[s] + 1, 1),
            (s, 0, 0, 0),
        )
        lay(tours, pieces)


@inlined
def _change_places(tours: Tours, spare: int) -> None:
    """Exchange what was built with what is kept."""
    for i in range(spare, spare + 2):
        s = tours.slot[i]
        tours.slot[i] = tours.slot[i + 2]
        tours.slot[i + 2] = s
