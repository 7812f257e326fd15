"""Where to reload, if that is all that a route decides: time is plain, the earliest departure is the best one.

A trip takes the clients from one place of the sequence up to another and is ready at a depot at some time, having
driven some way: of all ways to get there only those are kept that are earlier or shorter than all others. It finds what
``ways`` finds, many times faster.
"""

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.loads import trip_end
from routewright.solvers.search.kernel.walk.rules import (
    AT,
    BEFORE,
    BEST,
    CAME,
    DISTANCE,
    DISTANCES,
    END,
    FIRST,
    FREE,
    LAST,
    MAX_DISTANCE,
    NONE,
    PER_DISTANCE,
    PLACE,
    READY,
    RELOADING,
    RELOADS,
    RELOADS_END,
    SHIFT_END,
    SINCE,
    START,
    TIMES,
    TRIP,
    TRIPS,
    VISIT,
    Floats,
    Int64,
    Pool,
    Rules,
)


@called
def best_reloads(rules: Rules, pool: Pool, kind: int, size: int, limit: float) -> tuple[float, float]:
    """Cost of the way and its distance; NONE where there is no way, or none below ``limit``.

    The label of the last trip of the best way is left in the pool.

    Args:
        rules: what is asked.
        pool: with the visits in ``route``.
        kind: of the vehicle, SIMPLE.
        size: visits.
        limit: cost from which on the way is of no interest.
    """
    road = rules.distance[rules.sort[kind, DISTANCES]]
    time = rules.time[rules.sort[kind, TIMES]]
    per = rules.kind[kind, PER_DISTANCE]
    longest = rules.kind[kind, MAX_DISTANCE]
    home = rules.sort[kind, END]
    first_depot = rules.sort[kind, RELOADS]
    last_depot = rules.sort[kind, RELOADS_END]
    best = NONE
    for place in range(size):
        pool.reach[place] = -1  # the first way to be ready before this place
    pool.tally[FREE] = 0
    _ready(pool, 0, rules.sort[kind, START], rules.kind[kind, FIRST], 0.0, 0, -1)
    for first in range(size):
        label = pool.reach[first]
        if label < 0:
            continue
        end = trip_end(rules, kind, pool.route, first, size)
        while label >= 0:
            trip = label
            depot = pool.mark[label, AT]
            ready = pool.number[label, READY]
            distance = pool.number[label, DISTANCE]
            trips = pool.mark[label, TRIP] + 1
            label = pool.mark[label, BEFORE]
            leaves = ready
            clock = ready
            at = depot
            for place in range(first, end):
                visit = pool.route[place]
                node = rules.about[visit, PLACE]
                distance += road[at, node]
                begin = place
                if rules.release[visit] > leaves:  # everyone waits for it
                    leaves = rules.release[visit]
                    clock = leaves
                    at = depot
                    begin = first
                late = first == 0 and leaves > rules.kind[kind, LAST]
                for i in range(begin, place + 1):
                    to = rules.about[pool.route[i], PLACE]
                    clock += time[at, to]
                    late = late or clock > rules.windows[to, 0, 1]
                    clock = max(clock, rules.windows[to, 0, 0]) + rules.service[to]
                    at = to
                if late or distance > longest or per * distance >= limit:
                    break
                if place + 1 == size:
                    total = distance + (road[at, home] if home >= 0 else 0.0)
                    if total < best and total <= longest and _ends(rules, kind, clock, time, at, home):
                        best = total
                        pool.tally[BEST] = trip
                    continue
                if trips == rules.sort[kind, TRIPS]:
                    continue
                for row in range(first_depot, last_depot):
                    to = rules.depots[row]
                    arrival = clock + time[at, to]
                    if arrival <= rules.windows[to, 0, 1]:
                        arrival = max(arrival, rules.windows[to, 0, 0]) + rules.service[to]
                        _ready(pool, place + 1, to, arrival, distance + road[at, to], trips, trip)
    cost = per * best
    return (cost, best) if cost < limit else (NONE, NONE)


@called
def _ends(rules: Rules, kind: int, clock: float, time: Floats, at: int, home: int) -> bool:
    """Whether the route is home in time, or an open one ends in time."""
    if home >= 0:
        row = rules.service.shape[0] + home
        clock += time[at, home]
        if clock > rules.windows[row, 0, 1]:
            return False
        clock = max(clock, rules.windows[row, 0, 0])
    return clock <= rules.kind[kind, SHIFT_END]  # type: ignore[no-any-return]


@called
def _ready(pool: Pool, place: int, depot: int, ready: float, distance: float, trips: int, came: int) -> None:
    """Keep a way to be ready before ``place``, unless another is as early, as short and has no more trips.

    Args:
        pool: of labels.
        place: in the sequence.
        depot: where the vehicle is.
        ready: when it may leave.
        distance: driven so far.
        trips: done.
        came: label of the last of them, -1 before the first.
    """
    label = pool.reach[place]
    while label >= 0:
        if (
            pool.mark[label, AT] == depot
            and pool.number[label, READY] <= ready
            and pool.number[label, DISTANCE] <= distance
            and pool.mark[label, TRIP] <= trips
        ):
            return
        label = pool.mark[label, BEFORE]
    label = pool.tally[FREE]
    if label >= pool.mark.shape[0]:
        return
    pool.tally[FREE] = label + 1
    pool.mark[label, AT] = depot
    pool.mark[label, TRIP] = trips
    pool.mark[label, BEFORE] = pool.reach[place]
    pool.mark[label, SINCE] = place
    pool.mark[label, CAME] = came
    pool.number[label, READY] = ready
    pool.number[label, DISTANCE] = distance
    pool.reach[place] = label


@called
def trace_reloads(rules: Rules, pool: Pool, size: int, nodes: Int64, events: Int64) -> int:
    """Write what happens on the best way, last things first; returns how many things."""
    count = 0
    place = size
    label = pool.tally[BEST]
    while label >= 0:
        while place > pool.mark[label, SINCE]:
            place -= 1
            nodes[count] = rules.about[pool.route[place], PLACE]
            events[count] = VISIT
            count += 1
        if pool.mark[label, CAME] >= 0:
            nodes[count] = pool.mark[label, AT]
            events[count] = RELOADING
            count += 1
        label = pool.mark[label, CAME]
    return count
