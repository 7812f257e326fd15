"""Where a search starts: savings, or greedy insertion where windows or kinds of vehicles matter; then polish."""

from collections.abc import Callable
from functools import partial

import numpy as np

from routewright.solvers.search.flat import Routes, joined, split
from routewright.solvers.search.kernel.model import Nodes, Settings
from routewright.solvers.search.mixed import alone, build_with, kinds_to_try, on_vehicles
from routewright.solvers.search.model import Model
from routewright.solvers.search.polish import polish
from routewright.solvers.search.savings import saving_routes
from routewright.solvers.search.session import Session

AT_ANY_PRICE = Settings(daring=1.0)
"""Clients that need not be served begin on routes: to leave one is easier than to find the others of a new route."""

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
    """Routes of greedy insertion, and of savings for each of several kinds of vehicles; not polished as a whole."""
    ways: list[Callable[[Session], None] | None] = [None] * BUILDS
    if _is_classic(model):
        ways.append(_deliveries_first)
    for kind in kinds_to_try(model):
        ways += [partial(build_with, kind=kind), partial(_save_with, kind=kind, seed=seed)]
    best: tuple[int, Nodes] | None = None
    for attempt, way in enumerate(ways):
        remember = way is not None  # a first build has no routes to remember
        session = Session(model, seed * BUILDS + attempt, model.n_clients, AT_ANY_PRICE, remember=remember)
        session.load([])
        if way is not None:
            way(session)
        session.build()
        if best is None or session.total < best[0]:
            best = session.total, session.current_flat()
    assert best is not None
    return best[1]


def _is_classic(model: Model) -> bool:
    """Whether pickups come after all deliveries, and on routes with deliveries alone."""
    fleet = model.fleet
    return fleet is not None and fleet.picking and not fleet.mixed and bool(model.problem.load.any())


def _deliveries_first(session: Session) -> None:
    """Insert who gets something: who gives finds no place before there are such routes."""
    session.build(np.flatnonzero(session.problem.load).astype(np.uint16))


def _save_with(session: Session, kind: int, seed: int) -> None:
    """Load routes of savings for vehicles of one kind, where that makes sense."""
    model = session.model
    one_kind = alone(model, kind)
    if one_kind is not None:
        assert model.fleet is not None
        session.load_flat(on_vehicles(model.fleet, model.first, kind, start_routes(one_kind, seed)))
