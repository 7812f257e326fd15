"""Fields of rules that few instances have: left out where none of a batch does."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from routewright.data.batch.layout import Layout, reload_depots
from routewright.data.instance import Instance

Fields = dict[str, Any]


def extras(given: list[Instance], layout: Layout) -> Iterator[list[Fields]]:
    """The fields of each instance, of every rule that any of them has."""
    for present, fields in RULES:
        if any(map(present, given)):
            yield [fields(instance, layout) for instance in given]


def _pairs(instance: Instance, layout: Layout) -> Fields:
    second_of, is_second = np.zeros(layout.nodes, np.int64), np.zeros(layout.nodes, np.bool_)
    first, second = instance.pairs.T + (layout.doors - instance.depots)
    second_of[first], is_second[second] = second, True
    return {"second_of": second_of, "is_second": is_second}


def _has_pairs(instance: Instance) -> bool:
    return len(instance.pairs) > 0


def _tastes(instance: Instance, layout: Layout) -> Fields:
    allowed = np.ones((layout.doors, layout.nodes), np.bool_)
    preference = np.zeros((layout.doors, layout.nodes))
    shift = layout.doors - instance.depots
    for door, vehicle in enumerate(instance.vehicle_types):
        if vehicle.allowed is not None:
            allowed[door, [client + shift for client in instance.clients if client not in vehicle.allowed]] = False
        for client, cost in vehicle.preference:
            preference[door, client + shift] += cost
    return {"allowed": allowed, "preference": preference}


def _has_tastes(instance: Instance) -> bool:
    return any(vehicle.allowed is not None or vehicle.preference for vehicle in instance.vehicle_types)


def _batteries(instance: Instance, layout: Layout) -> Fields:
    batteries = [vehicle.battery for vehicle in instance.vehicle_types]
    batteries += batteries[:1] * (layout.doors - len(batteries))
    return {
        "stations": np.arange(layout.stations) < instance.stations,
        "battery": np.array([0.0 if battery is None else float(battery.capacity) for battery in batteries]),
        "energy_use": np.array([0.0 if battery is None else float(battery.use) for battery in batteries]),
        "recharge": np.array([0.0 if battery is None else float(battery.recharge) for battery in batteries]),
    }


def _has_batteries(instance: Instance) -> bool:
    return instance.stations > 0 or any(vehicle.battery is not None for vehicle in instance.vehicle_types)


def _groups(instance: Instance, layout: Layout) -> Fields:
    group = np.full(layout.nodes, -1, np.int64)
    group[layout.doors + np.arange(instance.n_clients)] = instance.group[list(instance.clients)]
    return {"group": group}


def _has_groups(instance: Instance) -> bool:
    return bool((instance.group[list(instance.clients)] >= 0).any())


def _trips(instance: Instance, layout: Layout) -> Fields:
    types, depots = instance.vehicle_types, reload_depots(instance)
    trips, reloads = np.ones(layout.doors), np.zeros((layout.doors, layout.reloads), np.bool_)
    for door, vehicle in enumerate(types):
        trips[door] = vehicle.trip_limit
        reloads[door, : len(depots)] = [vehicle.trip_limit > 1 and depot in vehicle.reload_depots for depot in depots]
    return {"trips": trips, "reloads": reloads}


def _has_trips(instance: Instance) -> bool:
    return len(reload_depots(instance)) > 0


def _releases(instance: Instance, layout: Layout) -> Fields:
    release = np.zeros(layout.nodes)
    release[layout.doors + np.arange(instance.n_clients)] = instance.release[list(instance.clients)]
    return {"release": release}


def _has_releases(instance: Instance) -> bool:
    return bool(instance.release[list(instance.clients)].any())


def _split(instance: Instance, layout: Layout) -> Fields:
    return {"split": np.bool_(instance.split)}


def _is_split(instance: Instance) -> bool:
    return instance.split


RULES: tuple[tuple[Callable[[Instance], bool], Callable[[Instance, Layout], Fields]], ...] = (
    (_has_pairs, _pairs),
    (_has_tastes, _tastes),
    (_has_batteries, _batteries),
    (_has_groups, _groups),
    (_has_trips, _trips),
    (_has_releases, _releases),
    (_is_split, _split),
)
