"""SWAP*: exchange of two clients of two routes, each going to its best place (Vidal 2022, section 3.4.1).

For each client its cheapest insertions into the other route are known; after the other client has left that route, one
of them or that client's own place is cheapest.
"""

from routewright.solvers.search.kernel.chains import CLOCK, Chains, put_after, refresh, strain
from routewright.solvers.search.kernel.cheapest import PLACES, keep_cheap
from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import NEVER, Problem


@called
def swap_between_routes(problem: Problem, chains: Chains, reach: int) -> None:
    """Make the best exchange of each two routes of which one has a near client of the other."""
    routes = chains.load.shape[0]
    for one in range(routes):
        since = chains.matched[one]
        chains.matched[one] = chains.tally[CLOCK]
        _mark(problem, chains, one, reach)
        for other in range(one + 1, routes):
            if chains.near_route[other] != one:
                continue
            if chains.changed[one] > since or chains.changed[other] > since:
                _swap_best(problem, chains, one, other)


@inlined
def _mark(problem: Problem, chains: Chains, route: int, reach: int) -> None:
    """Mark the routes with a client near one of this route's."""
    clients = problem.cost.shape[0]
    here = chains.after[clients + route]
    while here < clients:
        for j in range(1, reach + 1):
            chains.near_route[chains.route[problem.near[here, j]]] = route
        here = chains.after[here]


@called
def _swap_best(problem: Problem, chains: Chains, one: int, other: int) -> None:
    """Make the best swap of two clients, or the best move of one, if it improves."""
    clients = problem.cost.shape[0]
    _survey(problem, chains, one, other)
    _survey(problem, chains, other, one)
    best = 0
    move, partner, at, partner_at = -1, -1, -1, -1
    u = chains.after[clients + one]
    while u < clients:
        alone = chains.relief[u] + chains.dear[other, u, 0] + strain(problem, chains, other, one, problem.load[u])
        if alone < best:
            best, move, partner, at = alone, u, -1, chains.dear_at[other, u, 0]
        v = chains.after[clients + other]
        while v < clients:
            cost = chains.relief[u] + chains.relief[v]
            cost += strain(problem, chains, other, one, problem.load[u] - problem.load[v])
            if cost < best:
                more, to_other = _cheapest_without(problem, chains, u, v)
                cost += more
                if cost < best:
                    more, to_one = _cheapest_without(problem, chains, v, u)
                    cost += more
                    if cost < best:
                        best, move, partner, at, partner_at = cost, u, v, to_other, to_one
            v = chains.after[v]
        u = chains.after[u]
    v = chains.after[clients + other]
    while v < clients:
        alone = chains.relief[v] + chains.dear[one, v, 0] + strain(problem, chains, one, other, problem.load[v])
        if alone < best:
            best, move, partner, at = alone, v, -1, chains.dear_at[one, v, 0]
        v = chains.after[v]
    if best >= 0:
        return
    put_after(chains, move, at)
    if partner >= 0:
        put_after(chains, partner, partner_at)
    chains.tally[CLOCK] += 1
    refresh(problem, chains, one)
    refresh(problem, chains, other)


@inlined
def _survey(problem: Problem, chains: Chains, route: int, into: int) -> None:
    """The cheapest insertions of each client of a route into another one, where that has changed."""
    clients = problem.cost.shape[0]
    client = chains.after[clients + route]
    while client < clients:
        if chains.dear_since[into, client] < chains.changed[into]:
            chains.dear_since[into, client] = chains.tally[CLOCK]
            _rank(problem, chains, client, into)
        client = chains.after[client]


@inlined
def _rank(problem: Problem, chains: Chains, client: int, into: int) -> None:
    dear = chains.dear[into, client]
    dear_at = chains.dear_at[into, client]
    for i in range(PLACES):
        dear[i] = NEVER
        dear_at[i] = -1
    row = problem.cost[client]
    place = problem.cost.shape[0] + into
    while True:
        following = chains.after[place]
        one, other = chains.node[place], chains.node[following]
        price = row[one] + row[other] - problem.cost[one, other]
        keep_cheap(dear, dear_at, price, place)
        if following >= problem.cost.shape[0]:
            break
        place = following


@inlined
def _cheapest_without(problem: Problem, chains: Chains, client: int, gone: int) -> tuple[int, int]:
    """Cost of inserting a client into the route of ``gone`` once that has left, and the node that it then follows."""
    into = chains.route[gone]
    before, after = chains.before[gone], chains.after[gone]
    one, other = chains.node[before], chains.node[after]
    price = problem.cost[client, one] + problem.cost[client, other] - problem.cost[one, other]
    at = before
    for i in range(PLACES):
        place = chains.dear_at[into, client, i]
        if place < 0 or chains.dear[into, client, i] >= price:
            break
        if place != gone and place != before:
            price = chains.dear[into, client, i] + 0
            at = place
            break
    return price, at
