"""Why one vehicle type cannot serve nodes, taken one by one."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.hopeless.battery import out_of_reach
from routewright.solvers.hopeless.hours import Hours
from routewright.solvers.hopeless.reason import Reason, above, exceeds
from routewright.solvers.hopeless.ways import Ways

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def reasons(instance: Instance, vehicle: VehicleType, *, shortest: bool) -> list[Reason]:
    """All reasons against nodes [N], the plainest first."""
    ways = Ways(instance, vehicle, shortest)
    found = [
        Reason("not allowed on the vehicle", barred(instance, vehicle)),
        *_too_big(instance, vehicle),
        *_backhaul(instance, vehicle),
        *_hours(Hours(ways)),
        exceeds(
            "the way to it and back exceeds the distance limit",
            ways.road(vehicle.start) + ways.road_to(vehicle.end),
            vehicle.max_distance,
        ),
        out_of_reach(ways),
    ]
    return [reason for reason in found if reason is not None]


def barred(instance: Instance, vehicle: VehicleType) -> Mask:
    """Nodes [N] that the type may not visit."""
    mask = np.zeros(instance.n_nodes, dtype=bool)
    if vehicle.allowed is not None:
        mask[:] = True
        mask[sorted(vehicle.allowed)] = False
    return mask


def _too_big(instance: Instance, vehicle: VehicleType) -> list[Reason]:
    if instance.split:
        return []
    loads = np.maximum(instance.delivery, instance.pickup)
    return [exceeds("its load exceeds the capacity", loads[:, k], limit) for k, limit in enumerate(vehicle.capacity)]


def _backhaul(instance: Instance, vehicle: VehicleType) -> list[Reason]:
    """Classic backhauls: a pickup needs a delivery before it, by the same vehicle."""
    if instance.backhaul != "classic":
        return []
    gives, takes = (instance.delivery > 0).any(axis=1), (instance.pickup > 0).any(axis=1)
    if (gives & ~barred(instance, vehicle)).any():
        return []
    return [Reason("no delivery can come before its pickup", np.asarray(takes & ~gives))]


def _hours(hours: Hours) -> list[Reason]:
    instance, vehicle = hours.ways.instance, hours.ways.vehicle
    hard = instance.lateness_cost == inf
    arrival = hours.arrival(instance.release)
    back = hours.begin(arrival) + instance.service + hours.time_back
    # Waiting does not shorten the work, and breaks come on top of it.
    work = hours.time_there + instance.service + hours.time_back
    back = np.maximum(back, hours.opens + work + hours.rest(back))
    first_opening = instance.windows[..., 0].min(axis=1)
    duration = np.maximum(
        work + hours.rest(back), first_opening + instance.service + hours.time_back - hours.last_departure
    )
    found = [
        exceeds("its time window closes before a vehicle can arrive", arrival, _closing(instance), hard),
        exceeds("no vehicle that serves it is back in time", back, hours.must_be_back),
        exceeds(
            "the way to it and back exceeds the duration limit", duration, vehicle.max_duration + vehicle.max_overtime
        ),
    ]
    return [*_releases(hours, back), *found]


def _releases(hours: Hours, back: Floats) -> list[Reason]:
    """What a release later than the vehicle can wait makes impossible."""
    release, vehicle = hours.ways.instance.release, hours.ways.vehicle
    if hours.reloads:  # only the end of the shift is sure to come after every departure
        return [exceeds("it is released after the vehicle's shift", release, vehicle.shift[1])]
    found = [exceeds("it is released after the last departure", release, hours.last_departure)]
    for rest in vehicle.breaks:
        missed = above(np.maximum(release, hours.opens), rest.latest) & (back >= rest.earliest)
        limit = np.full_like(release, rest.latest)
        found.append(Reason("its driver's break would begin before the vehicle can leave", missed, release, limit))
    return found


def _closing(instance: Instance) -> Floats:
    return np.asarray(instance.windows[..., 1].max(axis=1))
