"""Time windows of a route in a slot: earliest departures, latest arrivals, shortest duration."""

from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import NEVER, Nodes, Times


@inlined
def time_forward(times: Times, stop: Nodes, s: int, first: int, last: int) -> None:
    """Recompute earliest departures of positions first..last of slot s from the one before."""
    clock = times.leave[s, first - 1]
    before = stop[s, first - 1]
    for p in range(first, last + 1):
        here = stop[s, p]
        clock = max(clock + times.travel[before, here], times.opens[here]) + times.service[here]
        times.leave[s, p] = clock
        before = here


@inlined
def time_backward(times: Times, stop: Nodes, s: int, last: int) -> None:
    """Recompute latest arrivals of positions last..0 of slot s from the one after."""
    latest = times.latest[s, last + 1]
    after = stop[s, last + 1]
    for p in range(last, -1, -1):
        here = stop[s, p]
        latest = min(times.closes[here], latest - times.travel[here, after] - times.service[here])
        times.latest[s, p] = latest
        after = here


@inlined
def time_insertion(times: Times, stop: Nodes, s: int, p: int, size: int) -> None:
    """Update slot s after a client was put at position p of now ``size`` clients (arrays already shifted)."""
    clock = times.leave[s, p - 1]
    before = stop[s, p - 1]
    for i in range(p, size + 2):
        here = stop[s, i]
        clock = max(clock + times.travel[before, here], times.opens[here]) + times.service[here]
        if i > p and clock == times.leave[s, i]:
            break
        times.leave[s, i] = clock
        before = here
    latest = times.latest[s, p + 1]
    after = stop[s, p + 1]
    for i in range(p, -1, -1):
        here = stop[s, i]
        latest = min(times.closes[here], latest - times.travel[here, after] - times.service[here])
        if i < p and latest == times.latest[s, i]:
            break
        times.latest[s, i] = latest
        after = here


@inlined
def alone_in_time(times: Times, client: int) -> bool:
    """Whether a route of its own, from node 0 and back, serves the client in time."""
    arrival = times.opens[0] + times.travel[0, client]
    finish = max(arrival, times.opens[client]) + times.service[client]
    back = times.travel[client, 0]
    busy = times.travel[0, client] + times.service[client] + back
    return arrival <= times.closes[client] and finish + back <= times.closes[0] and busy <= times.longest  # type: ignore[no-any-return]


@called
def shortest_duration(times: Times, stop: Nodes, s: int, size: int, p: int, client: int) -> int:
    """Time from departure to return of slot s with client after position p, departure free.

    Segments are joined as in Vidal et al. 2013, section 4.3, without time warp: NEVER if late.
    """
    duration = 0
    before = stop[s, 0]
    earliest = times.opens[before]
    latest = times.closes[before]
    for i in range(1, size + 3):
        here = stop[s, i] if i <= p else (client if i == p + 1 else stop[s, i - 1])
        elapsed = duration + times.travel[before, here]
        wait = max(times.opens[here] - elapsed - latest, 0)
        if earliest + elapsed > times.closes[here]:
            return NEVER
        earliest = max(earliest, times.opens[here] - elapsed) - wait
        latest = min(latest, times.closes[here] - elapsed)
        duration = elapsed + wait + times.service[here]
        before = here
    return duration
