"""What the environments cannot express."""

from math import isfinite

import numpy as np

from routewright.data.instance import Instance


def unsupported(instance: Instance) -> list[str]:
    """Reasons why the environments cannot express an instance; empty where they can."""
    return [reason for reason, present in (_of_nodes(instance) | _of_fleet(instance)).items() if present]


def _of_nodes(instance: Instance) -> dict[str, bool]:
    clients = list(instance.clients)
    grouped = bool((instance.group[clients] >= 0).any())
    classic = instance.backhaul == "classic"
    split, pairs = instance.split, len(instance.pairs) > 0
    return {
        "pairs beside classic backhauls": pairs and classic,
        "split pickups": split and bool(instance.pickup.any()),
        "split deliveries beside clients that may be left out": split and not bool(instance.required[clients].all()),
        "groups beside pairs, classic backhauls, prizes or split deliveries": grouped
        and (pairs or classic or split or bool(instance.prize.any())),
        "hours of charging stations": _stations_have_hours(instance),
        "several windows": instance.windows.shape[1] > 1 and bool((instance.windows != instance.windows[:, :1]).any()),
        "soft windows": bool(np.isfinite(instance.lateness_cost[np.isfinite(instance.windows).all(axis=(1, 2))]).any()),
        "speed periods": instance.speed_periods is not None,
    }


def _of_fleet(instance: Instance) -> dict[str, bool]:
    types = instance.vehicle_types
    several = [vehicle for vehicle in types if vehicle.trip_limit > 1]
    released = bool(instance.release.any())
    return {
        "vehicles that end elsewhere than they start": any(v.end not in (None, v.start) for v in types),
        "a price of duration": any(vehicle.duration_cost for vehicle in types),
        "several trips of vehicles with a battery": any(v.battery is not None for v in several),
        "several trips beside split deliveries": len(several) > 0 and instance.split,
        "a limited duration of several trips with release times": released
        and any(isfinite(vehicle.max_duration) for vehicle in several),
        "overtime": any(vehicle.max_overtime > 0 for vehicle in types),
        "breaks": any(vehicle.breaks for vehicle in types),
    }


def _stations_have_hours(instance: Instance) -> bool:
    """Whether a station may be closed while a vehicle is under way."""
    hours = instance.windows[list(instance.station_nodes), 0]
    first = min(vehicle.shift[0] for vehicle in instance.vehicle_types)
    last = max(min(v.shift[1], instance.windows[v.start, 0, 1]) for v in instance.vehicle_types)
    return bool((hours[:, 0] > first).any() or (hours[:, 1] < last).any())
