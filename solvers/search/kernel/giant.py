"""Giant tours: the clients of all routes one after the other, crossed and cut into routes again."""

from routewright.solvers.search.kernel.jit import kernel
from routewright.solvers.search.kernel.model import FAR, Int64, Problem

CROWDED = 1.5
"""No route is cut that carries more than so many capacities."""


@kernel
def cross(one: Int64, other: Int64, first: int, length: int, child: Int64, taken: Int64) -> None:
    """Order crossover: a part of one giant tour, and all other clients in the order of the other.

    Args:
        one: [n] clients.
        other: [n] the same clients.
        first: where the part begins.
        length: how long it is; it may go round the end.
        child: [n] the result.
        taken: [N] scratch space.
    """
    size = one.shape[0]
    for i in range(size):
        taken[one[i]] = 0
    at = first
    for _ in range(length):
        child[at] = one[at]
        taken[one[at]] = 1
        at = at + 1 if at + 1 < size else 0
    come = at
    for _ in range(size):
        client = other[come]
        come = come + 1 if come + 1 < size else 0
        if taken[client] == 0:
            child[at] = client
            at = at + 1 if at + 1 < size else 0


@kernel
def cut(problem: Problem, tour: Int64, price: int, shift: int, cost: Int64, begin: Int64) -> int:
    """Cut a giant tour into routes at the least cost, overload priced (Prins 2004).

    Args:
        problem: what is asked.
        tour: [n] clients.
        price: of a unit of load beyond capacity, times 2**shift.
        shift: of the price.
        cost: [n+1] scratch space.
        begin: [n+1] where the route that ends before each place begins.

    Returns:
        How many routes there are.
    """
    size = tour.shape[0]
    most = int(CROWDED * problem.capacity)
    for i in range(1, size + 1):
        cost[i] = FAR
    cost[0] = 0
    for i in range(size):
        load = 0
        length = problem.cost[0, tour[i]] + 0
        for j in range(i, size):
            load += problem.load[tour[j]]
            if load > most and j > i:
                break
            if j > i:
                length += problem.cost[tour[j - 1], tour[j]]
            whole = cost[i] + length + problem.cost[tour[j], 0]
            whole += (price * max(0, load - problem.capacity)) >> shift
            if whole < cost[j + 1]:
                cost[j + 1] = whole
                begin[j + 1] = i
    routes = 0
    at = size
    while at > 0:
        at = begin[at]
        routes += 1
    return routes
