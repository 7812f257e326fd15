"""Charging stations: how much to take (docs/problem.md, 15)."""

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.energy import fill, lies_ahead
from routewright.solvers.search.kernel.walk.labels import twin
from routewright.solvers.search.kernel.walk.rules import (
    ARRIVED,
    AT,
    BATTERY,
    CHARGE,
    CHARGED,
    DISTANCES,
    END,
    ENERGY,
    LAZY,
    MOST,
    PLACE,
    RECHARGE,
    RELOADS,
    RELOADS_END,
    SHORTCUT,
    STATIONS,
    USE,
    Pool,
    Rules,
)

CHAIN = 3
"""Stations one after another at most."""


@called
def charge(rules: Rules, pool: Pool, kind: int, count: int, place: int, size: int) -> int:
    """Let the ``count`` labels of ARRIVED, at a station before the client at ``place``, charge.

    Returns how many there are then: one for each amount worth trying.
    """
    whole = rules.kind[kind, BATTERY]
    for i in range(count):
        label = pool.list[ARRIVED, i]
        pool.mark[label, STATIONS] += 1
        pool.number[label, CHARGE] = pool.number[label, CHARGED]
        pool.number[label, CHARGED] = 0.0
    if rules.sort[kind, LAZY] == 1:
        for i in range(count):
            label = pool.list[ARRIVED, i]
            pool.number[label, MOST] = whole
            if rules.kind[kind, RECHARGE] == 0.0:
                fill(rules, pool, kind, label, whole)
        return count
    charged = count
    for i in range(count):
        label = pool.list[ARRIVED, i]
        charged = _amounts(rules, pool, kind, label, charged, place, size)
        if rules.sort[kind, SHORTCUT] == 0:
            fill(rules, pool, kind, label, whole)
    return charged


@called
def _amounts(rules: Rules, pool: Pool, kind: int, label: int, count: int, place: int, size: int) -> int:
    """Add labels to ARRIVED that take just enough to pass some clients and to reach a station or a depot then."""
    whole = rules.kind[kind, BATTERY]
    home = rules.sort[kind, END]
    table = rules.distance[rules.sort[kind, DISTANCES]]
    stations = rules.stations.shape[1]
    depots = rules.sort[kind, RELOADS_END] - rules.sort[kind, RELOADS]
    for last in range(place, size + 1):
        passed = 0.0
        at = pool.mark[label, AT]
        if last > place:
            passed = lies_ahead(rules, pool, kind, at, place, size) - pool.ahead[last - 1]
            passed *= rules.kind[kind, USE]
            at = rules.about[pool.route[last - 1], PLACE]
        for goal in range(stations + depots + 2):
            wanted = passed
            if goal < stations:
                wanted += rules.kind[kind, USE] * table[at, rules.stations[at, goal]]
            elif goal < stations + depots:
                wanted += rules.kind[kind, USE] * table[at, rules.depots[rules.sort[kind, RELOADS] + goal - stations]]
            elif goal == stations + depots:
                if last < size:
                    continue
                if home >= 0:
                    wanted += rules.kind[kind, USE] * table[at, home]
            else:
                if last < size or rules.sort[kind, SHORTCUT] == 0:
                    continue
                wanted = whole
            if pool.number[label, ENERGY] < wanted <= whole and (wanted < whole or goal > stations + depots):
                fresh = twin(pool, label)
                if fresh < 0:
                    return count
                fill(rules, pool, kind, fresh, wanted)
                pool.list[ARRIVED, count] = fresh
                count += 1
    return count
