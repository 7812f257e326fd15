"""A route whose form is right: its way through depots and stops, and what is wrong with the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

from routewright.data.check.violation import Kind, Violation
from routewright.data.instance import Instance
from routewright.data.solution import Route
from routewright.data.vehicle import VehicleType

Role = Literal["start", "client", "station", "reload", "end"]


@dataclass(frozen=True)
class Call:
    """One place on the way, and the trip that it belongs to (the one before it, for a reload)."""

    node: int
    role: Role
    trip: int


@dataclass(frozen=True)
class Tour:
    """A route that can be followed from its start to its end.

    Attributes:
        index: of the route in the solution.
        route: as given.
        vehicle: its type.
        calls: start, stops, reloads, stops, ..., end (none where the route is open).
    """

    index: int
    route: Route
    vehicle: VehicleType
    calls: tuple[Call, ...]

    def violation(self, kind: Kind, message: str, node: int | None = None) -> Violation:
        """A violation of this route."""
        return Violation(kind, f"route {self.index}: {message}", self.index, node)


def examine(instance: Instance, index: int, route: Route) -> tuple[Tour | None, list[Violation]]:
    """Rules 3 and 4, route by route, and the form of rule 2.

    Returns:
        The tour, or None where the route cannot be followed; and what is wrong with its form.
    """
    types = instance.vehicle_types
    if not 0 <= route.vehicle_type < len(types):
        message = f"route {index}: vehicle type {route.vehicle_type} does not exist (types are 0 to {len(types) - 1})"
        return None, [Violation("vehicle type", message, index)]
    vehicle = types[route.vehicle_type]
    lost = [*_strangers(instance, index, route), *_wrong_depots(index, route, vehicle)]
    reloads, reload_faults = _reloads(instance, index, route, vehicle)
    faults = [
        *lost,
        *_forbidden_clients(instance, index, route, vehicle),
        *_wrong_trips(index, route, vehicle),
        *reload_faults,
    ]
    if lost or reloads is None:
        return None, faults
    return Tour(index, route, vehicle, tuple(_calls(instance, route, vehicle, reloads))), faults


def _strangers(instance: Instance, index: int, route: Route) -> Iterator[Violation]:
    for node in route.stops:
        if not 0 <= node < instance.n_nodes:
            message = f"route {index}: node {node} does not exist (nodes are 0 to {instance.n_nodes - 1})"
            yield Violation("unknown node", message, index, node)
        elif node < instance.depots:
            yield Violation("depot in trip", f"route {index}: depot {node} stands among the stops", index, node)


def _wrong_depots(index: int, route: Route, vehicle: VehicleType) -> Iterator[Violation]:
    for word, given, wanted in (("starts", route.start, vehicle.start), ("ends", route.end, vehicle.end)):
        if given is not None and given != wanted:
            place = "nowhere (open)" if wanted is None else f"depot {wanted}"
            message = f"route {index}: {word} at depot {given}, its vehicle type at {place}"
            yield Violation("depot", message, index, given)


def _forbidden_clients(instance: Instance, index: int, route: Route, vehicle: VehicleType) -> Iterator[Violation]:
    if vehicle.allowed is None:
        return
    for node in route.stops:
        if node in instance.clients and node not in vehicle.allowed:
            message = f"route {index}: vehicle type {route.vehicle_type} may not visit client {node}"
            yield Violation("allowed", message, index, node)


def _wrong_trips(index: int, route: Route, vehicle: VehicleType) -> Iterator[Violation]:
    most = 1.0 if not vehicle.reload_depots else inf if vehicle.max_trips is None else vehicle.max_trips
    if len(route.trips) > most:
        yield Violation("trips", f"route {index}: makes {len(route.trips)} trips, its limit is {most:g}", index)
    for number, trip in enumerate(route.trips):
        if not trip:
            yield Violation("empty trip", f"route {index}: trip {number} is empty", index)


def _reloads(
    instance: Instance, index: int, route: Route, vehicle: VehicleType
) -> tuple[tuple[int, ...] | None, list[Violation]]:
    """The depots between the trips, None where they cannot be known."""
    needed = len(route.trips) - 1
    given = route.reloads or vehicle.reload_depots[:1] * needed
    if not vehicle.reload_depots and needed and not route.reloads:
        return None, []  # too many trips, which is said elsewhere
    if len(given) != needed:
        message = f"route {index}: names {len(given)} reload depots between {needed + 1} trips, must be {needed}"
        return None, [Violation("reload depot", message, index)]
    strange = [depot for depot in given if not 0 <= depot < instance.depots]
    if strange and not vehicle.reload_depots:
        message = f"route {index}: reloads at {strange[0]}, which is no depot"
        return None, [Violation("reload depot", message, index)]
    wrong = [depot for depot in given if depot not in vehicle.reload_depots] if vehicle.reload_depots else []
    allowed = ", ".join(map(str, vehicle.reload_depots))
    faults = [
        Violation("reload depot", f"route {index}: reloads at {depot}, its type at {allowed}", index, depot)
        for depot in wrong
    ]
    return (None if wrong else given), faults


def _calls(instance: Instance, route: Route, vehicle: VehicleType, reloads: tuple[int, ...]) -> Iterator[Call]:
    yield Call(vehicle.start, "start", 0)
    for number, trip in enumerate(route.trips):
        for node in trip:
            yield Call(node, "client" if node in instance.clients else "station", number)
        if number < len(reloads):
            yield Call(reloads[number], "reload", number)
    if vehicle.end is not None:
        yield Call(vehicle.end, "end", len(route.trips) - 1)
