"""Vehicles and depots in PyVRP's words.

PyVRP knows a depot by its windows and service, so one of our depots becomes several of its own, one
for each role (start or end, reload) in which it behaves differently. An open route ends at a place
that is no distance from anywhere: location N.
"""

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from routewright.data.vehicle import VehicleType
from routewright.solvers.features import window
from routewright.solvers.pyvrp.draft import Draft, Role
from routewright.solvers.scaling import UNLIMITED

if TYPE_CHECKING:
    from pyvrp import VehicleType as TheirVehicle


def vehicle_type(draft: Draft, vehicle: VehicleType, profile: int) -> "TheirVehicle":
    """A vehicle type that travels by PyVRP's ``profile``."""
    from pyvrp import VehicleType as TheirVehicle

    instance, scaling = draft.instance, draft.scaling
    shift = scaling.span(*vehicle.shift)
    clients = max(1, instance.n_clients)  # more vehicles than clients are never of use
    return TheirVehicle(
        num_available=clients if vehicle.count is None else min(vehicle.count, clients),
        capacity=_capacity(draft, vehicle),
        start_depot=draft.depot(_home(draft, vehicle.start)),
        end_depot=draft.depot(_home(draft, vehicle.end)),
        fixed_cost=int(scaling.money(vehicle.fixed_cost)),
        tw_early=int(shift[0]),
        tw_late=int(shift[1]),
        shift_duration=int(scaling.sooner(vehicle.max_duration)),
        max_distance=int(scaling.sooner(vehicle.max_distance)),
        unit_distance_cost=1 if vehicle.preference else scaling.rate(vehicle.distance_cost),
        unit_duration_cost=scaling.rate(vehicle.duration_cost),
        profile=profile,
        reload_depots=[draft.depot(_reload(draft, depot)) for depot in vehicle.reload_depots],
        max_reloads=UNLIMITED if vehicle.max_trips is None else vehicle.max_trips - 1,
        max_overtime=_overtime(draft, vehicle),
        unit_overtime_cost=scaling.rate(vehicle.overtime_cost) if vehicle.max_overtime else 0,
    )


def _overtime(draft: Draft, vehicle: VehicleType) -> int:
    if vehicle.max_duration == inf:
        return 0
    return min(int(draft.scaling.sooner(vehicle.max_overtime)), UNLIMITED // 4)  # PyVRP adds it to the duration


def _capacity(draft: Draft, vehicle: VehicleType) -> list[int]:
    """Per load dimension; what is unlimited holds everything there is."""
    instance, scaling = draft.instance, draft.scaling
    everything = scaling.up(instance.delivery + instance.pickup, scaling.load).sum(axis=0)
    if not vehicle.capacity:
        return [int(load) for load in everything]
    limited = np.minimum(scaling.down(vehicle.capacity, scaling.load), everything)
    return [int(load) for load in limited]


def _home(draft: Draft, depot: int | None) -> Role:
    """Where a route starts or ends: windows count as one, and no service is spent."""
    if depot is None:
        return draft.instance.n_nodes, 0, UNLIMITED, 0
    opening, closing = window(draft.instance, depot)
    opens, closes = draft.scaling.span(opening, closing)
    return depot, int(opens), int(closes), 0


def _reload(draft: Draft, depot: int) -> Role:
    opening, closing = window(draft.instance, depot)
    scaling = draft.scaling
    service = int(scaling.later(draft.instance.service[depot]))
    opens, closes = scaling.span(opening, closing)
    return depot, int(opens), int(closes), service


def reload_roles(draft: Draft) -> dict[int, int]:
    """PyVRP's depot for each of our reload depots."""
    depots = {depot for vehicle in draft.instance.vehicle_types for depot in vehicle.reload_depots}
    return {depot: draft.roles[_reload(draft, depot)] for depot in depots if _reload(draft, depot) in draft.roles}
