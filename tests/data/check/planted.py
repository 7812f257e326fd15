"""Random feasible solutions, and for each kind of violation a way to plant it and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from routewright.data.check import Kind
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Battery, Break, VehicleType

DEPOTS, CLIENTS, STATIONS = 3, 10, 2
LATE = 100_000


@dataclass(frozen=True)
class Case:
    """A solution of an instance, and what the clients are in it.

    Route 0 starts and reloads at depots 0 and 1: trips (a, station, b), (first, c, second).
    Route 1 starts and ends at depot 2: one trip (d, e, chosen).
    """

    instance: Instance
    solution: Solution
    d: int
    e: int
    chosen: int
    other: int
    optional: int
    cost: float | None = None

    @property
    def lone(self) -> Route:
        return self.solution.routes[1]

    def typed(self, index: int, **changes: Any) -> "Case":
        """With fields of a vehicle type changed."""
        types = list(self.instance.vehicle_types)
        types[index] = replace(types[index], **changes)
        return replace(self, instance=self.instance.replace(vehicle_types=tuple(types)))

    def routed(self, index: int, **changes: Any) -> "Case":
        """With fields of a route changed."""
        routes = list(self.solution.routes)
        routes[index] = replace(routes[index], **changes)
        return replace(self, solution=replace(self.solution, routes=tuple(routes)))

    def changed(self, **changes: Any) -> "Case":
        """With fields of the instance changed."""
        return replace(self, instance=self.instance.replace(**changes))

    def closing(self, node: int, time: float) -> "Case":
        """With a node that closes at ``time``."""
        windows = self.instance.windows.copy()
        windows[node] = 0, time
        return self.changed(windows=windows)

    def lone_arrivals(self) -> list[float]:
        """When route 1 reaches its three clients and its end, leaving at 0 without a rest."""
        clock, arrivals = 0.0, list[float]()
        for before, node in pairwise([2, *self.lone.stops, 2]):
            clock += float(self.instance.service[before]) if arrivals else 0.0
            clock += float(self.instance.distance(before, node))
            arrivals.append(clock)
        return arrivals

    def lone_distance(self) -> float:
        return sum(float(self.instance.distance(a, b)) for a, b in pairwise([2, *self.lone.stops, 2]))


def feasible(rng: np.random.Generator) -> Case:
    """A random case that breaks no rule, with whole numbers."""
    total = DEPOTS + CLIENTS + STATIONS
    nodes = (rng.permutation(CLIENTS) + DEPOTS).tolist()
    a, b, c, d, e, first, second, chosen, other, optional = nodes
    station = int(rng.integers(DEPOTS + CLIENTS, total))
    group = np.full(total, -1)
    group[[chosen, other]] = int(rng.integers(0, 5))
    required = np.zeros(total, dtype=bool)
    required[[a, b, c, d, e, first, second]] = True
    delivery, pickup = _loads(rng, nodes, first, second)
    everything = tuple((delivery + pickup).sum(axis=0))
    service = rng.integers(0, 9, total)
    places = rng.choice(100 * 100, size=total, replace=False)
    instance = Instance.build(
        coords=np.column_stack([places // 100, places % 100]),
        rounding=str(rng.choice(["round", "ceil", "trunc1"])),
        scale=10,
        depots=DEPOTS,
        stations=STATIONS,
        delivery=delivery,
        pickup=pickup,
        pairs=[(first, second)],
        windows=np.array([[[0, LATE // 2], [LATE // 2, LATE]]] * total),
        service=service,
        required=required,
        prize=np.where(np.isin(np.arange(total), nodes), rng.integers(0, 30, total), 0),
        group=group,
        vehicle_types=[
            VehicleType(
                count=1,
                capacity=everything,
                end=1,
                reload_depots=(0, 1),
                max_trips=2,
                shift=(0, LATE),
                fixed_cost=int(rng.integers(0, 99)),
                duration_cost=int(rng.integers(0, 3)),
                breaks=(Break(0, LATE, 7),),
                battery=Battery(LATE, use=2, recharge=1),
            ),
            VehicleType(count=1, capacity=everything, start=2, end=2, distance_cost=int(rng.integers(0, 4))),
        ],
    )
    full = Route(((a, station, b), (first, c, second)), reloads=(int(rng.integers(0, 2)),), charges=(3,))
    lone = Route(((d, e, chosen),), vehicle_type=1, departure=0 if rng.random() < 0.5 else None)
    return Case(instance, Solution((full, lone), unserved=(optional,)), d, e, chosen, other, optional)


def _loads(rng: np.random.Generator, nodes: list[int], first: int, second: int) -> tuple[np.ndarray, np.ndarray]:
    width = int(rng.integers(1, 3))
    delivery = np.zeros((DEPOTS + CLIENTS + STATIONS, width))
    delivery[nodes] = rng.integers(1, 9, size=(CLIENTS, width))
    pickup = np.zeros_like(delivery)
    pickup[nodes[:5]] = rng.integers(0, 9, size=(5, width))
    delivery[first], pickup[first], pickup[second] = 0, delivery[second], 0
    return delivery, pickup


def _capacity(case: Case) -> Case:
    stops = list(case.lone.stops)
    delivery, pickup = case.instance.delivery[stops], case.instance.pickup[stops]
    on_board = delivery.sum(axis=0) + np.vstack([np.zeros(delivery.shape[1]), np.cumsum(pickup - delivery, axis=0)])
    return case.typed(1, capacity=tuple(on_board.max(axis=0) - 1))


def _backhaul(case: Case) -> Case:
    pickup, delivery = np.zeros_like(case.instance.pickup), np.zeros_like(case.instance.delivery)
    delivery[DEPOTS : DEPOTS + CLIENTS] = 1
    delivery[case.d], pickup[case.d] = 0, 1
    return case.changed(pairs=np.zeros((0, 2), dtype=np.int64), delivery=delivery, pickup=pickup, backhaul="classic")


def _quantity(case: Case) -> Case:
    whole = np.where(case.instance.delivery > 0, case.instance.delivery, case.instance.pickup)
    handled = whole[list(case.lone.stops)]
    handled[1, -1] -= 1
    return case.changed(split=True).routed(1, quantities=(tuple(map(tuple, handled.tolist())),))


def _pair(case: Case) -> Case:
    trip, (first, c, second) = case.solution.routes[0].trips
    return case.routed(0, trips=(trip, (second, c, first)))


def _departure(case: Case) -> Case:
    release = case.instance.release.copy()
    release[case.d] = 50
    return case.changed(release=release).routed(1, departure=49)


def _break(case: Case) -> Case:
    """Due while the vehicle is on its way to d, which it may not reach later than it does."""
    arrival = case.lone_arrivals()[0]
    due = Break(arrival / 2, arrival / 2, 1)
    return case.closing(case.d, arrival).typed(1, breaks=(due,)).routed(1, departure=0)


def _vehicle_count(case: Case) -> Case:
    two = Route(((case.d, case.e),), vehicle_type=1), Route(((case.chosen,),), vehicle_type=1)
    return replace(case, solution=replace(case.solution, routes=(case.solution.routes[0], *two)))


def _trips(case: Case, *trips: tuple[int, ...]) -> Case:
    return case.routed(1, trips=trips)


PLANTS: dict[Kind, Callable[[Case], Case]] = {
    "unknown node": lambda case: _trips(case, (*case.lone.stops, case.instance.n_nodes)),
    "depot in trip": lambda case: _trips(case, (case.d, 1, case.e, case.chosen)),
    "repeated client": lambda case: _trips(case, (*case.lone.stops, case.d)),
    "missing client": lambda case: _trips(case, (case.d, case.chosen)),
    "group": lambda case: _trips(case, (*case.lone.stops, case.other)),
    "unserved": lambda case: replace(case, solution=replace(case.solution, unserved=(case.d, case.optional))),
    "vehicle type": lambda case: case.routed(1, vehicle_type=2),
    "vehicle count": _vehicle_count,
    "depot": lambda case: case.routed(1, start=0),
    "allowed": lambda case: case.typed(1, allowed=frozenset(case.instance.clients) - {case.e}),
    "trips": lambda case: case.typed(0, max_trips=1),
    "reload depot": lambda case: case.typed(0, reload_depots=(1,)).routed(0, reloads=(0,)),
    "empty trip": lambda case: case.typed(0, max_trips=None).routed(
        0, trips=(*case.solution.routes[0].trips, ()), reloads=(0, 1)
    ),
    "quantity": _quantity,
    "capacity": _capacity,
    "pair": _pair,
    "backhaul": _backhaul,
    "departure": _departure,
    "window": lambda case: case.closing(case.e, case.lone_arrivals()[1] - 1),
    "return": lambda case: case.closing(2, case.lone_arrivals()[3] - 1),
    "shift": lambda case: case.typed(1, shift=(0, case.lone_arrivals()[3] - 1)),
    "duration": lambda case: case.typed(1, max_duration=case.lone_arrivals()[3] - 3, max_overtime=2),
    "break": _break,
    "distance": lambda case: case.typed(1, max_distance=case.lone_distance() - 1),
    "battery": lambda case: case.typed(1, battery=Battery(3 * case.lone_distance() - 1, use=3)),
    "charge": lambda case: case.routed(0, charges=(LATE,)),
    "cost": lambda case: replace(case, cost=-1.0),
}
"""How to plant exactly this kind into a feasible case."""
