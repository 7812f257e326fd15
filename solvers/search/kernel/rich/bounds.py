"""What a route says at once of one more visit: arcs, loads, bounds on time.

Nothing undercuts the cost of the arcs but detours that the route makes anyway, over stations and reload depots.
"""

from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.rich.state import Asked, State
from routewright.solvers.search.kernel.walk.rules import (
    BATTERY,
    DISTANCES,
    END,
    GIVEN,
    MATE,
    NONE,
    PER_DISTANCE,
    PLACE,
    START,
    TAKEN,
    TIMES,
    TRIPS,
    Rules,
)


@inlined
def fits(rules: Rules, state: State, s: int, visit: int) -> bool:
    """Whether the sum of loads does not rule a visit out."""
    kind = state.kind[s]
    if rules.sort[kind, TRIPS] > 1:
        return True
    for k in range(rules.capacity.shape[1]):
        room = rules.capacity[kind, k]
        if state.given[s, k] + rules.load[visit, GIVEN, k] > room:
            return False
        if rules.about[visit, MATE] < 0 and state.taken[s, k] + rules.load[visit, TAKEN, k] > room:
            return False
    return True


@inlined
def detour_of(rules: Rules, state: State, s: int) -> float:
    """What the ways of a route over stations and reload depots cost beside its arcs."""
    kind = state.kind[s]
    if rules.sort[kind, TRIPS] == 1 and rules.kind[kind, BATTERY] == NONE:
        return 0.0
    table = rules.distance[rules.sort[kind, DISTANCES]]
    distance = 0.0
    before = rules.sort[kind, START]
    for place in range(state.size[s]):
        node = rules.about[state.seq[s, place], PLACE]
        if node != before:
            distance += table[before, node]
        before = node
    if rules.sort[kind, END] >= 0:
        distance += table[before, rules.sort[kind, END]]
    return rules.kind[kind, PER_DISTANCE] * (state.far[s] - distance)  # type: ignore[no-any-return]


@inlined
def node_before(rules: Rules, state: State, s: int, place: int) -> int:
    """Node before place ``place`` of a route."""
    if place == 0:
        return rules.sort[state.kind[s], START]  # type: ignore[no-any-return]
    return rules.about[state.seq[s, place - 1], PLACE]  # type: ignore[no-any-return]


@inlined
def node_at(rules: Rules, state: State, s: int, place: int) -> int:
    """Node at place ``place`` of a route; -1 past the last stop of an open one."""
    if place == state.size[s]:
        return rules.sort[state.kind[s], END]  # type: ignore[no-any-return]
    return rules.about[state.seq[s, place], PLACE]  # type: ignore[no-any-return]


@inlined
def arcs_cost(rules: Rules, state: State, s: int, place: int, node: int) -> float:
    """What the arcs of a node at ``place`` cost."""
    return rules.kind[state.kind[s], PER_DISTANCE] * longer(rules, state, s, place, node)  # type: ignore[no-any-return]


@inlined
def longer(rules: Rules, state: State, s: int, place: int, node: int) -> float:
    """By how much a node at ``place`` makes a route longer."""
    table = rules.distance[rules.sort[state.kind[s], DISTANCES]]
    before = node_before(rules, state, s, place)
    after = node_at(rules, state, s, place)
    distance = 0.0 if before == node else table[before, node]
    if after >= 0 and after != node:
        distance += table[node, after]
    if after >= 0 and before != after:
        distance -= table[before, after]
    return distance


@inlined
def in_time(rules: Rules, asked: Asked, state: State, s: int, place: int, node: int) -> bool:
    """Whether bounds on time leave room for a node at ``place``."""
    time = rules.time[rules.sort[state.kind[s], TIMES]]
    before = node_before(rules, state, s, place)
    clock = state.leave[s, place]
    if before != node:
        clock += time[before, node] * asked.haste
        if clock > asked.span[node, 1]:
            return False
        clock = max(clock, asked.span[node, 0]) + rules.service[node]
    after = node_at(rules, state, s, place)
    if after >= 0 and after != node:
        clock += time[node, after] * asked.haste
    return clock <= state.latest[s, place + 1]  # type: ignore[no-any-return]


@inlined
def splits(rules: Rules, asked: Asked, state: State, s: int, place: int, node: int) -> bool:
    """Whether a visit at ``place`` would part pieces of a client, its own included."""
    if not asked.limited:
        return False
    size = state.size[s]
    if 0 < place < size:
        here = rules.about[state.seq[s, place - 1], PLACE]
        if here == rules.about[state.seq[s, place], PLACE] and here != node:
            return True
    if node_at(rules, state, s, place) == node or node_before(rules, state, s, place) == node:
        return False
    for i in range(size):  # noqa: SIM110 - numba knows no generators here
        if rules.about[state.seq[s, i], PLACE] == node:
            return True
    return False
