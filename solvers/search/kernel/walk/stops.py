"""What happens at a stop: the way there, breaks, windows, service, breaks."""

import numpy as np

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.energy import charge_in_time
from routewright.solvers.search.kernel.walk.labels import spare
from routewright.solvers.search.kernel.walk.pieces import chain, delay
from routewright.solvers.search.kernel.walk.rests import rest
from routewright.solvers.search.kernel.walk.rules import ARRIVED, BATTERY, Pool, Rules


@called
def enter(rules: Rules, pool: Pool, kind: int, label: int, row: int, service: float, resting: bool) -> int:
    """Serve a label that has arrived, with breaks before the service.

    Args:
        rules: what is asked.
        pool: the labels that are served are listed in ARRIVED.
        kind: of the vehicle.
        label: that has arrived.
        row: of the windows.
        service: time spent.
        resting: whether breaks may be held here; not at the end of the route.

    Returns:
        How many labels there are: one for each number of breaks taken.
    """
    pool.list[ARRIVED, 0] = label
    count = rest(rules, pool, kind, 1) if resting else 1
    kept = 0
    for i in range(count):
        own = pool.list[ARRIVED, i]
        if rules.kind[kind, BATTERY] < np.inf:
            charge_in_time(rules, pool, kind, own, row)
        first = rules.opening_at[row]
        last = rules.opening_at[row + 1]
        chain(pool.piece, pool.pieces, own, spare(pool), rules.opening, first, last)
        if pool.pieces[own] > 0:
            delay(pool.piece, pool.pieces, own, service)
            pool.list[ARRIVED, kept] = own
            kept += 1
    return kept
