"""The moves between a client u and a near client v, or the end before it: the first that improves is made.

Names in the moves: a, u, x follow each other, and b, v, y. Costs are symmetric.
"""

from routewright.solvers.search.kernel.chains import Chains, exchange_places, join, penalty, put_after, strain
from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.model import Problem


@inlined
def improve_pair(problem: Problem, chains: Chains, u: int, v: int) -> bool:
    """Make the first improving move of u and v, if there is one; routes are to be refreshed then."""
    clients = problem.cost.shape[0]
    one = chains.route[u]
    other = chains.route[v]
    slack = 0
    if one != other:  # a move may cost as much as the overload that it can take away
        slack = penalty(problem, chains, chains.load[one]) + penalty(problem, chains, chains.load[other])
    if _relocate(problem, chains, u, v, slack):
        return True
    if v < clients and _swap(problem, chains, u, v, slack):
        return True
    if one == other:
        return v < clients and _reverse(problem, chains, u, v)
    return _cross(problem, chains, u, v, slack)


@inlined
def _relocate(problem: Problem, chains: Chains, u: int, v: int, slack: int) -> bool:
    """Let u follow v, alone or with x, straight or turned."""
    clients = problem.cost.shape[0]
    cost = problem.cost
    a, x, y = chains.before[u], chains.after[u], chains.after[v]
    if v == a or u == y:
        return False
    n_a, n_x, n_v, n_y = chains.node[a], chains.node[x], chains.node[v], chains.node[y]
    one, other = chains.route[u], chains.route[v]
    open_v = cost[n_v, n_y] + cost[n_a, u]
    gain = cost[n_a, n_x] - cost[u, n_x] + cost[n_v, u] + cost[u, n_y] - open_v
    if gain < slack:
        if one != other:
            gain += strain(problem, chains, other, one, problem.load[u])
        if gain < 0:
            put_after(chains, u, v)
            return True
    if x >= clients or v == x:
        return False
    n_z = chains.node[chains.after[x]]
    base = cost[n_a, n_z] - cost[x, n_z] - open_v
    straight = base + cost[n_v, u] + cost[x, n_y]
    turned = base + cost[n_v, x] + cost[u, n_y]
    if min(straight, turned) >= slack:
        return False
    more = 0
    if one != other:
        more = strain(problem, chains, other, one, problem.load[u] + problem.load[x])
    if straight + more < 0:
        put_after(chains, u, v)
        put_after(chains, x, u)
        return True
    if turned + more < 0:
        put_after(chains, x, v)
        put_after(chains, u, x)
        return True
    return False


@inlined
def _swap(problem: Problem, chains: Chains, u: int, v: int, slack: int) -> bool:
    """Exchange u with v, u and x with v, or u and x with v and y."""
    clients = problem.cost.shape[0]
    cost = problem.cost
    a, x, b, y = chains.before[u], chains.after[u], chains.before[v], chains.after[v]
    if v == a or u == b:
        return False
    n_a, n_x, n_b, n_y = chains.node[a], chains.node[x], chains.node[b], chains.node[y]
    one, other = chains.route[u], chains.route[v]
    base = cost[n_a, v] - cost[n_a, u] + cost[n_b, u] - cost[n_b, v]
    if u < v:
        gain = base + cost[v, n_x] - cost[u, n_x] + cost[u, n_y] - cost[v, n_y]
        if gain < slack:
            if one != other:
                gain += strain(problem, chains, other, one, problem.load[u] - problem.load[v])
            if gain < 0:
                exchange_places(chains, u, v)
                return True
    if x >= clients or x in (b, v):
        return False
    n_z = chains.node[chains.after[x]]
    base -= cost[x, n_z]
    gain = base + cost[v, n_z] + cost[x, n_y] - cost[v, n_y]
    if gain < slack:
        if one != other:
            gain += strain(problem, chains, other, one, problem.load[u] + problem.load[x] - problem.load[v])
        if gain < 0:
            exchange_places(chains, u, v)
            put_after(chains, x, u)
            return True
    if u > v or y >= clients or y == a:
        return False
    w = chains.after[y]
    n_w = chains.node[w]
    gain = base + cost[y, n_z] + cost[x, n_w] - cost[y, n_w]
    if gain < slack:
        if one != other:
            gone = problem.load[u] + problem.load[x] - problem.load[v] - problem.load[y]
            gain += strain(problem, chains, other, one, gone)
        if gain < 0:
            z = chains.after[x]
            join(chains, a, v)
            join(chains, y, z)
            join(chains, b, u)
            join(chains, x, w)
            return True
    return False


@inlined
def _reverse(problem: Problem, chains: Chains, u: int, v: int) -> bool:
    """Turn the part from x to v round, where v comes later on the same route."""
    x, y = chains.after[u], chains.after[v]
    if chains.place[u] >= chains.place[v] or x == v:
        return False
    n_x, n_y = chains.node[x], chains.node[y]
    if problem.cost[u, v] + problem.cost[n_x, n_y] >= problem.cost[u, n_x] + problem.cost[v, n_y]:
        return False
    _turn(chains, x, v, u, y)
    return True


@inlined
def _turn(chains: Chains, first: int, last: int, head: int, tail: int) -> None:
    """Put the chain from first to last, turned round, between head and tail."""
    here = first
    behind = tail
    while True:
        following = chains.after[here]
        join(chains, here, behind)
        behind = here
        if here == last:
            break
        here = following
    join(chains, head, last)


@inlined
def _cross(problem: Problem, chains: Chains, u: int, v: int, slack: int) -> bool:
    """Exchange what follows u and v on two routes: heads with tails, or heads with heads (2-opt*)."""
    clients = problem.cost.shape[0]
    cost = problem.cost
    one, other = chains.route[u], chains.route[v]
    x, y = chains.after[u], chains.after[v]
    n_x, n_v, n_y = chains.node[x], chains.node[v], chains.node[y]
    last_one, last_other = clients + chains.load.shape[0] + one, clients + chains.load.shape[0] + other
    head_one, head_other = chains.carried[u], chains.carried[v]
    gone = cost[u, n_x] + cost[n_v, n_y]
    gain = cost[u, n_y] + cost[n_v, n_x] - gone
    if gain < slack:
        more = chains.load[other] - head_other - chains.load[one] + head_one
        if gain + strain(problem, chains, one, other, more) < 0:
            end_one, end_other = chains.before[last_one], chains.before[last_other]
            join(chains, u, y if y < clients else last_one)
            join(chains, v, x if x < clients else last_other)
            if y < clients:
                join(chains, end_other, last_one)
            if x < clients:
                join(chains, end_one, last_other)
            return True
    gain = cost[u, n_v] + cost[n_x, n_y] - gone
    if gain < slack:
        more = head_other - chains.load[one] + head_one
        if gain + strain(problem, chains, one, other, more) < 0:
            start_other = clients + other
            first_other, end_one = chains.after[start_other], chains.before[last_one]
            if v < clients:
                _turn(chains, first_other, v, u, last_one)
            else:
                join(chains, u, last_one)
            if x < clients:
                _turn(chains, x, end_one, start_other, y)
            else:
                join(chains, start_other, y)
            return True
    return False
