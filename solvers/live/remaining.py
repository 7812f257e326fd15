"""What is left of a day: an instance of its own, in which vehicles start where they are."""

from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType
from routewright.solvers.live.fleet import at_depot, may_visit, on_road
from routewright.solvers.live.under_way import OnRoad, under_way

OF_NODES = (
    "coords",
    "delivery",
    "pickup",
    "windows",
    "lateness_cost",
    "service",
    "release",
    "prize",
    "group",
    "required",
)
NEUTRAL = {
    "delivery": 0.0,
    "pickup": 0.0,
    "lateness_cost": inf,
    "service": 0.0,
    "release": 0.0,
    "prize": 0.0,
    "group": -1,
}
"""Of nodes that only hold a vehicle's place."""


@dataclass(frozen=True)
class Remaining:
    """The rest of a day.

    Attributes:
        instance: depots; then a depot for each vehicle on the road, where it will be free; that place once more as a
            client that it must visit first; the clients that are left; stations.
        nodes: of the day, for each node.
        going: routes that go on; their vehicles are the first types.
        over: numbers of the routes that are not thought about again.
        start: the rest of the plan.
    """

    instance: Instance
    nodes: NDArray[np.int64]
    going: tuple[OnRoad, ...]
    over: tuple[int, ...]
    start: Solution

    def in_day(self, rest: Solution, plan: Solution) -> Solution:
        """The plan of the day with another rest; a route keeps its number, one given up stays without stops.

        Args:
            rest: of ``instance``.
            plan: of the day, so far.
        """
        routes = list(plan.routes)
        begun = {item.number for item in self.going} | set(self.over)
        open_numbers = [number for number in range(len(routes)) if number not in begun]
        leaving = {timed.route: timed.departure for timed in evaluate(self.instance, rest).routes}
        fresh = []
        for number, route in enumerate(rest):
            stops = tuple(int(self.nodes[node]) for node in route.stops if node not in self._places)
            if route.vehicle_type < len(self.going):
                item = self.going[route.vehicle_type]
                routes[item.number] = replace(
                    routes[item.number], trips=((*item.stops, *stops),), departure=item.timed.departure
                )
            elif stops:
                fresh.append(Route((stops,), route.vehicle_type - len(self.going), departure=leaving[number]))
        for route in fresh:
            alike = max(open_numbers, key=lambda number: _shared(plan.routes[number], route), default=None)
            if alike is not None and _shared(plan.routes[alike], route):
                routes[alike] = route
                open_numbers.remove(alike)
            else:
                routes.append(route)
        for number in open_numbers:
            routes[number] = Route(((),), routes[number].vehicle_type)
        served = {node for route in routes for node in route.stops}
        return Solution(
            tuple(routes), tuple({*(int(self.nodes[node]) for node in rest.unserved), *plan.unserved} - served)
        )

    @property
    def _places(self) -> range:
        """Clients that only hold a vehicle's place."""
        first = self.instance.clients.start
        return range(first, first + len(self.going))


def _shared(one: Route, other: Route) -> int:
    return len(set(one.stops) & set(other.stops))


def remaining(instance: Instance, plan: Solution, now: float, cancelled: frozenset[int]) -> Remaining:
    """The rest of a day; see ``day`` for what it can express.

    Args:
        instance: of the whole day.
        plan: that is followed.
        now: raw time.
        cancelled: clients who are left out; the plan visits none of them any more.
    """
    going, over, done = under_way(instance, plan, now)
    met = {int(group) for group in instance.group[sorted(done)]} - {-1}
    left = [c for c in instance.clients if not (c in done or c in cancelled or int(instance.group[c]) in met)]
    here = [item.stops[-1] for item in going]
    depots = instance.depots + len(here)
    nodes = np.array([*range(instance.depots), *here, *here, *left, *instance.station_nodes], dtype=np.int64)
    place = {node: depots + len(here) + number for number, node in enumerate(left)}
    fields = _fields(instance, nodes, [item.free for item in going])
    known = [pair for pair in instance.pairs.tolist() if pair[0] in place and pair[1] in place]
    fields["pairs"] = np.array([[place[a], place[b]] for a, b in known], dtype=np.int64).reshape(-1, 2)
    gone = [plan.routes[number].vehicle_type for number in over]
    types = tuple(_fleet(instance, going, gone, now, place, depots))
    rest = instance.replace(
        vehicle_types=types,
        depots=depots,
        names=tuple(instance.names[node] for node in nodes) if instance.names else (),
        **fields,
    )
    return Remaining(rest, nodes, tuple(going), tuple(over), _start(plan, going, over, place, depots))


def _fields(instance: Instance, nodes: NDArray[np.int64], free: list[float]) -> dict[str, Any]:
    """Of the nodes of the rest; those that hold a vehicle's place are without loads, and open when it is free."""
    fields = {name: getattr(instance, name)[nodes].copy() for name in OF_NODES if getattr(instance, name) is not None}
    for name in ("distances", "durations"):
        table = getattr(instance, name)
        if table is not None:
            fields[name] = table[:, nodes[:, None], nodes[None, :]]
    standing = slice(instance.depots, instance.depots + 2 * len(free))
    for name, value in NEUTRAL.items():
        fields[name][standing] = value
    moments = np.array(free)
    fields["windows"][standing, :, 0] = np.tile(moments, 2)[:, None]
    fields["windows"][standing, :, 1] = np.concatenate([np.full(len(free), inf), moments])[:, None]
    fields["required"][instance.depots + len(free) : standing.stop] = True
    return fields


def _fleet(
    instance: Instance, going: list[OnRoad], gone: list[int], now: float, place: dict[int, int], depots: int
) -> list[VehicleType]:
    """Vehicles on the road, then those at their depots; of ``gone`` types some are through."""
    types = [on_road(instance, item, instance.depots + number, list(place)) for number, item in enumerate(going)]
    left = [*gone, *(item.timed.vehicle_type for item in going)]
    types += [at_depot(vehicle, left.count(kind), now) for kind, vehicle in enumerate(instance.vehicle_types)]
    owners = {depots + number: number for number in range(len(going))}
    late = {}
    for number, item in enumerate(going):
        late[number] = {place[c] for c in place if instance.release[c] > item.timed.departure}
        seconds = {b for a, b in instance.pairs.tolist() if a in item.stops and b in place}
        owners |= {place[second]: number for second in seconds}
    return may_visit(types, [*range(depots, depots + len(going)), *place.values()], owners, place, late)


def _start(plan: Solution, going: list[OnRoad], over: list[int], place: dict[int, int], depots: int) -> Solution:
    """The rest of the plan as it is."""
    routes = [
        Route(((depots + number, *(place[node] for node in item.rest if node in place)),), number)
        for number, item in enumerate(going)
    ]
    begun = {item.number for item in going} | set(over)
    for number, route in enumerate(plan):
        stops = tuple(place[node] for node in route.stops if node in place)
        if number not in begun and stops:
            routes.append(Route((stops,), len(going) + route.vehicle_type))
    served = {node for route in routes for node in route.stops}
    return Solution(
        tuple(routes), tuple(place[node] for node in plan.unserved if node in place and place[node] not in served)
    )
