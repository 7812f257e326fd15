"""Loads along a trip (docs/problem.md, 5 to 7)."""

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.rules import GIVEN, GIVES, HANDED, TAKEN, TAKES, Rules
from routewright.solvers.search.kernel.walk.rules import Int64 as Route


@called
def trip_end(rules: Rules, kind: int, route: Route, first: int, size: int) -> int:
    """Place past the last client of ``route`` that a trip may hold which begins at place ``first``.

    More clients never make room, so that every shorter trip fits too: of each dimension the largest load so
    far and the load at the end suffice, since a later delivery is on board from the start.
    """
    end = size
    for k in range(rules.capacity.shape[1]):
        room = rules.capacity[kind, k]
        most = 0.0
        load = 0.0
        for place in range(first, end):
            visit = route[place]
            load += rules.load[visit, TAKEN, k] - rules.load[visit, HANDED, k]
            most = max(most + rules.load[visit, GIVEN, k], load)
            if most > room:
                end = place
                break
    if rules.classic:
        collecting = False
        for place in range(first, end):
            visit = route[place]
            if collecting and rules.about[visit, GIVES] == 1:
                end = place
                break
            collecting = collecting or rules.about[visit, TAKES] == 1
    return end


@called
def may_end(rules: Rules, route: Route, first: int, last: int) -> bool:
    """Whether the clients at places [first, last) are a whole trip: none leaves the depot for pickups alone."""
    if not rules.classic:
        return True
    collects = False
    for place in range(first, last):
        visit = route[place]
        if rules.about[visit, GIVES] == 1:
            return True
        collects = collects or rules.about[visit, TAKES] == 1
    return not collects
