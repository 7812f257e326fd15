"""The best departure and the best places for breaks, against trying them all."""

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement, pairwise
from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Break, VehicleType
from tests.data.check.cases import cost, kinds

HORIZON = 60


def tried(instance: Instance, route: Route) -> float:
    """Least cost of time over all whole departures and all placements of breaks; inf where none is allowed."""
    vehicle = instance.vehicle_types[0]
    departures = range(HORIZON + 1) if route.departure is None else [route.departure]
    if route.departure is None and vehicle.duration_cost == 0 and vehicle.max_duration == inf:
        departures = [next(time for time in range(999) if _may_leave(instance, route, time))]
    return min(
        (
            _priced(instance, route, departure, places)
            for departure in departures
            if _may_leave(instance, route, departure)
            for places in _placements(vehicle.breaks, 2 * len(route.stops) + 2 * len(route.trips) - 1)
        ),
        default=inf,
    )


def _placements(breaks: tuple[Break, ...], slots: int) -> Iterator[dict[int, int]]:
    """Which slot each break is taken at, in order; some are left out."""
    for size in range(len(breaks) + 1):
        for chosen in combinations(range(len(breaks)), size):
            for places in combinations_with_replacement(range(slots), size):
                yield dict(zip(chosen, places, strict=True))


def _may_leave(instance: Instance, route: Route, time: float) -> bool:
    windows = instance.windows[0]
    release = max(instance.release[list(route.trips[0])])
    return bool(time >= max(windows[:, 0].min(), release, instance.vehicle_types[0].shift[0]) and time <= windows.max())


class TooLateError(Exception):
    """This departure with these breaks breaks a limit."""


class Walk:
    """One vehicle's clock, for one departure and one placement of breaks."""

    def __init__(self, instance: Instance, departure: float, places: dict[int, int]) -> None:
        self.instance, self.places = instance, places
        self.clock, self.late, self.slot, self.node = float(departure), 0.0, 0, 0

    def drive(self, node: int) -> None:
        self.clock += float(self.instance.distance(self.node, node))
        self.node = node

    def rest(self) -> None:
        for index, place in self.places.items():
            if place == self.slot:
                pause = self.instance.vehicle_types[0].breaks[index]
                begin = max(self.clock, pause.earliest)
                if begin > pause.latest:
                    raise TooLateError
                self.clock = begin + pause.duration
        self.slot += 1

    def serve(self, windows: Any, service: float) -> None:
        ways = [max(self.clock, opens) for opens, closes in windows if self.clock <= closes]
        price = float(self.instance.lateness_cost[self.node])
        if not ways and price == inf:
            raise TooLateError
        if not ways:
            self.late += price * (self.clock - max(closes for _, closes in windows))
        self.clock = min(ways, default=self.clock) + service

    def stop(self, node: int) -> None:
        self.drive(node)
        self.rest()
        self.serve(self.instance.windows[node].tolist(), float(self.instance.service[node]))
        self.rest()


def _priced(instance: Instance, route: Route, departure: float, places: dict[int, int]) -> float:
    walk = Walk(instance, departure, places)
    try:
        return _walked(walk, route, departure)
    except TooLateError:
        return inf


def _walked(walk: Walk, route: Route, departure: float) -> float:
    instance, vehicle = walk.instance, walk.instance.vehicle_types[0]
    walk.rest()
    for number, trip in enumerate(route.trips):
        if number:
            walk.stop(0)
            walk.clock = max(walk.clock, *instance.release[list(trip)].tolist())
        for node in trip:
            walk.stop(node)
    if vehicle.end is not None:
        walk.drive(0)
        walk.serve([(instance.windows[0].min(), instance.windows[0].max())], 0.0)
    duration = walk.clock - departure
    needed = [i for i, pause in enumerate(vehicle.breaks) if i not in walk.places and pause.earliest <= walk.clock]
    if needed or walk.clock > vehicle.shift[1] or duration > vehicle.max_duration + vehicle.max_overtime:
        raise TooLateError
    overtime = max(0.0, duration - vehicle.max_duration)
    return walk.late + vehicle.overtime_cost * overtime + vehicle.duration_cost * duration


def drawn(rng: np.random.Generator) -> tuple[Instance, Route]:
    """A small instance with everything that costs time, and one route through all clients."""

    def maybe(chance: float, yes: Any, no: Any) -> Any:
        return yes if rng.random() < chance else no

    def windows() -> Any:
        times = sorted(rng.choice(HORIZON, size=4, replace=False).tolist())
        rows = [times[:2], times[2:]]
        return maybe(0.3, [[0, inf], [0, inf]], maybe(0.5, rows, [[times[0], times[3]]] * 2))

    clients = int(rng.integers(1, 4))
    pauses = sorted(rng.choice(HORIZON, size=4, replace=False).tolist())
    breaks = [Break(pauses[0], pauses[0] + 15, 4), Break(pauses[2], pauses[2] + int(rng.integers(0, 9)), 3)]
    vehicle = VehicleType(
        distance_cost=0,
        duration_cost=maybe(0.6, int(rng.integers(1, 4)), 0),
        end=maybe(0.8, 0, None),
        reload_depots=(0,),
        shift=maybe(0.5, (int(rng.integers(0, 9)), int(rng.integers(40, 90))), (0, inf)),
        max_duration=maybe(0.5, int(rng.integers(20, 50)), inf),
        max_overtime=int(rng.integers(0, 20)),
        overtime_cost=int(rng.integers(0, 4)),
        breaks=tuple(breaks[: rng.integers(0, 3)]),
    )
    instance = Instance.build(
        coords=rng.integers(0, 12, size=(clients + 1, 2)),
        rounding="round",
        windows=np.array([maybe(0.5, [[0, HORIZON]] * 2, windows()), *(windows() for _ in range(clients))]),
        lateness_cost=np.where(rng.random(clients + 1) < 0.6, rng.integers(0, 4, clients + 1), inf),
        service=rng.integers(0, 6, clients + 1),
        release=np.where(rng.random(clients + 1) < 0.3, rng.integers(0, 20, clients + 1), 0)
        * (np.arange(clients + 1) > 0),
        vehicle_types=[vehicle],
    )
    nodes = list(instance.clients)
    middle = int(rng.integers(1, clients)) if clients > 1 and rng.random() < 0.4 else clients
    trips = [tuple(nodes[:middle]), tuple(nodes[middle:])]
    return instance, Route(tuple(trip for trip in trips if trip), departure=maybe(0.3, int(rng.integers(0, 30)), None))


@pytest.mark.parametrize("seed", range(6))
def test_the_least_cost_of_time_is_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    feasible = 0
    for _ in range(40):
        instance, route = drawn(rng)
        assert instance.exact
        expected = tried(instance, route)
        if expected < inf:
            feasible += 1
            assert cost(instance, Solution((route,))) == expected, (instance.vehicle_types, route)
        else:
            found = kinds(check(instance, Solution((route,))))
            assert found
            assert len([kind for kind in found if kind != "departure"]) <= 1, "one reason on the way"
            assert set(found) <= {"departure", "window", "return", "shift", "duration", "break"}
    assert feasible >= 10


@pytest.mark.parametrize("seed", range(5))
def test_no_departure_of_a_fine_grid_beats_the_best_in_a_day_with_speed_periods(seed: int) -> None:
    rng = np.random.default_rng(seed)
    instance, _ = drawn(rng)
    vehicle = VehicleType(distance_cost=0, duration_cost=1, max_duration=25, max_overtime=inf, overtime_cost=2)
    instance = instance.replace(
        vehicle_types=(vehicle,),
        speed_periods=np.array([[0, 1], [11, 0.5], [17, 3], [29, 1.5]]),
        lateness_cost=np.full(instance.n_nodes, 1.5),
    )
    trip = tuple(instance.clients)
    first = max(instance.windows[0].min(), instance.release.max())
    last = min(instance.windows[0].max(), HORIZON)
    grid = [cost(instance, Solution((Route((trip,), departure=float(d)),))) for d in np.linspace(first, last, 800)]
    best = cost(instance, Solution((Route((trip,)),)))
    assert best <= min(grid) + 1e-6
    steepest = 40  # per unit of time, by all prices together
    assert best >= min(grid) - steepest * max(abs(b - a) for a, b in pairwise(np.linspace(first, last, 800)))


@pytest.mark.parametrize(("closing", "duration"), [(140.0, 65.0), (140.0 - 1e-5, 65.00003)])
def test_tolerance_makes_nothing_cheaper_that_keeps_its_limits(closing: float, duration: float) -> None:
    """Leaving a moment later would arrive after the client closes, by less than the tolerance, and end sooner."""
    instance = Instance.build(
        coords=[[0, 0], [50, 0]], windows=[[0, inf], [0, closing]], vehicle_types=VehicleType(duration_cost=1),
        speed_periods=[[0.0, 1.0], [40.0, 0.5], [120.0, 2.0]],
    )  # fmt: skip
    # At half speed until 120, at twice the speed from then on: 20 + 20 there, 25 back; later by 4 arrives later by 1.
    assert cost(instance, Solution((Route(((1,),)),))) == pytest.approx(100 + duration, abs=1e-6)
