"""Where a search starts: savings, or greedy insertion where windows or kinds of vehicles matter; then polish."""

import numpy as np

from routewright.solvers.search.flat import Routes, joined, split
from routewright.solvers.search.kernel.model import Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.polish import polish
from routewright.solvers.search.savings import saving_routes
from routewright.solvers.search.session import Session

BUILDS = 3
"""Insertion orders are drawn at random; the best of so many is taken."""


def start_flat(model: Model, seed: int) -> Nodes:
    """Good feasible routes of any family, the kind of the vehicle after each."""
    return joined(start_routes(model, seed)) if model.fleet is None else inserted(model, seed)


def start_routes(model: Model, seed: int) -> Routes:
    """Good feasible routes of one kind; clients that found no place are left out."""
    return polish(model, constructed_routes(model, seed), seed)


def constructed_routes(model: Model, seed: int) -> Routes:
    """Routes before the polish."""
    problem = model.problem
    if model.windows is None and problem.cost is problem.cost_in:
        routes = saving_routes(
            near=problem.near[1:].astype(np.int64),
            arc=lambda i, j: problem.cost[i, j].astype(np.int64),
            load=problem.load,
            work=problem.work,
            capacity=problem.capacity,
            longest=problem.longest,
            busiest=problem.busiest,
            fixed=problem.fixed,
        )
        if len(routes) <= problem.fleet:
            return routes
    return split(inserted(model, seed))


def inserted(model: Model, seed: int) -> Nodes:
    """Routes of greedy insertion, not polished."""
    best: tuple[int, Nodes] | None = None
    for attempt in range(BUILDS):
        session = Session(model, seed * BUILDS + attempt, model.n_clients, remember=False)
        session.load([])
        session.build()
        if best is None or session.best_total < best[0]:
            best = session.best_total, session.best_flat
    assert best is not None
    return best[1]
