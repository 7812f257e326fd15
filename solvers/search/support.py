"""Which instances the search can express, which of them need routes to be walked, and in plain words why not."""

import numpy as np

from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.features import unloaded_backhaul
from routewright.solvers.search.divide import WHOLE_LIMIT
from routewright.solvers.search.general import general_features

DEAREST = 50
"""Times the lowest cost of distance, up to which the fast kernels add both up in whole numbers."""


def reasons_against(instance: Instance) -> list[str]:
    """Features of ``instance`` that the search does not know; empty where it can solve it."""
    found = []
    if instance.distances is not None and instance.n_nodes > MATRIX_LIMIT:
        found.append(f"explicit distances for more than {MATRIX_LIMIT} nodes")
    if instance.n_clients > WHOLE_LIMIT:
        features = general_features(instance) + rich_features(instance)
        found += [f"{feature} with more than {WHOLE_LIMIT} clients" for feature in dict.fromkeys(features)]
    if instance.split:
        found += [f"split deliveries with {feature}" for feature in _hard_to_split(instance)]
    return found


def _hard_to_split(instance: Instance) -> list[str]:
    clients = instance.clients
    known = {
        "optional clients or groups": bool(instance.required[clients.start : clients.stop].all()),
        "preferences": not any(vehicle.preference for vehicle in instance.vehicle_types),
    }
    return [feature for feature, absent in known.items() if not absent]


def rich_features(instance: Instance) -> list[str]:
    """What the families capacity, windows and general cannot express; routes are walked then."""
    found = _about_fleet(instance) + _about_clients(instance)
    if instance.objective != "cost":
        found.append(f"objective {instance.objective}")
    if instance.speed_periods is not None:
        found.append("speed periods")
    return found


def _about_fleet(instance: Instance) -> list[str]:
    found = []
    types = instance.vehicle_types
    if len({(vehicle.profile, vehicle.speed) for vehicle in types}) > 1:
        found.append("vehicle types that differ in profile or speed")
    costs = [vehicle.distance_cost for vehicle in types]
    if max(costs) > DEAREST * min(costs):
        found.append("vehicle types whose costs of distance differ by far")
    if instance.stations:
        found.append("charging stations")
    about = [reason for vehicle in instance.vehicle_types for reason in _about_vehicle(vehicle)]
    return found + list(dict.fromkeys(about))


def _about_vehicle(vehicle: VehicleType) -> list[str]:
    known = {
        "reloads": not vehicle.reload_depots,
        "cost of duration": vehicle.duration_cost == 0,
        "routes without cost of distance": vehicle.distance_cost > 0,
        "overtime": vehicle.max_overtime == 0,
        "breaks": not vehicle.breaks,
        "batteries": vehicle.battery is None,
    }
    return [feature for feature, absent in known.items() if not absent]


def _about_clients(instance: Instance) -> list[str]:
    windows = instance.windows
    closing = np.isfinite(windows[..., 1]).any(axis=1)
    known = {
        "clients without a load among classic backhauls": not unloaded_backhaul(instance),
        "pairs": not len(instance.pairs),
        "several load dimensions": instance.n_loads <= 1,
        "several windows of a client": bool((windows == windows[:, :1]).all()),
        "soft windows": not np.isfinite(instance.lateness_cost[closing]).any(),
        "release times": not instance.release.any(),
        "negative prizes": not (instance.prize < 0).any(),
        "split deliveries": not instance.split,
    }
    return [feature for feature, absent in known.items() if not absent]
