"""Polish: local search that makes feasible routes a local optimum of the classical moves."""

import numpy as np

from routewright.solvers.search.arrays import whole
from routewright.solvers.search.flat import Routes
from routewright.solvers.search.kernel.cheapest import PLACES
from routewright.solvers.search.kernel.model import Times
from routewright.solvers.search.kernel.polish_descent import descend
from routewright.solvers.search.kernel.polish_tours import COUNTS, PIECES, SPARE_SLOTS, Tours
from routewright.solvers.search.model import Model

REACH = 25
"""Near clients that each client is paired with."""
NEAR_ROUTES = 10
"""Near clients that make two routes candidates for SWAP*."""
MOVES = np.array(
    [
        (1, 0, 0), (0, 0, 0), (0, 0, 1), (1, 1, 0), (2, 0, 0), (2, 0, 1), (3, 0, 0), (3, 0, 1),
        (2, 1, 0), (2, 1, 1), (1, 2, 0), (2, 2, 0), (2, 2, 1),
    ],
    dtype=np.int64,
)  # fmt: skip
"""Relocate 1 to 3, 2-opt*, 2-opt, swap up to 2-2, straight and reversed: see ``kernel.polish_moves``."""


def polish(model: Model, routes: Routes, seed: int = 0) -> Routes:
    """Improve feasible routes until no move does.

    The moves: relocate one to three clients and swap up to two for two, straight or reversed;
    2-opt, 2-opt* and SWAP*. A client is tried beside its nearest ``REACH`` clients and the depots
    next to those, and alone on a route of its own. Unserved clients stay unserved.

    Args:
        model: what is asked.
        routes: feasible; they are left as they are.
        seed: of the order in which clients are tried.

    Returns:
        Routes that cost no more; none of them empty.
    """
    used = [route for route in routes if len(route)]
    found = _polished(model, used, seed)
    # The one empty route was opened: there was none left for another client.
    while len(used) < len(found) < model.problem.fleet:
        used, found = list(found), _polished(model, found, seed)
    return found


def _polished(model: Model, used: Routes, seed: int) -> Routes:
    n_routes = min(model.problem.fleet, len(used) + 1)
    tours, times = _scratch(model, n_routes, seed)
    for row, route in enumerate(used):
        tours.size[row] = len(route)
        tours.stop[row, 1 : len(route) + 1] = route
    reach = model.problem.near.shape[1]
    saved = descend(model.problem, tours, times, MOVES, min(REACH + 1, reach), min(NEAR_ROUTES + 1, reach))
    if saved < 0:  # within the judge's tolerance, but beyond the half of it that whole units allow
        return used
    rows = tours.slot[:n_routes]
    return [tours.stop[row, 1 : size + 1].copy() for row, size in zip(rows, tours.size[rows], strict=True) if size]


def _scratch(model: Model, n_routes: int, seed: int) -> tuple[Tours, Times | None]:
    nodes = model.n_nodes
    slots = n_routes + SPARE_SLOTS
    width = model.most_clients + 3

    tours = Tours(
        stop=np.zeros((slots, width), np.uint16),
        ahead=whole(slots, width),
        back=whole(slots, width),
        loaded=whole(slots, width),
        size=whole(slots),
        slot=whole(slots),
        changed=whole(n_routes),
        tested=whole(nodes),
        matched=whole(n_routes),
        route_of=whole(nodes),
        place=whole(nodes),
        order=1 + np.random.default_rng(seed).permutation(nodes - 1),
        plan=whole(PIECES, 4),
        relief=whole(2, width),
        dear=whole(2, width, PLACES),
        dear_at=whole(2, width, PLACES),
        near_route=whole(n_routes),
        tally=whole(COUNTS),
    )
    return tours, None if model.windows is None else model.windows.beside(slots, width)
