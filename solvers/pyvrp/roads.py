"""Travel in PyVRP's words: a profile for each way in which vehicles differ on the road.

What a vehicle may not do (visit a client, or deliver after a pickup) costs the distance ``FORBIDDEN``.
"""

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.features import backhaul_arcs
from routewright.solvers.pyvrp.draft import Draft

Integers = NDArray[np.int64]

FORBIDDEN = 1 << 44
"""Longest distance that PyVRP accepts (``pyvrp.constants.MAX_VALUE``)."""

ProfileKey = tuple[int, float, frozenset[int] | None, tuple[tuple[int, float], ...], float]


def profile_key(instance: Instance, index: int) -> ProfileKey:
    """What a vehicle type's matrices depend on."""
    vehicle = instance.vehicle_types[index]
    folded = vehicle.distance_cost if vehicle.preference else 1.0
    return vehicle.profile, vehicle.speed, vehicle.allowed, vehicle.preference, folded


def matrices(draft: Draft, key: ProfileKey) -> tuple[Integers, Integers]:
    """Distances and durations [N + 1, N + 1]; "nowhere" comes last.

    Preferences are paid on the way in, as distance: such a matrix holds costs instead of distances.
    """
    instance, scaling = draft.instance, draft.scaling
    profile, speed, allowed, preference, folded = key
    plain = instance.distance_matrix(profile)
    road = scaling.later(plain)
    time = scaling.later(plain / speed if instance.durations is None else instance.durations[profile])
    if preference:
        road = road * scaling.rate(folded)
        for client, price in dict(preference).items():
            road[:, client] += scaling.money(price)
    _forbid(instance, road, allowed)
    return np.pad(road, (0, 1)), np.pad(time, (0, 1))


def _forbid(instance: Instance, road: Integers, allowed: frozenset[int] | None) -> None:
    if allowed is not None:
        barred = sorted(set(instance.clients) - allowed)
        road[:, barred] = road[barred, :] = FORBIDDEN
    if instance.backhaul == "classic":
        before, after, first = backhaul_arcs(instance)
        road[np.ix_(before, after)] = FORBIDDEN
        road[: instance.depots, first] = FORBIDDEN
    np.fill_diagonal(road, 0)
