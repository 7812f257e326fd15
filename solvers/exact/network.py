"""From an Instance to ways between a depot and clients, with their costs and limits."""

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.exact.kernel.labels import CLOSE, Floats, Graph

REMEMBERED = 8
"""Nodes of which each remembers visits, itself among them."""
STEPS = 64
"""In which labels are sorted."""
SLACK = 5e-7
"""By which limits may be missed, as a share, where numbers are not whole: half of what the judge allows."""


@dataclass(frozen=True)
class Network:
    """What routes may be made of.

    Attributes:
        cost: [n, n] raw cost of each way; the depot is node 0.
        graph: limits, for the kernels.
        vehicles: routes there may be.
        mutual: whether every route may be driven backwards at the same cost.
        whole: whether all costs are whole numbers.
        nodes: of the instance, for each node.
    """

    cost: Floats
    graph: Graph
    vehicles: int
    mutual: bool
    whole: bool
    nodes: NDArray[np.int64]

    @property
    def size(self) -> int:
        """Nodes, the depot among them."""
        return len(self.nodes)


def network(instance: Instance) -> Network:
    """Express an instance, see ``support``."""
    vehicle = instance.vehicle_types[0]
    nodes = np.array([0, *instance.clients])
    rows, columns = nodes[:, None], nodes[None, :]
    distance = np.array(instance.distance(rows, columns, vehicle.profile))
    duration = np.array(instance.duration(rows, columns, vehicle.profile, vehicle.speed))
    if vehicle.end is None:
        distance[:, 0] = duration[:, 0] = 0.0
    cost = vehicle.distance_cost * distance
    cost[0] += vehicle.fixed_cost
    demand = instance.delivery[nodes, 0] if instance.n_loads else np.zeros(len(nodes))
    capacity = float(instance.capacities[0, 0]) if instance.n_loads else inf
    capacity = capacity if capacity < inf else max(1.0, float(demand.sum()))
    clock = _clock(instance, vehicle, nodes, distance, duration, lasting=bool((demand[1:] <= 0).any()))
    slot, keep = _memories(distance)
    if not instance.exact:
        capacity += SLACK * max(1.0, capacity)
        clock = clock._replace(closes=clock.closes + SLACK * np.maximum(1.0, np.abs(clock.closes)))
    timed = bool(np.isfinite(clock.closes).any())
    latest = float(clock.closes[np.isfinite(clock.closes)].max(initial=0.0))
    width = (latest - float(clock.opens[0]) if timed else capacity) / STEPS
    graph = Graph(demand, *clock, capacity, slot, keep, timed, width + CLOSE)
    return Network(
        cost,
        graph,
        vehicles=instance.n_clients if vehicle.count is None else min(instance.n_clients, vehicle.count),
        mutual=vehicle.end is not None and not _of_the_day(instance, vehicle) and _alike(distance) and _alike(duration),
        whole=instance.exact,
        nodes=nodes,
    )


def _alike(ways: Floats) -> bool:
    """There as back."""
    return bool(np.array_equal(ways, ways.T))


class Clock(NamedTuple):
    """What the time of labels is: that of the day, of the route, the way driven, or visits."""

    spent: Floats
    opens: Floats
    closes: Floats


def _of_the_day(instance: Instance, vehicle: VehicleType) -> bool:
    nodes = instance.windows[: instance.clients.stop]
    return bool(np.isfinite(nodes[..., 1]).any() or nodes[..., 0].any()) or vehicle.shift != (0.0, inf)


def _clock(
    instance: Instance, vehicle: VehicleType, nodes: NDArray[np.int64], distance: Floats, duration: Floats, *,
    lasting: bool,
) -> Clock:  # fmt: skip
    """What runs while a vehicle is under way; where nothing limits it but ``lasting`` is asked, visits do."""
    size, service = len(nodes), instance.service[nodes].copy()
    service[0] = 0.0  # the depot's is for reloads
    opens, closes = np.zeros(size), np.full(size, inf)
    if vehicle.max_distance < inf:
        spent, closes[0] = distance, vehicle.max_distance
    elif vehicle.max_duration < inf:
        spent, closes[0] = duration + service[:, None], vehicle.max_duration
    elif _of_the_day(instance, vehicle):
        spent = duration + service[:, None]
        opens, closes = instance.windows[nodes, 0, 0].copy(), instance.windows[nodes, 0, 1].copy()
        opens[0], closes[0] = instance.windows[0, :, 0].min(), instance.windows[0, :, 1].max()
        opens[0] = max(opens[0], vehicle.shift[0])
        closes[0] = vehicle.shift[1] if vehicle.end is None else min(closes[0], vehicle.shift[1])
    elif lasting:
        spent, closes[0] = np.ones((size, size)), size + 1.0
    else:
        return Clock(np.zeros((size, size)), opens, closes)
    shortest = _shortest(spent)
    opens[1:] = np.maximum(opens[1:], opens[0] + shortest[0, 1:])
    closes[1:] = np.minimum(closes[1:], closes[0] - shortest[1:, 0])
    return Clock(spent, opens, closes)


def _shortest(ways: Floats) -> Floats:
    """Between all nodes, through any others (Floyd 1962)."""
    found = ways.copy()
    for middle in range(len(found)):
        found = np.minimum(found, found[:, middle, None] + found[None, middle, :])
    return found


def _memories(distance: Floats) -> tuple[NDArray[np.int8], NDArray[np.uint16]]:
    """Which nodes each remembers, its nearest; and what is left of a memory on every way."""
    n = len(distance)
    size = min(REMEMBERED, n - 1)
    apart = np.minimum(distance, distance.T).astype(np.float64)
    np.fill_diagonal(apart, -1.0)
    apart[:, 0] = inf  # the depot ends a route
    near = np.argsort(apart, axis=1, kind="stable")[:, :size]
    slot = np.full((n, n), -1, np.int8)
    np.put_along_axis(slot, near, np.arange(size, dtype=np.int8)[None, :], axis=1)
    memories = np.arange(1 << size, dtype=np.uint16)
    keep = np.ones((n, n, 1 << size), np.uint16)  # where one comes to, one is remembered in the first place
    for place in range(size):
        held = (memories >> place & 1).astype(np.uint16)
        there = slot[:, near[:, place]].T  # [left, come to]: place of the remembered node
        bits = np.where(there >= 0, 1 << np.maximum(there, 0).astype(np.int64), 0).astype(np.uint16)
        keep |= held[None, None, :] * bits[:, :, None]
    return slot, keep
