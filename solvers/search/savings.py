"""The savings method: from links between clients to routes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.search.kernel import savings
from routewright.solvers.search.kernel.model import Int64

Arcs = Callable[[Int64, Int64], NDArray[np.int64]]

SHAPE = 1.3
"""Weight of the link in a saving (Yellow 1970): above 1 routes lie along the way out rather than around."""
MOST_ENDS = 3_000
"""Ends of routes among which all links are tried in the second round."""


def saving_routes(
    *, near: Int64, arc: Arcs, load: Int64, work: Int64, capacity: int, longest: int, busiest: int, fixed: int = 0
) -> list[list[int]]:
    """Routes of Clarke & Wright 1964 on symmetric costs, the link weighed by ``SHAPE``.

    Links between near clients first, then all links between the ends of the routes so far: where
    clients lie in clusters the near ones alone would leave many short routes.

    Args:
        near: [N-1, M] neighbours of each client, itself first.
        arc: cost between two arrays of nodes, element by element.
        load: [N].
        work: [N] what each client adds to the busy length of a route.
        capacity: largest load of a route.
        longest: largest sum of arc costs.
        busiest: largest sum of arc costs and work.
        fixed: cost of a route beside its arcs.

    Returns:
        Routes without the clients that no route of their own reaches within the limits.
    """
    size = len(load)
    nodes = np.arange(size)
    depot = arc(np.zeros(size, np.int64), nodes)
    link = np.zeros((size, 2), np.int64)
    alone = 2 * depot
    reached = (alone <= longest) & (alone + work <= busiest)
    state = (load.astype(np.int64), alone, work.astype(np.int64), nodes.copy(), link)
    limits = (capacity, longest, busiest)
    first = np.repeat(near[:, 0], near.shape[1] - 1)
    second = near[:, 1:].ravel()
    _join(first, second, arc, depot, fixed, state, limits)
    ends = np.flatnonzero(link[:, 1] == 0)[1:]  # the depot is no client
    if len(ends) <= MOST_ENDS:
        i, j = np.triu_indices(len(ends), 1)
        _join(ends[i], ends[j], arc, depot, fixed, state, limits)
    return [route for route in _walked(link) if len(route) > 1 or reached[route[0]]]


def _join(
    first: Int64,
    second: Int64,
    arc: Arcs,
    depot: Int64,
    fixed: int,
    state: tuple[Int64, Int64, Int64, Int64, Int64],
    limits: tuple[int, int, int],
) -> None:
    cost = arc(first, second)
    pays = cost <= depot[first] + depot[second] + fixed  # always, where the triangle inequality holds
    first, second, cost = first[pays], second[pays], cost[pays]
    order = np.argsort(SHAPE * cost - depot[first] - depot[second], kind="stable")
    savings.join(first[order], second[order], cost[order], depot, *state, *limits)


def _walked(link: Int64) -> list[list[int]]:
    routes = []
    seen = np.zeros(len(link), dtype=bool)
    neighbours = link.tolist()
    for client in range(1, len(link)):
        if seen[client] or neighbours[client][1] != 0:
            continue  # not the end of a path
        path = [client]
        before, here = client, neighbours[client][0]
        while here != 0:
            path.append(here)
            a, b = neighbours[here]
            before, here = here, b if a == before else a
        seen[path] = True
        routes.append(path)
    return routes
