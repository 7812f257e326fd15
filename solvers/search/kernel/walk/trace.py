"""What a walk decided: the nodes of the route with reloads, stations and charges."""

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.reloads import trace_reloads
from routewright.solvers.search.kernel.walk.rules import (
    AT,
    BEFORE,
    BEST,
    CHARGE,
    CHARGING,
    EVENT,
    LEAVE,
    PLACE,
    SIMPLE,
    VISIT,
    Floats,
    Int64,
    Pool,
    Rules,
)


@called
def trace(rules: Rules, pool: Pool, kind: int, size: int, nodes: Int64, events: Int64, charges: Floats) -> int:
    """Write what happens on the route that was just walked, last things first; returns how many things.

    Args:
        rules: what is asked.
        pool: as the walk left it.
        kind: of the vehicle.
        size: visits.
        nodes: of each thing.
        events: EVENT of each.
        charges: energy taken there.
    """
    count = 0
    label = pool.tally[BEST]
    if label < 0:  # it had nothing to decide
        for place in range(size - 1, -1, -1):
            nodes[count] = rules.about[pool.route[place], PLACE]
            events[count] = VISIT
            charges[count] = 0.0
            count += 1
        return count
    if rules.sort[kind, SIMPLE] == 1:
        return trace_reloads(rules, pool, size, nodes, events)
    taken = pool.number[label, CHARGE]
    while label >= 0 and pool.mark[label, EVENT] != LEAVE:
        nodes[count] = pool.mark[label, AT]
        events[count] = pool.mark[label, EVENT]
        charges[count] = 0.0
        if events[count] == CHARGING:
            charges[count] = taken
        if events[count] != VISIT:
            taken = pool.number[label, CHARGE]
        count += 1
        label = pool.mark[label, BEFORE]
    return count
