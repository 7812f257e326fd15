"""Routes as chains of clients, which overload their vehicles at a price.

Node numbers: 0 to N-1 as in ``Problem`` (0 is the depot and stands in no chain), then the first end of each of R
routes, then the last ends.
"""

from typing import NamedTuple

from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import Int64, Problem

# Places in Chains.tally
CLOCK = 0  # counts changes
PRICE = 1  # of a unit of load beyond capacity, times 2**SHIFT
SHIFT = 2
COUNTS = 3


class Chains(NamedTuple):
    """Routes under change, and what is known of them."""

    after: Int64  # [N+2R] the next node
    before: Int64  # [N+2R] the one before
    route: Int64  # [N+2R]
    place: Int64  # [N+2R] position in the route; 0 for its first end
    node: Int64  # [N+2R] row in the matrix of costs: the node itself, 0 for ends
    carried: Int64  # [N+2R] load up to and with the node
    relief: Int64  # [N] cost that grows when the client leaves its route: mostly below zero
    load: Int64  # [R]
    size: Int64  # [R] clients
    changed: Int64  # [R] clock of the last change
    tested: Int64  # [N] clock of the last test of each client
    matched: Int64  # [R] clock of the last exchange of each route with its neighbours
    near_route: Int64  # [R] scratch: the route that this one lies near to
    dear: Int64  # [R, N, PLACES] cheapest insertions of each client into each route, ascending
    dear_at: Int64  # [R, N, PLACES] nodes that they follow
    dear_since: Int64  # [R, N] clock at which they were computed
    tally: Int64  # [COUNTS]


@inlined
def penalty(problem: Problem, chains: Chains, load: int) -> int:
    """Price of a load beyond capacity."""
    return (chains.tally[PRICE] * max(0, load - problem.capacity)) >> chains.tally[SHIFT]  # type: ignore[no-any-return]


@inlined
def strain(problem: Problem, chains: Chains, a: int, b: int, to_a: int) -> int:
    """What the price of overload grows by when ``to_a`` moves from route b to route a."""
    old = penalty(problem, chains, chains.load[a]) + penalty(problem, chains, chains.load[b])
    new = penalty(problem, chains, chains.load[a] + to_a) + penalty(problem, chains, chains.load[b] - to_a)
    return new - old


@inlined
def join(chains: Chains, one: int, other: int) -> None:
    """Let ``other`` follow ``one``."""
    chains.after[one] = other
    chains.before[other] = one


@inlined
def put_after(chains: Chains, client: int, place: int) -> None:
    """Move a client out of its chain, to follow ``place``."""
    join(chains, chains.before[client], chains.after[client])
    following = chains.after[place]
    join(chains, place, client)
    join(chains, client, following)


@inlined
def exchange_places(chains: Chains, u: int, v: int) -> None:
    """Exchange two clients that are not next to each other."""
    a, x, b, y = chains.before[u], chains.after[u], chains.before[v], chains.after[v]
    join(chains, a, v)
    join(chains, v, x)
    join(chains, b, u)
    join(chains, u, y)


@called
def refresh(problem: Problem, chains: Chains, route: int) -> None:
    """Walk along a chain that has changed."""
    clients = problem.cost.shape[0]
    here = clients + route
    chains.route[here] = route
    place = 0
    load = 0
    while True:
        last = here
        here = chains.after[here]
        place += 1
        chains.route[here] = route
        chains.place[here] = place
        if here >= clients:
            chains.carried[here] = load
            break
        load += problem.load[here]
        chains.carried[here] = load
        one = chains.node[last]
        other = chains.node[chains.after[here]]
        chains.relief[here] = problem.cost[one, other] - problem.cost[one, here] - problem.cost[here, other]
    chains.load[route] = load
    chains.size[route] = place - 1
    chains.changed[route] = chains.tally[CLOCK]
