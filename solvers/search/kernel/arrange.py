"""The order in which removed clients are inserted again."""

import numpy as np

from routewright.solvers.search.kernel.draw import below, bits
from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.model import General, Problem, State, Times


@inlined
def arrange(problem: Problem, state: State, times: Times | None, general: General | None, n_removed: int) -> None:
    """Sort ``state.removed`` by a rule drawn at random.

    Random, demand, far and close from the depot have weights 4:4:2:1; time windows add their
    width, opening and closing with 2:2:2 (Christiaens & Vanden Berghe 2020, sections 4.2 and 7).
    """
    removed = state.removed
    key = state.key
    timed = times is not None
    if general is not None:
        timed = general.timed
    rule = below(state.random, 17 if timed else 11)
    for i in range(n_removed):
        client = removed[i]
        if rule < 4:
            key[i] = np.int64(bits(state.random) >> np.uint64(40))
        elif rule < 8:
            key[i] = -problem.load[client]
            if general is not None:
                key[i] -= general.pickup[client]
        elif rule < 11:
            away = np.int64(problem.cost[0, client])
            if general is not None:
                away = general.remote[client]
            key[i] = -away if rule < 10 else away
        elif times is not None:
            if rule < 13:
                key[i] = times.closes[client] - times.opens[client]
            elif rule < 15:
                key[i] = times.opens[client]
            else:
                key[i] = -times.closes[client]
    for i in range(1, n_removed):
        client = removed[i]
        value = key[i]
        j = i - 1
        while j >= 0 and key[j] > value:
            removed[j + 1] = removed[j]
            key[j + 1] = key[j]
            j -= 1
        removed[j + 1] = client
        key[j + 1] = value
