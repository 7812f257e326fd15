"""Starts for fleets of several kinds: as far as they go, vehicles of one kind for everybody.

The kind that is cheapest for one client is often too small or too large for the routes of a good solution, and routes
full of clients change their kind but slowly later.
"""

from dataclasses import replace

import numpy as np

from routewright.solvers.search.flat import Routes, joined
from routewright.solvers.search.kernel.model import BUSIEST, CAPACITY, COUNT, END, FAR, FIXED, LONGEST, START, Nodes
from routewright.solvers.search.model import Fleet, Model
from routewright.solvers.search.nearness import neighbours
from routewright.solvers.search.session import Session

MOST = 6
"""Kinds that are tried, the largest ones."""


def kinds_to_try(model: Model) -> list[int]:
    """Kinds of vehicles that a start may be made with, the largest first; none where they leave from several places."""
    if model.fleet is None or len(model.fleet.limits) == 1 or model.fleet.grouped:
        return []
    out = model.problem.cost[model.fleet.doors[:, START], model.first :]
    if (out != out[0]).any():
        return []
    order = np.argsort(-model.fleet.limits[:, CAPACITY], kind="stable")
    return [int(kind) for kind in order[:MOST]]


def build_with(session: Session, kind: int) -> None:
    """Insert whom vehicles of one kind can serve."""
    assert session.general is not None
    counts = session.general.limits[:, COUNT]
    known = counts.copy()
    counts[np.arange(len(counts)) != kind] = 0
    session.build()
    counts[:] = known


def alone(model: Model, kind: int) -> Model | None:
    """The same clients for as many vehicles of one kind as they need, one door and no time: of the family capacity.

    None where that says too little of the instance.
    """
    fleet, problem = model.fleet, model.problem
    assert fleet is not None
    start, end = int(fleet.doors[kind, START]), int(fleet.doors[kind, END])
    clients = np.arange(problem.first, len(problem.load))
    nodes = np.concatenate([[start], clients])
    cost = np.ascontiguousarray(problem.cost[np.ix_(nodes, nodes)])
    there_and_back = np.array_equal(problem.cost[start, clients], problem.cost[clients, end])
    if fleet.timed or fleet.picking or fleet.charm[kind].any() or not there_and_back or (cost != cost.T).any():
        return None
    if (fleet.alone[kind, clients] == FAR).any():
        return None
    limits = fleet.limits[kind]
    return replace(
        model,
        problem=problem._replace(
            cost=cost,
            cost_in=cost,
            near=neighbours(cost),
            load=problem.load[nodes],
            work=problem.work[nodes],
            prize=problem.prize[nodes],
            capacity=int(limits[CAPACITY]),
            longest=int(limits[LONGEST]),
            busiest=int(limits[BUSIEST]),
            fixed=int(limits[FIXED] // fleet.rate[kind]),
            fleet=len(clients),
            first=1,
        ),
        nodes=model.nodes[nodes],
        windows=None,
        fleet=None,
    )


def on_vehicles(fleet: Fleet, first: int, kind: int, routes: Routes) -> Nodes:
    """Routes of ``alone`` as those of the model, the fullest where there are not enough vehicles."""
    kept = sorted(routes, key=len, reverse=True)[: int(fleet.limits[kind, COUNT])]
    return joined([[int(client) - 1 + first for client in route] for route in kept], [kind] * len(kept))
