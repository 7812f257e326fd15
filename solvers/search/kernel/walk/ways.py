"""All ways along a sequence that needs decisions on its way, by labels from client to client."""

import numpy as np

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.ends import end_cost
from routewright.solvers.search.kernel.walk.energy import lies_ahead, measure
from routewright.solvers.search.kernel.walk.labels import add, drive, drop, new_label
from routewright.solvers.search.kernel.walk.loads import may_end
from routewright.solvers.search.kernel.walk.rests import rest
from routewright.solvers.search.kernel.walk.rules import (
    ARRIVED,
    AT,
    BATTERY,
    BEFORE,
    BEST,
    CHARGE,
    CHARGED,
    CHARGING,
    CLOCK,
    DISTANCE,
    DISTANCES,
    DUE,
    END,
    ENERGY,
    EVENT,
    FEE,
    FEE_RATE,
    FIRST,
    FREE,
    GAP,
    HIGH,
    LAST,
    LEAVE,
    LOW,
    MATE,
    MONEY,
    MOST,
    NEXT,
    NONE,
    OFFSET,
    PER_DISTANCE,
    PLACE,
    RATE,
    REACH,
    RELOADING,
    RELOADS,
    RELOADS_END,
    REST,
    RESTS,
    RETURN,
    SECOND,
    SEGMENT,
    SHORTCUT,
    SINCE,
    START,
    STATIONS,
    TRIP,
    TRIPS,
    USE,
    USEFUL,
    VISIT,
    Pool,
    Rules,
)
from routewright.solvers.search.kernel.walk.stations import CHAIN, charge
from routewright.solvers.search.kernel.walk.stops import enter
from routewright.solvers.search.kernel.walk.trips import begin_trips


@called
def best_way(rules: Rules, pool: Pool, kind: int, size: int, limit: float) -> tuple[float, float]:
    """Least cost of the clock and of the way, and the distance of that way; NONE where there is no way.

    Every label at a client goes on to the next one, directly or over stations and reload depots, which make
    labels of the same gap. Each kind of stop is written once, since the compiler copies what is called twice.

    Args:
        rules: what is asked.
        pool: with the visits in ``route``; the label of the best end is left in ``tally[BEST]``.
        kind: of the vehicle.
        size: visits.
        limit: cost from which on the way is of no interest.
    """
    measure(rules, pool, kind, size)
    per = rules.kind[kind, PER_DISTANCE]
    home = rules.sort[kind, END]
    n_nodes = rules.service.shape[0]
    depots = rules.sort[kind, RELOADS_END] - rules.sort[kind, RELOADS]
    near = rules.stations.shape[1]
    best = NONE
    open_pairs = 0
    for place in range(size):
        pool.reach[place] = -1
    _depart(rules, pool, kind)
    # The departure is a stop without a client before it: breaks, then the first trip.
    gap = 0
    ways = 1
    for place in range(-1, size + 1):
        to = -1
        row = -1
        service = 0.0
        goal = RETURN
        if 0 <= place < size:
            to = rules.about[pool.route[place], PLACE]
            row = to
            service = rules.service[to]
            goal = VISIT
            if place > 0 and rules.about[pool.route[place - 1], PLACE] == to:  # a second piece of the same visit
                gap = _stay(pool, gap, place)
                continue
        elif place == size and home >= 0:
            to = home
            row = n_nodes + home
        next_ways = 0
        w = 0
        while w < ways if place < 0 else w < gap:
            label = pool.list[GAP, w]
            w += 1
            stations = 0
            reloads = 0
            if place >= 0:
                stations, reloads = _detours(rules, pool, kind, label, place, size, open_pairs, depots)
            for option in range(stations + reloads + 1):
                node = to
                event = goal
                node_row = row
                node_service = service
                if option < stations:
                    node = rules.stations[pool.mark[label, AT] if option < near else to, option % near]
                    event = CHARGING
                    node_row = node
                    node_service = 0.0
                elif option < stations + reloads:
                    node = rules.depots[rules.sort[kind, RELOADS] + option - stations]
                    event = RELOADING
                    node_row = node
                    node_service = rules.service[node]
                elif (event == VISIT and pool.mark[label, REACH] <= place) or (
                    event == RETURN and place == size and not may_end(rules, pool.route, pool.mark[label, SINCE], size)
                ):
                    continue
                count = 1
                if place < 0:
                    event = LEAVE
                    pool.list[ARRIVED, 0] = label
                elif node < 0:
                    pool.list[ARRIVED, 0] = label
                else:
                    if node == pool.mark[label, AT]:
                        continue
                    if per > 0.0 and event != RETURN:
                        # The label's way so far, the one to the node, and from there straight to the end.
                        way = rules.distance[rules.sort[kind, DISTANCES], pool.mark[label, AT], node]
                        if event == VISIT:
                            way += pool.ahead[place]
                        else:
                            way += lies_ahead(rules, pool, kind, node, place, size)
                        if pool.number[label, MONEY] + per * way >= limit:
                            continue
                    fresh = drive(rules, pool, kind, label, node, event)
                    if fresh < 0:
                        continue
                    count = enter(rules, pool, kind, fresh, node_row, node_service, event != RETURN)
                if event == CHARGING:
                    count = charge(rules, pool, kind, count, place, size)
                for step in range(2):
                    # At the start depot breaks come after the departure, at a reload before it.
                    if step == (1 if event == LEAVE else 0):
                        if event != RETURN:
                            count = rest(rules, pool, kind, count)
                    elif event == RELOADING or event == LEAVE:  # noqa: SIM109 - as numba likes it
                        count = begin_trips(rules, pool, kind, count, max(place, 0), size)
                for i in range(count):
                    own = pool.list[ARRIVED, i]
                    if event == RETURN:
                        cost = pool.number[own, MONEY] + end_cost(rules, pool, kind, own)
                        if cost < best:
                            best = cost
                            pool.tally[BEST] = own
                            pool.number[own, CHARGE] = pool.number[own, CHARGED]
                        else:
                            drop(pool, own)
                        continue
                    if event == RELOADING:
                        pool.mark[own, TRIP] += 1
                    target = NEXT
                    kept = next_ways
                    settled = 0
                    if event == CHARGING or event == RELOADING:  # noqa: SIM109 - as numba likes it
                        target = GAP
                        kept = gap
                        settled = w
                    elif event == VISIT:
                        pool.mark[own, STATIONS] = 0
                    kept = add(pool, target, kept, own, settled)
                    if target == GAP:
                        gap = kept
                    else:
                        next_ways = kept
        if place == size:
            break
        gap = next_ways
        for i in range(gap):
            pool.list[GAP, i] = pool.list[NEXT, i]
        if gap == 0:
            return NONE, NONE
        if place >= 0 and rules.about[pool.route[place], MATE] >= 0:
            open_pairs += 1 - 2 * rules.about[pool.route[place], SECOND]
    return best, NONE if best == NONE else pool.number[pool.tally[BEST], DISTANCE]


@called
def _depart(rules: Rules, pool: Pool, kind: int) -> None:
    """List the label of leaving the start depot as early as may be, or where duration matters at any time."""
    pool.tally[FREE] = 0
    pool.tally[BEST] = -1
    label = new_label(pool)
    first = rules.kind[kind, FIRST]
    free = rules.sort[kind, CLOCK] >= SEGMENT
    pool.pieces[label] = 1
    piece = pool.piece[label, 0]
    piece[LOW] = first
    piece[HIGH] = max(first, min(rules.kind[kind, USEFUL], rules.kind[kind, LAST])) if free else first
    piece[OFFSET] = 0.0 if free else first
    piece[RATE] = 1.0 if free else 0.0
    piece[FEE] = 0.0
    piece[FEE_RATE] = 0.0
    pool.number[label, :] = 0.0
    pool.number[label, ENERGY] = rules.kind[kind, BATTERY]
    pool.number[label, MOST] = rules.kind[kind, BATTERY]
    pool.number[label, DUE] = np.inf
    pool.mark[label, :] = 0
    pool.mark[label, AT] = rules.sort[kind, START]
    pool.mark[label, BEFORE] = -1
    pool.mark[label, EVENT] = LEAVE
    pool.mark[label, TRIP] = 1
    pool.mark[label, REST] = rules.sort[kind, RESTS]
    pool.list[GAP, 0] = label


@called
def _stay(pool: Pool, gap: int, place: int) -> int:
    """Keep the labels of GAP whose trip holds the client at ``place``; returns how many."""
    kept = 0
    for i in range(gap):
        label = pool.list[GAP, i]
        if pool.mark[label, REACH] > place:
            pool.list[GAP, kept] = label
            kept += 1
    return kept


@called
def _detours(
    rules: Rules, pool: Pool, kind: int, label: int, place: int, size: int, open_pairs: int, depots: int
) -> tuple[int, int]:
    """How many stations, and how many reload depots, the label may go over before the client at ``place``."""
    shortcut = rules.sort[kind, SHORTCUT] == 1
    electric = rules.kind[kind, BATTERY] < np.inf
    stations = 0
    home = rules.sort[kind, END]
    if electric and pool.mark[label, STATIONS] < CHAIN and not (place == size and home < 0):
        needed = rules.kind[kind, USE] * lies_ahead(rules, pool, kind, pool.mark[label, AT], place, size)
        if needed > pool.number[label, ENERGY] or shortcut:
            stations = rules.stations.shape[1]
            if rules.many:
                # Those near the next node, too; one after another only where there is no other way.
                stations *= 2
                to = home if place == size else rules.about[pool.route[place], PLACE]
                way = rules.kind[kind, USE] * rules.distance[rules.sort[kind, DISTANCES], pool.mark[label, AT], to]
                if pool.mark[label, STATIONS] > 0 and way <= pool.number[label, MOST]:
                    stations = 0
    reloads = 0
    # Who can take everyone along, and is not short of energy, has nothing to fetch.
    idle = pool.mark[label, REACH] == size and not electric and not shortcut
    inside = 0 < place < size and pool.mark[label, SINCE] < place and open_pairs == 0
    inside = inside and not idle and pool.mark[label, TRIP] < rules.sort[kind, TRIPS]
    if inside and may_end(rules, pool.route, pool.mark[label, SINCE], place):
        reloads = depots
    return stations, reloads
