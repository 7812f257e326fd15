"""Pickups: whether a client's load fits on its way.

Where deliveries and pickups share the vehicle, what is on board after a stop is all that is still to be
delivered and all that was picked up. Where pickups come after all deliveries, each must fit by itself.
"""

from routewright.solvers.search.kernel.jit import called, inlined
from routewright.solvers.search.kernel.model import CAPACITY, General, Nodes, Problem


@inlined
def fits_between(problem: Problem, general: General, s: int, client: int, p: int) -> bool:
    """Whether slot s has the room for client after position p, where its sums have."""
    if not general.mixed:
        return True
    capacity = general.limits[general.kind[s], CAPACITY]
    return (  # type: ignore[no-any-return]
        general.most_before[s, p] + problem.load[client] <= capacity
        and general.most_after[s, p] + general.pickup[client] <= capacity
    )


@inlined
def weigh(problem: Problem, general: General, stop: Nodes, s: int, size: int) -> None:
    """Recompute what slot s carries beside deliveries, from its stops."""
    if general.picking:
        _weigh(problem, general, stop, s, size)


@called
def _weigh(problem: Problem, general: General, stop: Nodes, s: int, size: int) -> None:
    picked = 0
    load = 0
    for p in range(1, size + 1):
        load += problem.load[stop[s, p]]
        picked += general.pickup[stop[s, p]]
    general.pickup_spare[s] = general.limits[general.kind[s], CAPACITY] - picked
    if not general.mixed:
        return
    most = load
    general.most_before[s, 0] = most
    for p in range(1, size + 1):
        load += general.pickup[stop[s, p]] - problem.load[stop[s, p]]
        most = max(most, load)
        general.most_before[s, p] = most
    most = load
    general.most_after[s, size] = most
    for p in range(size, 0, -1):
        load += problem.load[stop[s, p]] - general.pickup[stop[s, p]]
        most = max(most, load)
        general.most_after[s, p - 1] = most
