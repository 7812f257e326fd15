"""Routes that are worth their way at the prices of their clients, found label by label.

A label is a way from the depot to a client. It may come back to a client once it has left all the neighbours that
remember him: ng-routes (Baldacci, Mingozzi & Roberti 2011), which all routes are, so that the cheapest of them is never
dearer than the cheapest route. Labels that another one of their client beats in cost, load, time and memory end there.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.search.kernel.jit import inlined, kernel

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

NEVER = 1e100
"""Reduced cost of a way that may not be taken."""
CLOSE = 1e-9
"""Costs apart by less are equal."""
FULL = -1
"""There was no room for a label."""


class Graph(NamedTuple):
    """Ways and limits; node 0 is the depot, [n] counts it too.

    Attributes:
        demand: [n].
        duration: [n, n] time from the beginning of the service at a node until the arrival at the next one.
        opens: [n]; of the depot, when vehicles leave.
        closes: [n]; of the depot, when they must be back.
        capacity: of a vehicle.
        slot: [n, n] place of a node in the memory of another, -1 where it has none there.
        keep: [n, n, memories] memory at a node that is come to, of a memory at the node that is left.
        by_time: whether labels are sorted by time; by load if not.
        width: of a step in which they are sorted.
    """

    demand: Floats
    duration: Floats
    opens: Floats
    closes: Floats
    capacity: float
    slot: NDArray[np.int8]
    keep: NDArray[np.uint16]
    by_time: bool
    width: float


class Labels(NamedTuple):
    """All labels, in lists for each node and step.

    Attributes:
        node: [L] where it ends.
        cost: [L] reduced.
        load: [L].
        time: [L] at which the service begins.
        memory: [L] bits of clients that must not be visited.
        came: [L] label that it continues, -1 from the depot.
        onward: [L] next label of its list, -1 at the end.
        beaten: [L] whether another one is better in all.
        extended: [L] whether its node was left in all directions.
        head: [n, steps] first label of each list, -1 for none.
        cheapest: [n, steps] lowest cost of each list.
        used: [1] labels so far.
    """

    node: Ints
    cost: Floats
    load: Floats
    time: Floats
    memory: NDArray[np.uint16]
    came: Ints
    onward: Ints
    beaten: NDArray[np.bool_]
    extended: NDArray[np.bool_]
    head: Ints
    cheapest: Floats
    used: Ints


def room_for(labels: int, nodes: int, steps: int) -> Labels:
    """Empty lists."""
    whole = (np.zeros(labels, np.int32) for _ in range(3))
    real = (np.zeros(labels) for _ in range(3))
    node, came, onward = whole
    cost, load, time = real
    return Labels(
        node, cost, load, time, np.zeros(labels, np.uint16), came, onward, np.zeros(labels, np.bool_),
        np.zeros(labels, np.bool_), np.full((nodes, steps), -1, np.int32), np.full((nodes, steps), np.inf),
        np.zeros(1, np.int32),
    )  # fmt: skip


@kernel
def leave(graph: Graph, labels: Labels, reduced: Floats, remembering: bool) -> int:
    """Forget all labels and make those of the first clients; how many there are, or FULL.

    Args:
        graph: ways and limits.
        labels: are changed.
        reduced: [n, n] reduced cost of each way.
        remembering: whether labels of other memories can beat a label only where theirs are part of its own.
    """
    labels.used[0] = 0
    labels.head[:] = -1
    labels.cheapest[:] = np.inf
    for node in range(1, graph.demand.shape[0]):
        memory = np.uint16(1)
        if _add(graph, labels, -1, node, reduced[0, node], 0.0, graph.opens[0] + graph.duration[0, node], memory,
                remembering) == FULL:  # fmt: skip
            return FULL
    return labels.used[0]  # type: ignore[no-any-return]


@kernel
def extend(graph: Graph, labels: Labels, reduced: Floats, step: int, remembering: bool) -> int:
    """Continue all labels of a step; how many labels there are then, or FULL."""
    n = graph.demand.shape[0]
    again = True
    while again:  # as long as labels come into the step that is extended
        again = False
        for node in range(1, n):
            label = labels.head[node, step]
            while label >= 0:
                if not labels.extended[label] and not labels.beaten[label]:
                    labels.extended[label] = True
                    again = True
                    for onward in range(1, n):
                        if _go(graph, labels, reduced, label, onward, remembering) == FULL:
                            return FULL
                label = labels.onward[label]
    return labels.used[0]  # type: ignore[no-any-return]


@inlined
def _go(graph: Graph, labels: Labels, reduced: Floats, label: int, onward: int, remembering: bool) -> int:
    node = labels.node[label]
    place = graph.slot[node, onward]
    memory = labels.memory[label]
    if onward == node or (place >= 0 and (memory >> np.uint16(place)) & np.uint16(1)):
        return 0
    after = graph.keep[node, onward, memory]
    cost = labels.cost[label] + reduced[node, onward]
    time = labels.time[label] + graph.duration[node, onward]
    return _add(graph, labels, label, onward, cost, labels.load[label], time, after, remembering)


@inlined
def _add(
    graph: Graph, labels: Labels, came: int, node: int, cost: float, load: float, arrival: float, memory: np.uint16,
    remembering: bool,
) -> int:  # fmt: skip
    """A label, unless it breaks a limit or is beaten."""
    load += graph.demand[node]
    time = max(arrival, graph.opens[node])
    if cost >= NEVER or load > graph.capacity or time > graph.closes[node]:
        return 0
    used = (time - graph.opens[0]) if graph.by_time else load
    step = min(int(used / graph.width), labels.head.shape[1] - 1)
    for earlier in range(step + 1):
        if labels.cheapest[node, earlier] > cost + CLOSE:
            continue
        other = labels.head[node, earlier]
        while other >= 0:
            if (
                not labels.beaten[other]
                and labels.cost[other] <= cost + CLOSE
                and labels.load[other] <= load
                and labels.time[other] <= time
                and (not remembering or (labels.memory[other] & ~memory) == 0)
            ):
                return 0
            other = labels.onward[other]
    other = labels.head[node, step]
    while other >= 0:
        if (
            labels.cost[other] >= cost
            and labels.load[other] >= load
            and labels.time[other] >= time
            and (not remembering or (memory & ~labels.memory[other]) == 0)
        ):
            labels.beaten[other] = True
        other = labels.onward[other]
    label = labels.used[0]
    if label == labels.cost.shape[0]:
        return FULL
    labels.used[0] += 1
    labels.node[label], labels.came[label], labels.memory[label] = node, came, memory
    labels.cost[label], labels.load[label], labels.time[label] = cost, load, time
    labels.beaten[label] = labels.extended[label] = False
    labels.onward[label] = labels.head[node, step]
    labels.head[node, step] = label
    labels.cheapest[node, step] = min(labels.cheapest[node, step], cost)
    return 0


@kernel
def come_back(graph: Graph, labels: Labels, reduced: Floats, best: Floats, last: Ints) -> None:
    """For each node, the cheapest way from it back to the depot.

    Args:
        graph: ways and limits.
        labels: all of them.
        reduced: [n, n] reduced cost of each way.
        best: [n] gets the reduced cost of the route, ``NEVER`` where there is none.
        last: [n] gets the label.
    """
    best[:] = NEVER
    last[:] = -1
    for label in range(labels.used[0]):
        node = labels.node[label]
        if labels.beaten[label] or labels.time[label] + graph.duration[node, 0] > graph.closes[0]:
            continue
        cost = labels.cost[label] + reduced[node, 0]
        if cost < best[node]:
            best[node] = cost
            last[node] = label
