"""Batteries along a way (docs/problem.md, 14 and 15).

Where the clock is a point and windows are single and hard, how much to charge is decided afterwards: what
turns out to be missing was taken at the last station, at the price of everything since then being later.
ENERGY is what is there without delay, waiting times included; each unit beyond, up to MOST, delays by RECHARGE
(Desaulniers, Errico, Irnich & Schneider 2016, partial recharges). Elsewhere the amounts are tried that
some later point of the way asks for.
"""

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.pieces import delay
from routewright.solvers.search.kernel.walk.rules import (
    CHARGED,
    DISTANCES,
    END,
    ENERGY,
    LAZY,
    MOST,
    OFFSET,
    PLACE,
    RECHARGE,
    SLACK,
    USE,
    Pool,
    Rules,
)


@called
def left_over(rules: Rules, pool: Pool, kind: int, label: int, distance: float) -> float:
    """Energy that could be left after ``distance``, negative if it does not suffice."""
    left = pool.number[label, MOST] - rules.kind[kind, USE] * distance
    return 0.0 if -rules.kind[kind, SLACK] <= left < 0.0 else left


@called
def spend(rules: Rules, pool: Pool, kind: int, label: int, distance: float) -> None:
    """Tell a label that it has driven ``distance``, for which the energy suffices."""
    left = left_over(rules, pool, kind, label, distance)
    energy = pool.number[label, ENERGY] - rules.kind[kind, USE] * distance
    pool.number[label, MOST] = left
    if energy < 0.0:
        missing = min(-energy, left - energy)
        if rules.sort[kind, LAZY] == 1 and missing > rules.kind[kind, SLACK]:
            pool.number[label, CHARGED] += missing
            delay(pool.piece, pool.pieces, label, missing * rules.kind[kind, RECHARGE])
        energy = 0.0
    pool.number[label, ENERGY] = min(energy, left)


@called
def charge_in_time(rules: Rules, pool: Pool, kind: int, label: int, row: int) -> None:
    """What the window of a node means for charging before it: waiting is free, the closing limits it."""
    rate = rules.kind[kind, RECHARGE]
    if rules.sort[kind, LAZY] == 0 or rate == 0.0 or pool.pieces[label] == 0:
        return
    clock = pool.piece[label, 0, OFFSET]
    numbers = pool.number[label]
    room = (rules.windows[row, 0, 1] - clock) / rate
    if room < numbers[MOST] - numbers[ENERGY]:
        numbers[MOST] = numbers[ENERGY] + room
    free = min((rules.windows[row, 0, 0] - clock) / rate, numbers[MOST] - numbers[ENERGY])
    if free > 0.0:
        numbers[ENERGY] += free
        numbers[CHARGED] += free


@called
def fill(rules: Rules, pool: Pool, kind: int, label: int, energy: float) -> None:
    """Leave a station with that much energy, which takes its time."""
    missing = max(0.0, energy - pool.number[label, ENERGY])
    pool.number[label, CHARGED] = missing
    pool.number[label, ENERGY] += missing
    pool.number[label, MOST] = pool.number[label, ENERGY]
    delay(pool.piece, pool.pieces, label, missing * rules.kind[kind, RECHARGE])


@called
def measure(rules: Rules, pool: Pool, kind: int, size: int) -> None:
    """Fill ``pool.ahead``."""
    table = rules.distance[rules.sort[kind, DISTANCES]]
    after = rules.sort[kind, END]
    distance = 0.0
    pool.ahead[size] = 0.0
    for place in range(size - 1, -1, -1):
        node = rules.about[pool.route[place], PLACE]
        if after >= 0 and after != node:
            distance += table[node, after]
        pool.ahead[place] = distance
        after = node


@called
def lies_ahead(rules: Rules, pool: Pool, kind: int, at: int, place: int, size: int) -> float:
    """Distance from node ``at`` over the clients from ``place`` on to the end, not counting detours."""
    to = rules.sort[kind, END]
    if place < size:
        to = rules.about[pool.route[place], PLACE]
    if to < 0 or to == at:
        return pool.ahead[place]  # type: ignore[no-any-return]
    return rules.distance[rules.sort[kind, DISTANCES], at, to] + pool.ahead[place]  # type: ignore[no-any-return]
