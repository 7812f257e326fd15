"""From an Instance to the whole-number arrays of the kernels, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import floor, inf, isfinite, log2

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.search.kernel.model import FAR, NEVER, Int32, Int64, Nodes, Problem

NEIGHBOURS = 120
LARGEST_ARC = 1 << 24
"""Inexact data are scaled so that the longest arc comes just below."""
LATEST_TIME = 1 << 29
HALF_TOLERANCE = 0.5e-6
"""Of the judge's tolerance for inexact data: limits are widened by it, travel is rounded up."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Windows:
    """Time data of an instance in whole units; becomes the kernel's ``Times`` beside a state."""

    travel: Int32
    opens: Int32
    closes: Int32
    service: Int32
    longest: int


@dataclass(frozen=True)
class Model:
    """An instance of one depot and one vehicle type as the kernels see it.

    Clients are numbered along a tour: those that lie close together then share cache lines in the
    rows of the matrices.

    Attributes:
        problem: arrays of the kernel.
        nodes: node of the instance for each number of the kernel; 0 is the depot in both.
        windows: None where no time window binds.
        price: raw cost of one whole unit.
        scale: raw cost of one reported unit.
    """

    problem: Problem
    nodes: Int64
    windows: Windows | None
    price: float
    scale: int

    @property
    def n_nodes(self) -> int:
        """Depot and clients."""
        return len(self.problem.load)

    def numbers(self, route: Iterable[int]) -> list[int]:
        """The kernel's numbers of the nodes of a route."""
        return [int(number) for number in self._numbers[np.fromiter(route, dtype=np.int64)]]

    @cached_property
    def _numbers(self) -> Int64:
        return np.argsort(self.nodes)

    def reported(self, total: int) -> float:
        """Reported cost of a kernel's total."""
        return float(total) * self.price / self.scale


def model(instance: Instance) -> Model:
    """Express an instance that ``supports`` accepts.

    Exact instances keep their numbers. Others are scaled by a power of two and rounded so that
    whatever the kernel finds feasible the judge finds feasible.
    """
    vehicle = instance.vehicle_types[0]
    distances = instance.distance_matrix(vehicle.profile).copy()
    timed = is_timed(instance)
    unit = _unit(instance, float(distances.max(initial=0.0)))
    if vehicle.end is None:
        distances[:, 0] = 0.0
    nodes = _along_a_tour(distances)
    cost = _up(distances[np.ix_(nodes, nodes)], unit)
    symmetric = vehicle.end is not None and np.array_equal(cost, cost.T)
    size = len(cost)
    work = np.zeros(size, np.int64) if timed else _up(instance.service[nodes], unit).astype(np.int64)
    price = vehicle.distance_cost / unit
    problem = Problem(
        cost=cost,
        cost_in=cost if symmetric else np.ascontiguousarray(cost.T),
        near=neighbours(cost if symmetric else cost + cost.T),
        load=_loads(instance)[nodes],
        work=work,
        prize=np.where(instance.required, FAR, np.rint(instance.prize / price)).astype(np.int64)[nodes],
        capacity=_capacity(instance),
        longest=_limit(vehicle.max_distance, unit, instance.exact),
        busiest=FAR if timed else _limit(vehicle.max_duration, unit, instance.exact),
        fixed=round(vehicle.fixed_cost / price),
        fleet=min(size - 1, vehicle.count if vehicle.count is not None else size - 1),
    )
    windows = _windows(instance, nodes, unit) if timed else None
    return Model(problem, nodes, windows, price, instance.scale)


def neighbours(closeness: Int32) -> Nodes:
    """For each node the clients by closeness [N, M], itself first."""
    size = len(closeness)
    count = min(NEIGHBOURS, size - 1)
    key = closeness.astype(np.int64)
    key[:, 0] = FAR  # the depot is nobody's neighbour
    np.fill_diagonal(key, -1)
    chosen = np.argpartition(key, count - 1, axis=1)[:, :count]
    by_distance = np.argsort(np.take_along_axis(key, chosen, axis=1), axis=1, kind="stable")
    return np.take_along_axis(chosen, by_distance, axis=1).astype(np.uint16)


def _along_a_tour(distances: Floats) -> Int64:
    """Nodes in the order of a nearest-neighbour tour from the depot."""
    size = len(distances)
    nodes = np.zeros(size, np.int64)
    left = np.zeros(size)
    for step in range(1, size):
        left[nodes[step - 1]] = np.inf
        nodes[step] = np.argmin(distances[nodes[step - 1]] + left)
    return nodes


def is_timed(instance: Instance) -> bool:
    """Whether time needs more than the sum of arcs and services."""
    vehicle = instance.vehicle_types[0]
    opens, closes = instance.windows[..., 0], instance.windows[..., 1]
    waits = bool(opens[instance.depots :].any()) or vehicle.shift[0] > 0 or bool(opens[: instance.depots].any())
    ends = bool(np.isfinite(closes).any()) or isfinite(vehicle.shift[1])
    own_clock = instance.durations is not None or vehicle.speed != 1.0 or vehicle.end is None
    return waits or ends or (isfinite(vehicle.max_duration) and own_clock)


def _unit(instance: Instance, longest_arc: float) -> float:
    times = instance.windows[np.isfinite(instance.windows)]
    horizon = max(float(times.max(initial=0.0)), 1.0)
    if instance.exact and longest_arc < LARGEST_ARC and horizon < LATEST_TIME:
        return 1.0
    return float(2.0 ** floor(min(log2(LARGEST_ARC / max(longest_arc, 1e-9)), log2(LATEST_TIME / horizon))))


def _up(values: Floats, unit: float) -> Int32:
    # A hair below: 3.0000000001 that should be 3 must not become 4.
    return np.ceil(values * unit - 1e-6).astype(np.int32)


def _limit(limit: float, unit: float, exact: bool) -> int:
    if limit == inf:
        return FAR
    return floor(limit * unit) if exact else floor((limit + HALF_TOLERANCE * max(1.0, limit)) * unit)


def _loads(instance: Instance) -> Int64:
    return np.ceil(instance.delivery[:, 0] * _load_unit(instance) - 1e-6).astype(np.int64)


def _capacity(instance: Instance) -> int:
    capacity = float(instance.capacities[0, 0])
    return FAR if capacity == inf else floor(capacity * _load_unit(instance) * (1 + 1e-12))


def _load_unit(instance: Instance) -> float:
    loads = instance.delivery
    whole = np.array_equal(loads, np.rint(loads))
    return 1.0 if whole else float(2.0 ** floor(log2((1 << 40) / max(float(instance.delivery.sum()), 1e-9))))


def _windows(instance: Instance, nodes: Int64, unit: float) -> Windows:
    vehicle = instance.vehicle_types[0]
    travel = instance.duration(nodes[:, None], nodes[None, :], vehicle.profile, vehicle.speed).copy()
    opens, closes = instance.windows[:, 0, 0].copy(), instance.windows[:, 0, 1].copy()
    opens[0] = max(opens[0], vehicle.shift[0])
    closes[0] = min(closes[0], vehicle.shift[1])
    if vehicle.end is None:
        travel[:, 0] = 0.0
    slack = 0.0 if instance.exact else HALF_TOLERANCE * np.maximum(1.0, np.abs(closes))
    late = np.floor((closes + slack) * unit)
    service = instance.service.copy()
    service[0] = 0.0  # a depot's service is spent at reloads only
    return Windows(
        travel=_up(travel, unit),
        opens=_up(opens, unit)[nodes],
        closes=np.where(np.isfinite(late), np.minimum(late, NEVER), NEVER).astype(np.int32)[nodes],
        service=_up(service, unit)[nodes],
        longest=min(_limit(vehicle.max_duration, unit, instance.exact), NEVER),
    )
