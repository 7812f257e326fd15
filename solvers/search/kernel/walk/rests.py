"""Breaks: at each stop, before or after the service, in the order given (docs/problem.md, 12)."""

import numpy as np

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.labels import spare, twin
from routewright.solvers.search.kernel.walk.pieces import pass_gate
from routewright.solvers.search.kernel.walk.rules import ARRIVED, DUE, REST, RESTS_END, Pool, Rules


@called
def rest(rules: Rules, pool: Pool, kind: int, count: int) -> int:
    """Let the ``count`` labels of ARRIVED take their next breaks here, too. Returns the new count."""
    last = rules.sort[kind, RESTS_END]
    i = 0
    while i < count:
        label = pool.list[ARRIVED, i]
        i += 1
        which = pool.mark[label, REST]
        if which >= last:
            continue
        # Only a break that begins later than one after it can be passed over and the other held.
        for passed in range(2 if rules.rests[which, 3] == 1.0 else 1):
            fresh = twin(pool, label)
            if fresh < 0:
                return count
            pool.mark[fresh, REST] = which + 1
            if passed == 1:
                pool.number[fresh, DUE] = min(pool.number[fresh, DUE], rules.rests[which, 0])
            else:
                earliest = rules.rests[which, 0]
                latest = rules.rests[which, 1]
                pass_gate(
                    pool.piece, pool.pieces, fresh, spare(pool), pool.leg, earliest, latest, rules.rests[which, 2]
                )
            if pool.pieces[fresh] > 0:
                pool.list[ARRIVED, count] = fresh
                count += 1
    return count


@called
def due(rules: Rules, pool: Pool, kind: int, label: int) -> float:
    """When the route must have ended, so that the breaks not held are not needed."""
    latest = pool.number[label, DUE]
    for which in range(pool.mark[label, REST], rules.sort[kind, RESTS_END]):
        latest = min(latest, rules.rests[which, 0])
    return latest - 1e-6 * max(1.0, abs(latest)) if latest < np.inf else np.inf
