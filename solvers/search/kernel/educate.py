"""Local search with priced overload: the education of a hybrid genetic search (Vidal 2022, section 3.4).

First improvement over pairs of near clients, then SWAP*, until nothing improves. Costs are symmetric, and capacity is
the only limit. A call takes milliseconds with some hundred clients, tenths of a second with 2,000.
"""

import numpy as np

from routewright.solvers.search.kernel.chains import CLOCK, PRICE, SHIFT, Chains, refresh
from routewright.solvers.search.kernel.educate_moves import improve_pair
from routewright.solvers.search.kernel.educate_swap import swap_between_routes
from routewright.solvers.search.kernel.jit import called, inlined, kernel
from routewright.solvers.search.kernel.model import Int64, Problem


@kernel
def educate(
    problem: Problem,
    chains: Chains,
    order: Int64,
    flat: Int64,
    cuts: Int64,
    price: int,
    shift: int,
    reach: int,
    reach_of_routes: int,
) -> None:
    """Improve routes until no move does.

    Args:
        problem: what is asked.
        chains: scratch space.
        order: [N-1] clients in the order in which they are tested.
        flat: [N-1] clients, route after route; replaced by those of the improved routes.
        cuts: [R+1] how many clients stand before each route; replaced, too. Empty routes have none.
        price: of a unit of load beyond capacity, times 2**shift.
        shift: of the price.
        reach: near clients that each client is paired with.
        reach_of_routes: near clients that make two routes candidates for SWAP*.
    """
    chains.tally[PRICE] = price
    chains.tally[SHIFT] = shift
    _read(problem, chains, flat, cuts)
    turn = 0
    while True:
        before = chains.tally[CLOCK]
        for t in range(order.shape[0]):
            _improve_client(problem, chains, order[t], reach, turn)
        swap_between_routes(problem, chains, reach_of_routes)
        if chains.tally[CLOCK] == before and turn > 0:
            break
        turn += 1
    _write(problem, chains, flat, cuts)


@inlined
def _improve_client(problem: Problem, chains: Chains, u: int, reach: int, turn: int) -> None:
    """Try every move of a client to its near clients; from the second turn on to a route of its own as well."""
    clients = problem.cost.shape[0]
    since = chains.tested[u]
    chains.tested[u] = chains.tally[CLOCK]
    for j in range(1, reach + 2):
        if j <= reach:
            v: int = np.int64(problem.near[u, j])  # type: ignore[assignment]
            if chains.changed[chains.route[u]] <= since and chains.changed[chains.route[v]] <= since:
                continue
        else:
            v = clients + _empty_route(chains)
            if turn == 0 or v < clients:
                break
        for side in range(2):
            if side == 1:
                v = chains.before[v]
            if side == 1 and v < clients:
                break
            a, b = chains.route[u], chains.route[v]
            if improve_pair(problem, chains, u, v):
                chains.tally[CLOCK] += 1
                refresh(problem, chains, a)
                if a != b:
                    refresh(problem, chains, b)
                break
            if v >= clients:
                break


@inlined
def _empty_route(chains: Chains) -> int:
    """A route without clients, -1 for none."""
    for route in range(chains.size.shape[0]):
        if chains.size[route] == 0:
            return route
    return -1


@called
def _read(problem: Problem, chains: Chains, flat: Int64, cuts: Int64) -> None:
    clients = problem.cost.shape[0]
    routes = chains.load.shape[0]
    chains.tally[CLOCK] = 1
    for i in range(clients):
        chains.node[i] = i
        chains.tested[i] = -1
    for route in range(routes):
        here = clients + route
        chains.place[here] = 0
        chains.carried[here] = 0
        chains.node[here] = 0
        chains.node[here + routes] = 0
        chains.matched[route] = -1
        chains.near_route[route] = -1
        for i in range(cuts[route], cuts[route + 1]):
            chains.after[here] = flat[i]
            chains.before[flat[i]] = here
            here = flat[i]
        chains.after[here] = clients + routes + route
        chains.before[clients + routes + route] = here
        for i in range(clients):
            chains.dear_since[route, i] = -1
        refresh(problem, chains, route)


@called
def _write(problem: Problem, chains: Chains, flat: Int64, cuts: Int64) -> None:
    clients = problem.cost.shape[0]
    done = 0
    for route in range(chains.load.shape[0]):
        here = chains.after[clients + route]
        while here < clients:
            flat[done] = here
            done += 1
            here = chains.after[here]
        cuts[route + 1] = done
