"""The clock of a route that needs no decision on its way but when to leave."""

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.rules import (
    CLOCK,
    END,
    FIRST,
    LAST,
    LONGEST,
    MAX_DURATION,
    NONE,
    PER_DURATION,
    PER_OVERTIME,
    PLACE,
    SEGMENT,
    SHIFT_END,
    START,
    TIMELESS,
    TIMES,
    Int64,
    Rules,
)
from routewright.solvers.search.kernel.walk.speeds import arrival


@called
def clock_cost(rules: Rules, kind: int, route: Int64, size: int) -> float:
    """What the time of one trip costs: lateness, duration and overtime; NONE where it breaks a limit.

    Args:
        rules: what is asked.
        kind: of the vehicle, whose CLOCK is not PIECES.
        route: visits.
        size: how many.
    """
    mode = rules.sort[kind, CLOCK]
    if mode == TIMELESS:
        return 0.0
    first = rules.kind[kind, FIRST]
    for i in range(size):
        first = max(first, rules.release[route[i]])
    if first > rules.kind[kind, LAST]:
        return NONE
    if mode == SEGMENT:
        return _shortest(rules, kind, route, size, first)
    return _earliest(rules, kind, route, size, first)


@called
def _earliest(rules: Rules, kind: int, route: Int64, size: int, first: float) -> float:
    time = rules.time[rules.sort[kind, TIMES]]
    before = rules.sort[kind, START]
    clock = first
    fee = 0.0
    home = rules.sort[kind, END]
    n_nodes = rules.service.shape[0]
    for i in range(size + 1):
        row = 0
        if i < size:
            row = rules.about[route[i], PLACE]
            if row == before:  # a second piece of the same visit
                continue
            clock = arrival(rules.speeds, clock, time[before, row])
            before = row
        else:
            if home < 0:
                break
            clock = arrival(rules.speeds, clock, time[before, home])
            row = n_nodes + home
        begin = NONE
        last = -NONE
        for w in range(rules.windows.shape[1]):
            closing = rules.windows[row, w, 1]
            last = max(last, closing)
            if clock <= closing:
                begin = min(begin, max(clock, rules.windows[row, w, 0]))
        if begin == NONE:
            if rules.price[row] == NONE:
                return NONE
            fee += rules.price[row] * (clock - last)
            begin = clock
        clock = begin
        if i < size:
            clock += rules.service[row]
    return fee if clock <= rules.kind[kind, SHIFT_END] else NONE


@called
def _shortest(rules: Rules, kind: int, route: Int64, size: int, first: float) -> float:
    """Segments are joined as in Vidal et al. 2013, section 4.3, without time warp."""
    time = rules.time[rules.sort[kind, TIMES]]
    before = rules.sort[kind, START]
    home = rules.sort[kind, END]
    n_nodes = rules.service.shape[0]
    duration = 0.0
    earliest = first
    latest = rules.kind[kind, LAST]
    for i in range(size + 1):
        row = 0
        if i < size:
            row = rules.about[route[i], PLACE]
            if row == before:
                continue
            elapsed = duration + time[before, row]
            before = row
        else:
            if home < 0:
                break
            elapsed = duration + time[before, home]
            row = n_nodes + home
        opening = rules.windows[row, 0, 0]
        closing = rules.windows[row, 0, 1]
        if earliest + elapsed > closing:
            return NONE
        wait = max(opening - elapsed - latest, 0.0)
        earliest = max(earliest, opening - elapsed) - wait
        latest = min(latest, closing - elapsed)
        duration = elapsed + wait
        if i < size:
            duration += rules.service[row]
    if earliest + duration > rules.kind[kind, SHIFT_END] or duration > rules.kind[kind, LONGEST]:
        return NONE
    over = max(0.0, duration - rules.kind[kind, MAX_DURATION])
    fee = rules.kind[kind, PER_DURATION] * duration
    return fee + rules.kind[kind, PER_OVERTIME] * over if over > 0.0 else fee  # type: ignore[no-any-return]
