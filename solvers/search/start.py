"""Where a search starts: savings without time windows, greedy insertion with them."""

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.search.kernel import savings
from routewright.solvers.search.kernel.model import FAR
from routewright.solvers.search.model import Model
from routewright.solvers.search.session import Routes, Session

BUILDS = 3
"""Insertion orders are drawn at random; the best of so many is taken."""

Integers = NDArray[np.int64]


def start_routes(model: Model, seed: int) -> Routes:
    """Good feasible routes; clients that found no place are left out."""
    built = _inserted(model, seed)
    if model.windows is None and model.problem.cost is model.problem.cost_in:
        joined = _saved(model)
        if len(joined) <= model.problem.fleet and joined:
            return joined
    return built


def _inserted(model: Model, seed: int) -> Routes:
    best: tuple[int, Routes] | None = None
    for attempt in range(BUILDS):
        session = Session(model, seed * BUILDS + attempt, model.n_nodes - 1, remember=False)
        session.build()
        if best is None or session.best_total < best[0]:
            best = session.best_total, session.best_routes()
    assert best is not None
    return best[1]


def _saved(model: Model) -> Routes:
    problem = model.problem
    n = model.n_nodes
    first = np.repeat(np.arange(1, n), problem.near.shape[1] - 1)
    second = problem.near[1:, 1:].astype(np.int64).ravel()
    depot = problem.cost[0].astype(np.int64)
    arc = problem.cost[first, second].astype(np.int64)
    order = np.argsort(arc - depot[first] - depot[second], kind="stable")
    return saving_routes(
        first[order], second[order], arc[order], depot, problem.load, problem.work, problem.capacity,
        (problem.longest, problem.busiest),
    )  # fmt: skip


def saving_routes(
    first: Integers,
    second: Integers,
    arc: Integers,
    depot: Integers,
    load: Integers,
    work: Integers,
    capacity: int,
    limits: tuple[int, int],
) -> Routes:
    """Routes of the savings method along links sorted by saving.

    Args:
        first: [E] one client of each link.
        second: [E] the other.
        arc: [E] its cost.
        depot: [N] cost between the depot and each client.
        load: [N].
        work: [N] what each client adds to the second limit.
        capacity: largest load of a route.
        limits: largest sum of arc costs, and of arc costs and work. Only one of them may bind.
    """
    longest, busiest = limits
    binding, extra = (busiest, work) if busiest < FAR else (longest, np.zeros_like(work))
    link = np.zeros((len(depot), 2), np.int64)
    own = 2 * depot + extra
    savings.join(first, second, arc, depot, load.copy(), own, np.arange(len(depot)), link, capacity, binding)
    return _walked(link)


def _walked(link: Integers) -> Routes:
    routes = []
    seen = np.zeros(len(link), dtype=bool)
    for client in range(1, len(link)):
        if seen[client] or link[client, 1] != 0:
            continue  # not the end of a path
        path = [client]
        seen[client] = True
        following = int(link[client, 0])
        while following != 0:
            path.append(following)
            seen[following] = True
            a, b = link[following].tolist()
            following = b if a == path[-2] else a
        routes.append(np.array(path))
    return routes
