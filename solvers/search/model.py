"""From an Instance to the whole-number arrays of the kernels, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.search.kernel.model import FAR, NEVER, General, Int32, Int64, Nodes, Problem, Times
from routewright.solvers.search.nearness import along_a_tour, neighbours
from routewright.solvers.search.units import Scale, day_start, units

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Windows:
    """Time data of an instance in whole units; becomes the kernel's ``Times`` beside a state."""

    travel: Int32
    travel_in: Int32
    opens: Int32
    closes: Int32
    service: Int32
    longest: int

    @classmethod
    def of(
        cls, travel: Int32, travel_in: Int32, opens: Floats, closes: Floats, service: Floats, unit: Scale, longest: int
    ) -> "Windows":
        """From raw times, counted from the start of the day, rounded so that no route becomes late."""
        return cls(
            travel=travel,
            travel_in=travel_in,
            opens=unit.up(opens).astype(np.int32),
            closes=np.minimum(unit.down(closes), NEVER).astype(np.int32),
            service=unit.up(service).astype(np.int32),
            longest=longest,
        )

    def beside(self, slots: int, width: int) -> Times:
        """The kernel's times for routes in so many slots of so many places."""
        return Times(
            travel=self.travel,
            travel_in=self.travel_in,
            opens=self.opens,
            closes=self.closes,
            service=self.service,
            leave=np.zeros((slots, width), np.int32),
            latest=np.zeros((slots, width), np.int32),
            longest=self.longest,
        )


@dataclass(frozen=True)
class Fleet:
    """Kinds of vehicles, pickups and groups; becomes the kernel's ``General`` beside a state, see there.

    Attributes:
        group: [N] the first client of each one's group; of who has none, himself.
    """

    doors: Int64
    limits: Int64
    rate: Int64
    charm: Int64
    pickup: Int64
    remote: Int64
    alone: Int64
    timed: bool
    picking: bool
    mixed: bool
    group: Int64

    @cached_property
    def grouped(self) -> bool:
        """Whether there are groups, of which one client is visited."""
        return bool((self.group != np.arange(len(self.group))).any())

    @cached_property
    def asleep(self) -> int:
        """Clients less groups."""
        return len(self.group) - len(np.unique(self.group))

    @cached_property
    def _choices(self) -> Int64:
        return np.bincount(self.group, minlength=len(self.group))[self.group]

    @cached_property
    def _members(self) -> Nodes:
        """[N, G] the group of each client, in order."""
        together = np.argsort(self.group, kind="stable")
        first = np.searchsorted(self.group[together], self.group)
        places = first[:, None] + np.arange(self._choices.max())[None, :]
        return together[np.minimum(places, len(together) - 1)].astype(np.uint16)

    def beside(self, slots: int, width: int) -> General:
        """The kernel's kinds for routes in so many slots of so many places."""
        places = (slots, width) if self.mixed else (1, 1)
        return General(
            doors=self.doors,
            limits=self.limits.copy(),
            rate=self.rate,
            charm=self.charm,
            used=np.zeros(len(self.limits), np.int64),
            kind=np.zeros(slots, np.int64),
            pickup=self.pickup,
            pickup_spare=np.zeros(slots, np.int64),
            remote=self.remote,
            alone=self.alone,
            timed=self.timed,
            choosy=bool(self.charm.any()),
            picking=self.picking,
            grouped=self.grouped,
            members=self._members,
            choices=self._choices,
            asleep=self.asleep,
            before=np.zeros(len(self.group), np.int64),
            mixed=self.mixed,
            most_before=np.zeros(places, np.int64),
            most_after=np.zeros(places, np.int64),
        )


@dataclass(frozen=True)
class Model:
    """An instance as the kernels see it.

    Clients are numbered along a tour: those that lie close together then share cache lines in the
    rows of the matrices.

    Attributes:
        problem: arrays of the kernel.
        nodes: node of the instance for each number of the kernel.
        windows: None where no time window binds, unless there is a fleet.
        price: raw cost of one whole unit.
        scale: raw cost of one reported unit.
        fleet: None where the families capacity and windows will do.
    """

    problem: Problem
    nodes: Int64
    windows: Windows | None
    price: float
    scale: int
    fleet: Fleet | None = None

    @property
    def n_nodes(self) -> int:
        """Doors and clients."""
        return len(self.problem.load)

    @property
    def n_clients(self) -> int:
        """Clients."""
        return self.n_nodes - self.first

    @property
    def first(self) -> int:
        """Number of the first client."""
        return self.problem.first

    @property
    def n_visits(self) -> int:
        """Clients that a plan visits, if all of them can be: one of each group."""
        return self.n_clients - (0 if self.fleet is None else self.fleet.asleep)

    @property
    def is_timed(self) -> bool:
        """Whether a time window binds."""
        return self.windows is not None and (self.fleet is None or self.fleet.timed)

    @property
    def has_optional(self) -> bool:
        """Whether a client may be left out."""
        return bool((self.problem.prize[self.first :] < FAR).any())

    def numbers(self, route: Iterable[int]) -> list[int]:
        """The kernel's numbers of the nodes of a route."""
        return [self._numbers[node] for node in route]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {int(node): self.first + place for place, node in enumerate(self.nodes[self.first :])}

    def raw(self, total: int) -> float:
        """Raw cost of a kernel's total."""
        return float(total) * self.price

    @cached_property
    def most_clients(self) -> int:
        """Clients that fit on one vehicle at most."""
        most = self._fitting(self.problem.load, self.problem.capacity)
        if self.fleet is not None:  # a vehicle is filled at most twice: with deliveries, then with pickups
            most = min(most, self._fitting(self.problem.load + self.fleet.pickup, 2 * self.problem.capacity))
        return max(1, most)

    def _fitting(self, load: Int64, room: int) -> int:
        together = np.cumsum(np.sort(load[self.first :]))
        return int(np.searchsorted(together, room, side="right"))

    def reported(self, total: int) -> float:
        """Reported cost of a kernel's total."""
        return self.raw(total) / self.scale


def model(instance: Instance, clients: Int64 | None = None) -> Model:
    """Express an instance of one depot and one vehicle type, or the part of it with some ``clients``.

    Exact instances keep their numbers. Others are scaled by a power of two and rounded so that
    whatever the kernel finds feasible the judge finds feasible.
    """
    vehicle = instance.vehicle_types[0]
    nodes = np.concatenate([[0], np.asarray(instance.clients if clients is None else clients)]).astype(np.int64)
    distances = instance.distance(nodes[:, None], nodes[None, :], vehicle.profile).copy()
    timed = is_timed(instance)
    travel = instance.duration(nodes[:, None], nodes[None, :], vehicle.profile, vehicle.speed) if timed else distances
    unit = units(instance, float(distances.max(initial=0.0)), float(travel.max(initial=0.0)))
    if vehicle.end is None:
        distances[:, 0] = 0.0
    tour = along_a_tour(distances)
    nodes = nodes[tour]
    cost = unit.arc.up(distances[np.ix_(tour, tour)]).astype(np.int32)
    symmetric = vehicle.end is not None and np.array_equal(cost, cost.T)
    size = len(cost)
    work = np.zeros(size, np.int64) if timed else unit.arc.up(instance.service[nodes])
    price = vehicle.distance_cost / unit.arc.factor
    problem = Problem(
        cost=cost,
        cost_in=cost if symmetric else np.ascontiguousarray(cost.T),
        near=neighbours(cost if symmetric else cost + cost.T),
        load=unit.load.up(instance.delivery[nodes, 0]),
        work=work,
        prize=np.where(instance.required, FAR, np.rint(instance.prize / price)).astype(np.int64)[nodes],
        capacity=unit.load.limit(float(instance.capacities[0, 0])),
        longest=unit.arc.limit(vehicle.max_distance),
        busiest=FAR if timed else unit.arc.limit(vehicle.max_duration),
        fixed=round(vehicle.fixed_cost / price),
        fleet=min(size - 1, vehicle.count if vehicle.count is not None else size - 1),
        first=1,
    )
    windows = _windows(instance, nodes, travel[np.ix_(tour, tour)], unit.time, problem) if timed else None
    return Model(problem, nodes, windows, price, instance.scale)


def is_timed(instance: Instance) -> bool:
    """Whether time needs more than the sum of arcs and services."""
    opens, closes = instance.windows[..., 0], instance.windows[..., 1]
    if bool(opens.any()) or bool(np.isfinite(closes).any()):
        return True
    return any(
        vehicle.shift[0] > 0
        or isfinite(vehicle.shift[1])
        or (
            isfinite(vehicle.max_duration)
            and (instance.durations is not None or vehicle.speed != 1.0 or vehicle.end is None)
        )
        for vehicle in instance.vehicle_types
    )


def _windows(instance: Instance, nodes: Int64, travel: NDArray[np.float64], unit: Scale, problem: Problem) -> Windows:
    vehicle = instance.vehicle_types[0]
    opens, closes = instance.windows[nodes, 0, 0], instance.windows[nodes, 0, 1]
    closes[0] = min(closes[0], vehicle.shift[1])
    opens, closes = np.maximum(opens - day_start(instance), 0.0), closes - day_start(instance)
    if vehicle.end is None:
        travel[:, 0] = 0.0
    service = instance.service[nodes]
    service[0] = 0.0  # a depot's service is spent at reloads only
    whole = unit.up(travel).astype(np.int32)
    if np.array_equal(whole, problem.cost):  # one matrix fits the processor's cache better than two
        whole, inward = problem.cost, problem.cost_in
    else:
        inward = whole if np.array_equal(whole, whole.T) else np.ascontiguousarray(whole.T)
    longest = min(unit.limit(vehicle.max_duration), NEVER)
    return Windows.of(whole, inward, opens, closes, service, unit, longest)
