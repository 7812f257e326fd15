"""From an Instance with several kinds of vehicles or with pickups to the arrays of the general family.

Each vehicle type is a kind with two doors of its own, where its routes start and end: places of its
depots, with the hours of the depot and of the shift. An open route ends at a door that is no distance
from anywhere. What may not follow what (classic backhauls) is said by arcs of FORBIDDEN cost.
"""

from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.features import backhaul_arcs
from routewright.solvers.search.kernel.model import (
    BUSIEST,
    CAPACITY,
    COUNT,
    FAR,
    FORBIDDEN,
    LASTING,
    LONGEST,
    NEVER,
    Int32,
    Int64,
    Problem,
)
from routewright.solvers.search.model import Fleet, Model, Windows, is_timed
from routewright.solvers.search.nearness import along_a_tour, neighbours
from routewright.solvers.search.units import Rates, Units, day_start, units

Floats = NDArray[np.float64]


def general_features(instance: Instance) -> list[str]:
    """What the families capacity and windows cannot express."""
    vehicle = instance.vehicle_types[0]
    known = {
        "several vehicle types": len(instance.vehicle_types) == 1,
        "several depots": instance.depots == 1,
        "pickups": not instance.pickup.any(),
        "clients that a vehicle may not visit": vehicle.allowed is None,
        "preferences": not vehicle.preference,
        "groups of clients": not (instance.group >= 0).any(),
        "open routes from a depot that closes": vehicle.end is not None
        or not isfinite(instance.windows[vehicle.start, :, 1].max()),
    }
    return [feature for feature, absent in known.items() if not absent]


def needs_general(instance: Instance) -> bool:
    """Whether the families capacity and windows cannot express the instance."""
    return bool(general_features(instance))


def general_model(instance: Instance) -> Model:
    """Express an instance that ``supports`` accepts, scaled and rounded like that of ``model``."""
    types = instance.vehicle_types
    first = 2 * len(types)
    nodes = _numbered(instance)
    ends = np.array([2 * kind + 1 for kind, vehicle in enumerate(types) if vehicle.end is None], dtype=np.int64)
    distances = _between(instance, nodes, ends, timed=False)
    timed = is_timed(instance)
    travel = _between(instance, nodes, ends, timed=True) if timed else np.zeros_like(distances)
    rates = Rates.of_types(types)
    unit = units(instance, float(distances.max(initial=0.0)), float(travel.max(initial=0.0)), rates)
    plain = unit.arc.up(distances)
    cost = _permitted(instance, nodes, plain, first).astype(np.int32)
    price = rates.price / unit.arc.factor
    limits = _limits(instance, unit, timed, price)
    charm = _charm(instance, nodes, price)
    problem = Problem(
        cost=cost,
        cost_in=np.ascontiguousarray(cost.T),
        near=neighbours(plain + plain.T, first, crowd=_crowd(instance)),
        load=_of_clients(unit.load.up(instance.delivery.sum(axis=1)), nodes, first),
        work=_of_clients(
            np.zeros(instance.n_nodes, np.int64) if timed else unit.arc.up(instance.service), nodes, first
        ),
        prize=np.where(instance.required | (instance.group >= 0), FAR, np.rint(instance.prize / price)).astype(
            np.int64
        )[nodes],
        capacity=int(limits[:, CAPACITY].max()),
        longest=FAR,
        busiest=FAR,
        fixed=0,
        fleet=int(min(limits[:, COUNT].sum(), instance.n_clients)),
        first=first,
    )
    windows = _windows(instance, nodes, unit.time.up(travel).astype(np.int32), unit, timed)
    pickup = _of_clients(unit.load.up(instance.pickup.sum(axis=1)), nodes, first)
    fleet = Fleet(
        doors=np.arange(first).reshape(-1, 2),
        limits=limits,
        rate=rates.of,
        charm=charm,
        pickup=pickup,
        remote=plain[:first:2].min(axis=0),
        alone=np.array(
            [
                _alone(problem, windows, pickup, kind, row, int(rates.of[kind]), charm[kind])
                for kind, row in enumerate(limits)
            ]
        ),
        timed=timed,
        picking=bool(pickup.any()),
        mixed=bool(pickup.any() and problem.load.any() and instance.backhaul != "classic"),
        group=_groups(instance, nodes),
    )
    return Model(problem, nodes, windows, price, instance.scale, fleet)


def _numbered(instance: Instance) -> Int64:
    """The node of each number: doors, then clients along a tour from the first door."""
    doors = [
        (vehicle.start, vehicle.start if vehicle.end is None else vehicle.end) for vehicle in instance.vehicle_types
    ]
    clients = np.asarray(instance.clients)
    around = np.append(doors[0][0], clients)
    profile = instance.vehicle_types[0].profile
    tour = along_a_tour(instance.distance(around[:, None], around[None, :], profile))
    return np.concatenate([np.array(doors).ravel(), around[tour[1:]]]).astype(np.int64)


def _between(instance: Instance, nodes: Int64, nowhere: Int64, *, timed: bool) -> Floats:
    vehicle = instance.vehicle_types[0]
    i, j = nodes[:, None], nodes[None, :]
    if timed:
        table = instance.duration(i, j, vehicle.profile, vehicle.speed).copy()
    else:
        table = instance.distance(i, j, vehicle.profile).copy()
    table[:, nowhere] = 0.0
    return table


def _permitted(instance: Instance, nodes: Int64, plain: Int64, first: int) -> Int64:
    """Arc costs, those that classic backhauls rule out FORBIDDEN."""
    if instance.backhaul != "classic":
        return plain
    before, after, alone = (mask[nodes] for mask in backhaul_arcs(instance))
    client = np.arange(len(nodes)) >= first
    barred = (before & client)[:, None] & (after & client)[None, :]
    barred |= ~client[:, None] & (alone & client)[None, :]
    np.fill_diagonal(barred, False)
    return np.where(barred, FORBIDDEN, plain)


def _charm(instance: Instance, nodes: Int64, price: float) -> Int64:
    """What each client costs each kind beside the way [K, N]."""
    found = np.zeros((len(instance.vehicle_types), instance.n_nodes), np.int64)
    for row, vehicle in zip(found, instance.vehicle_types, strict=True):
        for client, cost in vehicle.preference:
            row[client] = round(cost / price)  # of two for one client the last holds
        row += _left_out(instance, price)
        if vehicle.allowed is not None:
            barred = np.zeros(instance.n_nodes, bool)
            barred[list(instance.clients)] = True
            barred[sorted(vehicle.allowed)] = False
            row[barred] = FAR
    return np.ascontiguousarray(found[:, nodes])


def _groups(instance: Instance, nodes: Int64) -> Int64:
    """The first number of each one's group, himself where he has none."""
    found = np.arange(len(nodes))
    group = instance.group[nodes]
    for number in np.unique(group[group >= 0]):
        found[group == number] = np.flatnonzero(group == number)[0]
    return found


def _crowd(instance: Instance) -> float:
    """Clients for each that is visited."""
    grouped = instance.group[instance.group >= 0]
    return instance.n_clients / max(1, instance.n_clients - len(grouped) + len(np.unique(grouped)))


def _left_out(instance: Instance, price: float) -> Int64:
    """What it costs to visit each client of a group, beside the way: the prizes of the others [N]."""
    prize = np.where(instance.group >= 0, np.rint(instance.prize / price), 0.0).astype(np.int64)
    whole = np.bincount(np.maximum(instance.group, 0), prize, minlength=1).astype(np.int64)
    return np.where(instance.group >= 0, whole[np.maximum(instance.group, 0)] - prize, 0)


def _limits(instance: Instance, unit: Units, timed: bool, price: float) -> Int64:
    """The kernel's limits of each kind [K, LIMITS]."""
    limits = [
        (
            unit.load.limit(float(instance.capacities[kind].min(initial=inf))),
            unit.arc.limit(vehicle.max_distance),
            FAR if timed else unit.arc.limit(vehicle.max_duration),
            min(unit.time.limit(vehicle.max_duration), NEVER) if timed else NEVER,
            round(vehicle.fixed_cost / price),
            instance.n_clients if vehicle.count is None else min(vehicle.count, instance.n_clients),
        )
        for kind, vehicle in enumerate(instance.vehicle_types)
    ]
    return np.array(limits, dtype=np.int64)


def _alone(
    problem: Problem, windows: Windows, pickup: Int64, kind: int, limits: Int64, rate: int, charm: Int64
) -> Int64:
    """Cost of a route with one client each [N], the vehicle aside; FAR where it breaks a rule or is none."""
    start, end = 2 * kind, 2 * kind + 1
    arcs = problem.cost[start].astype(np.int64) + problem.cost[:, end]
    driven = windows.travel[start].astype(np.int64) + windows.travel[:, end]
    possible = (arcs < NEVER) & (arcs <= limits[LONGEST]) & (arcs + problem.work <= limits[BUSIEST])
    possible &= np.maximum(problem.load, pickup) <= limits[CAPACITY]
    possible &= windows.opens[start] <= windows.closes[start]
    arrival = windows.opens[start].astype(np.int64) + windows.travel[start]
    back = np.maximum(arrival, windows.opens) + windows.service + windows.travel[:, end]
    possible &= (arrival <= windows.closes) & (back <= windows.closes[end])
    # The shortest duration: the latest departure that is in time everywhere, and the wait that is left then.
    leave = np.minimum(windows.closes[start], windows.closes.astype(np.int64) - windows.travel[start])
    leave = np.minimum(leave, windows.closes[end].astype(np.int64) - driven - windows.service)
    leave = np.maximum(leave, windows.opens[start])
    begin = np.maximum(leave + windows.travel[start], windows.opens)
    home = np.maximum(begin + windows.service + windows.travel[:, end], windows.opens[end])
    possible &= home - leave <= limits[LASTING]
    possible &= charm < FAR
    possible[: problem.first] = False
    return np.where(possible, arcs * rate + charm, FAR)


def _of_clients(values: Int64, nodes: Int64, first: int) -> Int64:
    """Values [instance nodes] by number; doors have none."""
    found = values[nodes]
    found[:first] = 0
    return found


def _windows(instance: Instance, nodes: Int64, travel: Int32, unit: Units, timed: bool) -> Windows:
    size = len(nodes)
    opens, closes, service = np.zeros(size), np.full(size, inf), np.zeros(size)
    if timed:
        opens, closes = instance.windows[nodes, 0, 0], instance.windows[nodes, 0, 1]
        service = instance.service[nodes]
        for kind, vehicle in enumerate(instance.vehicle_types):
            start, end = 2 * kind, 2 * kind + 1
            service[[start, end]] = 0.0
            opens[start] = max(opens[start], vehicle.shift[0])
            if vehicle.end is None:
                opens[end], closes[end] = 0.0, inf
            closes[end] = min(closes[end], vehicle.shift[1])
        opens, closes = np.maximum(opens - day_start(instance), 0.0), closes - day_start(instance)
    inward = np.ascontiguousarray(travel.T)
    return Windows.of(travel, inward, opens, closes, service, unit.time, NEVER)  # each kind has its own longest
