"""An instance as a routing model.

The library's nodes are the depots where vehicles start or end, the clients and, where a route is
open, a place that is no distance from anywhere. Every client is a node with one index; vehicle
starts and ends have indices of their own.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.equivalent import Equivalent
from routewright.solvers.features import backhaul_arcs
from routewright.solvers.hopeless import hopeless, hopeless_groups
from routewright.solvers.ortools import dimensions
from routewright.solvers.ortools.energy import calls, electric, one_by_one
from routewright.solvers.ortools.fleet import expand
from routewright.solvers.ortools.prices import Prices
from routewright.solvers.scaling import Scaling

Integers = NDArray[np.int64]


@dataclass
class Model:
    """The routing model and what its numbers mean.

    Attributes:
        original: ours.
        instance: its equivalent in plain words.
        scaling: of its numbers.
        prices: what the objective adds up.
        nodes: our node of each of the library's; -1 is nowhere.
        vehicles: the type of each vehicle.
        manager: from nodes to indices.
        routing: the library's model.
        index: of each client.
        stations: the index of each call at a station that may be made.
        start: where to begin where no other plan is given, if the library needs to be told.
        complete: whether all required clients and groups must be served, as none is hopeless.
    """

    original: Instance
    instance: Instance
    scaling: Scaling
    prices: Prices
    nodes: list[int]
    vehicles: list[int]
    manager: Any
    routing: Any
    index: dict[int, int]
    stations: list[int]
    start: Solution | None
    complete: bool

    def matrix(self, table: Integers) -> list[list[int]]:
        """Rows and columns for the library's nodes of a table [N, N], or [N + 1, N + 1] where nowhere is not all 0."""
        padded = table if len(table) > self.instance.n_nodes else np.pad(table, (0, 1))
        picked: list[list[int]] = padded[np.ix_(self.nodes, self.nodes)].tolist()
        return picked


def build(original: Instance, seed: int) -> Model:
    """The model of an instance that ``supports`` has let pass."""
    from ortools.constraint_solver import pywrapcp

    equivalent = Equivalent.of(original)
    instance = equivalent.instance
    scaling = Scaling.of(instance)
    vehicles = expand(instance)
    start = one_by_one(instance) if electric(instance) else None
    stations = [] if start is None else calls(instance, start)
    nodes, starts, ends = _nodes(instance, vehicles, seed, stations)
    manager = pywrapcp.RoutingIndexManager(len(nodes), len(vehicles), starts, ends)
    routing = pywrapcp.RoutingModel(manager)
    index = {node: manager.NodeToIndex(place) for place, node in enumerate(nodes) if node in instance.clients}
    places = [manager.NodeToIndex(place) for place in range(len(nodes) - len(stations), len(nodes))]
    prices = Prices.of(instance, scaling, equivalent.constant, len(stations))
    left, groups = hopeless(instance), hopeless_groups(instance)
    complete = not left and not groups
    model = Model(
        original, instance, scaling, prices, nodes, vehicles, manager, routing, index, places, start, complete
    )
    _price_arcs(model)
    _price_absence(model, left, groups)
    dimensions.add_all(model)
    _limit_access(model)
    _pair_up(model)
    if instance.backhaul == "classic":
        _order_backhauls(model)
    return model


def _nodes(
    instance: Instance, vehicles: list[int], seed: int, stations: list[int]
) -> tuple[list[int], list[int], list[int]]:
    clients = np.array(instance.clients)
    if seed:
        clients = np.random.default_rng(seed).permutation(clients)
    types = [instance.vehicle_types[index] for index in vehicles]
    doors = {v.start for v in types} | {-1 if v.end is None else v.end for v in types}
    nodes = [*sorted(doors), *clients.tolist(), *stations]
    starts = [nodes.index(v.start) for v in types]
    ends = [nodes.index(-1 if v.end is None else v.end) for v in types]
    return nodes, starts, ends


def _price_arcs(model: Model) -> None:
    evaluators: dict[int, int] = {}
    for vehicle, index in enumerate(model.vehicles):
        if index not in evaluators:
            table = model.matrix(model.prices.arcs(index))
            evaluators[index] = model.routing.RegisterTransitMatrix(table)
        model.routing.SetArcCostEvaluatorOfVehicle(evaluators[index], vehicle)
        model.routing.SetFixedCostOfVehicle(model.prices.vehicle(index), vehicle)


def _price_absence(model: Model, left: Iterable[int], hopeless_ones: Container[int]) -> None:
    instance, routing = model.instance, model.routing
    for place in model.stations:
        routing.AddDisjunction([place], 0)
    for node in left:
        routing.AddDisjunction([model.index[node]], 0)
    for node in instance.clients:
        if not instance.required[node] and instance.group[node] < 0:
            routing.AddDisjunction([model.index[node]], model.prices.absence(node))
    for group in np.unique(instance.group[instance.group >= 0]).tolist():
        members = [model.index[node] for node in np.flatnonzero(instance.group == group).tolist()]
        routing.AddDisjunction(members, *([0] if group in hopeless_ones else []))


def _limit_access(model: Model) -> None:
    types = model.instance.vehicle_types
    if all(vehicle.allowed is None for vehicle in types):
        return
    for node, index in model.index.items():
        open_to = [t for t, vehicle in enumerate(types) if vehicle.allowed is None or node in vehicle.allowed]
        vehicles = [vehicle for vehicle, t in enumerate(model.vehicles) if t in open_to]
        model.routing.VehicleVar(index).SetValues([-1, *vehicles])


def _pair_up(model: Model) -> None:
    if not len(model.instance.pairs):
        return
    routing, solver = model.routing, model.routing.solver()
    routing.AddConstantDimension(1, len(model.nodes) + 1, True, "order")
    order = routing.GetDimensionOrDie("order")
    for first, second in model.instance.pairs.tolist():
        i, j = model.index[first], model.index[second]
        routing.AddPickupAndDelivery(i, j)
        solver.Add(routing.VehicleVar(i) == routing.VehicleVar(j))
        solver.Add(order.CumulVar(i) <= order.CumulVar(j))
        solver.Add(routing.ActiveVar(i) == routing.ActiveVar(j))


def _order_backhauls(model: Model) -> None:
    before, after, first = (set(np.flatnonzero(mask).tolist()) for mask in backhaul_arcs(model.instance))
    later = [model.index[node] for node in after]
    for node in before:
        model.routing.NextVar(model.index[node]).RemoveValues([i for i in later if i != model.index[node]])
    for vehicle in range(len(model.vehicles)):
        start = model.routing.Start(vehicle)
        model.routing.NextVar(start).RemoveValues([model.index[node] for node in first])
