"""Sets of clients that fewer vehicles enter than their loads need: rounded capacity cuts (Laporte & Nobert 1983)."""

from math import ceil

from routewright.solvers.exact.kernel.labels import Floats
from routewright.solvers.exact.master import entering
from routewright.solvers.exact.network import Network
from routewright.solvers.exact.program import Row

VIOLATED = 0.02
"""Vehicles too few that are worth a row."""
MOST = 20
"""Rows at a time."""


def violated(network: Network, flow: Floats) -> list[Row]:
    """Rows that a flow breaks, those it breaks most first.

    Sets grow from each client on, by the client to whom most of the flow out of the set leads; so do those that the
    flow connects.

    Args:
        network: whose loads and capacity.
        flow: [n, n] how much each way is taken.
    """
    between = flow + flow.T
    found: dict[frozenset[int], float] = {}
    for first in range(1, network.size):
        _grow(network, flow, between, first, found)
    worst = sorted(found.items(), key=lambda item: -item[1])[:MOST]
    return [Row(entering(sorted(clients), network.size), _least(network, clients)) for clients, _ in worst]


def _grow(network: Network, flow: Floats, between: Floats, first: int, found: dict[frozenset[int], float]) -> None:
    inside = [first]
    into = float(flow[:, first].sum())  # of the flow into the set
    linked = between[first].copy()  # flow between the set and each node
    linked[0] = linked[first] = -1.0
    while True:
        if len(inside) > 1:
            lacking = _least(network, inside) - into
            if lacking > VIOLATED:
                found[frozenset(inside)] = lacking
        node = int(linked.argmax())
        if linked[node] <= 0.0:
            return
        into += float(flow[:, node].sum() - linked[node])
        inside.append(node)
        linked += between[node]
        linked[0] = -1.0
        linked[inside] = -1.0


def _least(network: Network, clients: "list[int] | frozenset[int]") -> int:
    """Vehicles that the loads of clients need."""
    load = float(network.graph.demand[list(clients)].sum())
    return max(1, ceil(round(load / network.graph.capacity, 9)))
