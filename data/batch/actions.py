"""Actions of an episode, read as routes, and the other way round."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from routewright.data.batch.layout import Layout, sources
from routewright.data.errors import InstanceError
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution

if TYPE_CHECKING:
    from tensordict import TensorDict

SLIVER = 1e-6
"""Of a capacity, at least of 1: too little to be delivered by itself, where numbers are fractional."""


def to_solution(instance: Instance, actions: Sequence[int], batch: "TensorDict | None" = None) -> Solution:
    """The routes that a sequence of actions describes.

    Args:
        instance: what the actions were taken on.
        actions: [T] nodes as numbered in the batch; a door closes the route and opens the next one there, a reload
            begins another trip of the same vehicle. A last trip without a stop is left out.
        batch: that the instance was part of, which must be given where it was padded.

    Returns:
        The solution; clients that were not visited are listed as unserved. Of a split delivery each vehicle leaves as
        much as it has.

    Raises:
        InstanceError: if an action is no node of the instance.
    """
    node_of = _numbering(instance, batch)
    routes: list[Route] = []
    door, trips, reloads = 0, [list[int]()], list[int]()
    for action in [*map(int, actions), 0]:
        if action not in node_of:
            hint = "" if batch is not None else "; batch= must be given if the batch has more nodes"
            raise InstanceError(f"action {action} is no node of {instance!r}{hint}")
        node = node_of[action]
        if node is None:
            routes += _route(door, trips, reloads)
            door, trips, reloads = action, [[]], []
        elif node < instance.depots:
            trips.append([])
            reloads.append(node)
        else:
            trips[-1].append(node)
    visited = {node for route in routes for node in route.stops}
    unserved = tuple(node for node in instance.clients if node not in visited)
    return Solution(tuple(_divided(instance, routes) if instance.split else routes), unserved)


def to_actions(instance: Instance, solution: Solution, batch: "TensorDict | None" = None) -> list[int]:
    """Actions that drive the routes of a solution one after the other: the opposite of ``to_solution``.

    Args:
        instance: what is solved.
        solution: as environments know it. Routes are driven by vehicle type, otherwise in the order they have; of a
            split delivery that order decides how much each of them leaves.
        batch: that the instance is part of, which must be given where it is padded.

    Returns:
        Nodes as numbered in the batch. The last two are door 0: the way home, and the end where clients are left out.
    """
    action_of = {node: action for action, node in _numbering(instance, batch).items() if node is not None}
    actions, door = list[int](), 0
    for number, route in enumerate(sorted(solution, key=lambda route: route.vehicle_type)):
        if number or route.vehicle_type != door:
            actions.append(route.vehicle_type)
        door = route.vehicle_type
        actions += [action_of[node] for node in _stops(instance, route)]
    return [*actions, 0, 0]


def _route(door: int, trips: Sequence[list[int]], reloads: Sequence[int]) -> list[Route]:
    """A route, if it has a stop; the depot before the last trip is left out with it."""
    if not trips[-1]:
        trips, reloads = trips[:-1], reloads[:-1]
    return [Route(tuple(map(tuple, trips)), vehicle_type=door, reloads=tuple(reloads))] if trips else []


def _stops(instance: Instance, route: Route) -> Iterator[int]:
    """Nodes of all trips, with the depots between them."""
    usual = instance.vehicle_types[route.vehicle_type].reload_depots[:1]
    reloads = iter(route.reloads or usual * (len(route.trips) - 1))
    for number, trip in enumerate(route.trips):
        if number:
            yield next(reloads)
        yield from trip


def _numbering(instance: Instance, batch: "TensorDict | None") -> dict[int, int | None]:
    """Nodes of the instance by action; None at doors."""
    layout = Layout.around([instance]) if batch is None else Layout.of(batch)
    doors = len(instance.vehicle_types)
    numbering: dict[int, int | None] = dict.fromkeys(range(doors))
    nodes = zip(layout.places(instance)[doors:].tolist(), sources(instance)[doors:].tolist(), strict=True)
    return numbering | dict(nodes)


def _divided(instance: Instance, routes: Sequence[Route]) -> list[Route]:
    """Routes that leave with each client as much as they have and it still wants."""
    last = {node: number for number, route in enumerate(routes) for node in route.stops}
    wanted = instance.delivery.copy()
    divided = []
    for number, route in enumerate(routes):
        capacity = instance.capacities[route.vehicle_type]
        least = 0.0 if instance.exact else SLIVER * np.maximum(1.0, capacity)
        left, quantities = capacity.copy(), []
        for node in route.stops:
            given = np.minimum(left, wanted[node])
            given = np.where((wanted[node] - given <= least) | (last[node] == number), wanted[node], given)
            left, wanted[node] = np.maximum(left - given, 0.0), wanted[node] - given
            quantities.append(tuple(given.tolist()))
        divided.append(replace(route, quantities=(tuple(quantities),)))
    return divided
