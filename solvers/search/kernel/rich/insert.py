"""Where a unit costs least, of all routes."""

from routewright.solvers.search.kernel.draw import uniform
from routewright.solvers.search.kernel.jit import called, inlined, number
from routewright.solvers.search.kernel.rich.bounds import fits
from routewright.solvers.search.kernel.rich.pairs import pair
from routewright.solvers.search.kernel.rich.single import SKIPPED, single
from routewright.solvers.search.kernel.rich.state import LONGEST, ROUTES, STEP, Asked, State, Walk
from routewright.solvers.search.kernel.walk.rules import NONE, Pool, Rules


@called
def best_route(
    walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, blink: float, unit: int, limit: float
) -> tuple[float, int, int, int]:
    """Cheapest insertion of a unit below ``limit`` into a route that has visits.

    What is known of a route that has not changed since is not sought again. Now and then (``blink``) a better place is
    overlooked, so that the next best one counts.

    Returns:
        (cost, route, place of the first visit, place of the second one, counted before the first is inserted); -1 for
        the route where there is none.
    """
    best = limit
    best_route = -1
    at = -1
    to = -1
    step = state.tally[STEP]
    longest = state.total[LONGEST]
    for r in range(state.tally[ROUTES]):
        route = state.order[r]
        s = state.slot[route]
        if state.size[s] == 0:
            continue
        changed = state.touched_at[route] == step
        known = state.known_at[unit, route]
        banned = number(-1)
        while True:
            if banned < 0 and not changed and known[0] == state.version[route]:
                cost = state.known[unit, route, 0]
                far = state.known[unit, route, 1]
                spot = known[1]
                second = known[2]
            else:
                cost, far, spot, second = _best_place(walk, rules, pool, asked, state, s, unit, best, banned)
                if banned < 0 and not changed and spot != SKIPPED:
                    known[0] = state.version[route]
                    known[1] = spot
                    known[2] = second
                    state.known[unit, route, 0] = cost
                    state.known[unit, route, 1] = far
            if cost < NONE:
                cost += asked.weight * max(0.0, far - longest)
            if cost >= best or banned >= 0 or uniform(state.random) >= blink:
                break
            banned = spot
        if cost < best:
            best = cost
            best_route = route
            at = spot
            to = second
    return best, best_route, at, to


@inlined
def _best_place(
    walk: Walk, rules: Rules, pool: Pool, asked: Asked, state: State, s: int, unit: int, limit: float, banned: int
) -> tuple[float, float, int, int]:
    """Cheapest insertion of a unit into slot s, its first visit not at place ``banned``.

    Nothing is looked for, and SKIPPED returned, where it must cost ``limit`` or more.

    Returns:
        (cost, distance of the route then, place of the first visit, place of the second one, counted before
        the first is inserted), or NONE for the cost.
    """
    first = asked.unit[unit, 0]
    second = asked.unit[unit, 1]
    kind = state.kind[s]
    size = state.size[s]
    room = state.seq.shape[1] - size
    ok = rules.charm[kind, first] < NONE and room >= 2 and fits(rules, state, s, first)
    if second >= 0:
        ok = ok and rules.charm[kind, second] < NONE and fits(rules, state, s, second)
    if not ok:
        return NONE, 0.0, -1, -1
    if second < 0:
        return single(walk, rules, pool, asked, state, s, first, limit, banned)
    return pair(walk, rules, pool, asked, state, s, first, second, limit, banned)
