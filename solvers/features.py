"""Questions that adapters ask of an instance, in one place."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]


def single_windows(instance: Instance, *, paired: bool = False) -> bool:
    """Whether no client (none in pairs, if ``paired``) has alternative time windows."""
    clients = instance.windows[instance.pairs.ravel() if paired else list(instance.clients)]
    return bool((clients == clients[:, :1]).all())


def types_that_leave(instance: Instance) -> list[int]:
    """Vehicle types, but for those that can only stay at home.

    Libraries refuse a vehicle whose shift ends before its depot opens, or give the whole up.
    """
    return [index for index, vehicle in enumerate(instance.vehicle_types) if _leaves(instance, vehicle)]


def _leaves(instance: Instance, vehicle: VehicleType) -> bool:
    (opening, closing), (begin, end) = window(instance, vehicle.start), vehicle.shift
    back = begin if vehicle.end is None else window(instance, vehicle.end)[0]
    return vehicle.count != 0 and max(opening, begin) <= min(closing, end) and back <= end


def window(instance: Instance, node: int) -> tuple[float, float]:
    """First opening and last closing."""
    return float(instance.windows[node, :, 0].min()), float(instance.windows[node, :, 1].max())


def soft(instance: Instance, nodes: range) -> bool:
    """Whether a closing of ``nodes`` may be missed at a price."""
    closes = instance.windows[nodes.start : nodes.stop, :, 1].max(axis=1)
    return bool((np.isfinite(closes) & np.isfinite(instance.lateness_cost[nodes.start : nodes.stop])).any())


def duration_matters(instance: Instance) -> bool:
    """Whether time under way costs or is limited for some vehicle type."""
    return any(vehicle.duration_cost > 0 or vehicle.max_duration < inf for vehicle in instance.vehicle_types)


def opening_hours(instance: Instance, node: int) -> list[tuple[float, float]]:
    """The windows of a node in order, those that meet or overlap joined."""
    joined: list[tuple[float, float]] = []
    for opens, closes in sorted(map(tuple, instance.windows[node].tolist())):
        if joined and opens <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], closes)
        else:
            joined.append((opens, closes))
    return joined


def before_zero(instance: Instance) -> bool:
    """Whether a window, a shift or a break is at negative times; of an ``Equivalent``, whether one ends there."""
    first = [min(v.shift[0], *(rest.earliest for rest in v.breaks), 0.0) for v in instance.vehicle_types]
    return bool((instance.windows < 0).any()) or min(first) < 0


def priced_time(instance: Instance) -> bool:
    """Whether the time of day is part of the cost: duration, overtime or lateness."""
    dear = any(v.duration_cost > 0 or v.overtime_cost > 0 for v in instance.vehicle_types)
    return dear or soft(instance, range(instance.n_nodes))


def plain_pairs(instance: Instance) -> bool:
    """Whether no node of a pair has a load, release or group beside what the pair moves."""
    if not len(instance.pairs):
        return True
    first, second = instance.pairs.T
    both = instance.pairs.ravel()
    return not (
        instance.delivery[first].any()
        or instance.pickup[second].any()
        or instance.release[both].any()
        or (instance.group[both] >= 0).any()
    )


def unloaded_backhaul(instance: Instance) -> bool:
    """Whether a client without load stands between classic deliveries and pickups.

    Both libraries are told about backhauls arc by arc, and such a client would hide what came before it.
    """
    loads = (instance.delivery + instance.pickup)[instance.clients.start : instance.clients.stop]
    return instance.backhaul == "classic" and not bool((loads > 0).any(axis=1).all())


def backhaul_arcs(instance: Instance) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks [N] of nodes: no arc leads from the first to the second, none from a depot to the third."""
    delivers = np.asarray((instance.delivery > 0).any(axis=1))
    collects = np.asarray((instance.pickup > 0).any(axis=1))
    return collects, delivers, collects & ~delivers


def beyond_any_library(instance: Instance) -> dict[str, bool]:
    """What neither OR-Tools' nor PyVRP's model is given: the feature's name, and whether it is there.

    Args:
        instance: the ``Equivalent`` of one.
    """
    return {
        "shifts that end before their depots open, all of them": not types_that_leave(instance),
        "split deliveries": instance.split,
        "speed_periods": instance.speed_periods is not None,
        "times before 0": before_zero(instance),
        f"more than {MATRIX_LIMIT} nodes": instance.n_nodes > MATRIX_LIMIT,
    }
