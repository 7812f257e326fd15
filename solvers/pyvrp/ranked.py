"""``vehicles_first`` as a cost: an absent client above all vehicles, a vehicle above all driving."""

from dataclasses import replace
from math import ceil

import numpy as np

from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.scaling import Scaling

LARGEST = 1 << 44
"""Largest number that PyVRP accepts (``pyvrp.constants.MAX_VALUE``)."""


def ranks_fit(instance: Instance) -> bool:
    """Whether the tiers of ``by_rank`` stay below what PyVRP accepts."""
    if instance.objective != "vehicles_first" or instance.n_nodes > MATRIX_LIMIT:  # refused for another reason
        return True
    units = Scaling.of(instance).travel
    return units * max(_tier(instance), _absence(instance)) < LARGEST


def by_rank(instance: Instance) -> Instance:
    """The instance whose costs rank solutions as ``instance`` does; itself, unless that is ``vehicles_first``."""
    if instance.objective != "vehicles_first":
        return instance
    prize = np.where((instance.group < 0) & ~instance.required, _absence(instance), 0.0)
    prize[: instance.depots] = 0.0
    fleet = tuple(_priced(vehicle, _tier(instance)) for vehicle in instance.vehicle_types)
    return instance.replace(objective="cost", prize=prize, vehicle_types=fleet)


def _priced(vehicle: VehicleType, price: float) -> VehicleType:
    return replace(vehicle, fixed_cost=price, distance_cost=1.0, duration_cost=0.0, overtime_cost=0.0, preference=())


def _tier(instance: Instance) -> float:
    """More than any solution drives."""
    longest = max(float(instance.distance_matrix(v.profile).max()) for v in instance.vehicle_types)
    return (2 * instance.n_clients + 1) * (ceil(longest) + 1)


def _absence(instance: Instance) -> float:
    """More than all vehicles; 0 where every client must be served."""
    optional = (instance.group < 0) & ~instance.required
    return _tier(instance) * (instance.n_clients + 1) if optional[list(instance.clients)].any() else 0.0
