"""Clients that follow each other become one client of a smaller model, and routes go there and back.

The one client has the load, the work and the cost of all. Time is joined as in Vidal et al. 2013 (Computers &
Operations Research 40(1), section 4.3), without time warp: whoever arrives in the window of the one client
leaves it at the very moment at which he would leave the last of the many.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.search.flat import joined, split
from routewright.solvers.search.kernel.model import FAR, Int64, Nodes, Problem
from routewright.solvers.search.model import Model, Windows
from routewright.solvers.search.nearness import neighbours

Kept = NDArray[np.bool_]
"""Of each node of a model: whether it stays right before its follower."""


@dataclass(frozen=True)
class Contraction:
    """A smaller model and what its clients stand for.

    Attributes:
        model: the smaller one; its nodes are numbers of the larger one: the first client of each segment.
        parts: clients of each node of the smaller model, as numbers of the larger one; none for the door.
        inside: cost of the arcs inside of segments, which no solution of the smaller model pays.
    """

    model: Model
    parts: list[Int64]
    inside: int

    def contracted(self, flat: Nodes) -> Nodes:
        """The routes that were contracted, or others in which segments are whole, for the smaller model."""
        number = np.zeros(1 + sum(map(len, self.parts)), np.int64)
        for place, part in enumerate(self.parts[1:], start=1):
            number[part[0]] = place
        return joined([[place for place in number[route] if place] for route in split(flat)])

    def expanded(self, flat: Nodes) -> Nodes:
        """Routes of the smaller model, client by client."""
        return joined([np.concatenate([self.parts[number] for number in route]) for route in split(flat)])


def can_contract(model: Model) -> bool:
    """Whether a smaller model can say all that ``model`` does: no kinds of vehicles, one limit on length at most."""
    problem = model.problem
    return model.fleet is None and (problem.longest >= FAR or problem.busiest >= FAR)


def contract(model: Model, flat: Nodes, kept: Kept) -> Contraction:
    """Join clients to their followers.

    Args:
        model: that ``can_contract``.
        flat: feasible routes, each followed by a 0; the clients on none of them stay single.
        kept: which clients are joined to their followers [N], if both must be served; of the last of a route it
            says nothing.
    """
    parts = [np.zeros(0, np.int64), *_segments(model, flat, kept)]
    size = np.array([len(part) for part in parts])
    order = np.concatenate(parts)
    owner = np.repeat(np.arange(len(parts)), size)
    within = owner[1:] == owner[:-1]
    arcs = model.problem.cost[order[:-1], order[1:]].astype(np.int64)
    inside = np.zeros(len(parts), np.int64)
    np.add.at(inside, owner[1:][within], arcs[within])
    ends = np.array([[0, 0], *((part[0], part[-1]) for part in parts[1:])])
    problem = _problem(model.problem, ends, order, owner, inside)
    windows = None if model.windows is None else _windows(model.windows, parts, ends, problem, model.problem)
    smaller = Model(problem, model.nodes[ends[:, 0]], windows, model.price, model.scale)
    return Contraction(smaller, parts, int(inside.sum()))


def _segments(model: Model, flat: Nodes, kept: Kept) -> list[Int64]:
    """In the order of their first clients: as neighbours have near numbers, they stay close in memory."""
    clients = flat.astype(np.int64)
    joins = model.problem.prize >= FAR  # one that may be left out stays single: the arcs around it may be saved
    joins[0] = False
    begins = np.ones(len(clients), np.bool_)
    begins[1:] = ~(kept & joins)[clients[:-1]] | ~joins[clients[1:]]
    pieces = [part for part in np.split(clients, np.flatnonzero(begins)) if len(part) and part[0]]
    left_out = np.setdiff1d(np.arange(1, model.n_nodes), clients)
    return sorted([*pieces, *left_out[:, None]], key=lambda part: int(part[0]))


def _problem(whole: Problem, ends: Int64, order: Int64, owner: Int64, inside: Int64) -> Problem:
    """What is driven inside a segment is work, not cost: recreate gives up the earlier the less cost is to come."""

    def summed(values: Int64) -> Int64:
        found = np.zeros(len(ends), np.int64)
        np.add.at(found, owner, values[order])
        return found

    cost = whole.cost[ends[:, 1][:, None], ends[:, 0][None, :]]
    by_length = whole.longest < FAR
    return whole._replace(
        cost=cost,
        cost_in=np.ascontiguousarray(cost.T),
        near=neighbours(cost + cost.T),
        load=summed(whole.load),
        work=inside if by_length else inside + summed(whole.work),
        prize=whole.prize[ends[:, 0]],
        longest=FAR,
        busiest=whole.longest if by_length else whole.busiest,
        fleet=min(whole.fleet, len(ends) - 1),
    )


def _windows(whole: Windows, parts: list[Int64], ends: Int64, problem: Problem, larger: Problem) -> Windows:
    same = whole.travel is larger.cost  # one matrix fits the processor's cache better than two
    travel = problem.cost if same else whole.travel[ends[:, 1][:, None], ends[:, 0][None, :]]
    opens, closes, lasts = (
        values[ends[:, 0]].astype(np.int64) for values in (whole.opens, whole.closes, whole.service)
    )
    size = np.array([len(part) for part in parts])
    for place in range(1, int(size.max())):
        number = np.flatnonzero(size > place)
        before, here = np.array([parts[n][place - 1 : place + 1] for n in number]).T
        elapsed = lasts[number] + whole.travel[before, here]
        wait = np.maximum(whole.opens[here] - elapsed - closes[number], 0)
        opens[number] = np.maximum(opens[number], whole.opens[here] - elapsed) - wait
        closes[number] = np.minimum(closes[number], whole.closes[here] - elapsed)
        lasts[number] = elapsed + wait + whole.service[here]
    return Windows(
        travel=travel,
        travel_in=problem.cost_in if same else np.ascontiguousarray(travel.T),
        opens=opens.astype(np.int32),
        closes=closes.astype(np.int32),
        service=lasts.astype(np.int32),
        longest=whole.longest,
    )
