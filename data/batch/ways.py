"""Distances and times that are written out as matrices."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.batch.layout import Layout, sources
from routewright.data.errors import UnsupportedError
from routewright.data.instance import MATRIX_LIMIT, Instance

Floats = NDArray[np.float64]


def ways(given: list[Instance], layout: Layout, everywhere: bool) -> Iterator[list[dict[str, Any]]]:
    """``distances`` of each instance if any of them needs them or ``everywhere`` is set; ``durations`` if any does."""
    profiles = max(_profiles(instance) for instance in given)
    timed = any(instance.durations is not None for instance in given)
    if everywhere or any(map(_needs_distances, given)):
        yield [{"distances": _placed(each, _distances(each, layout), layout, profiles)} for each in given]
    if timed:
        yield [{"durations": _placed(each, _durations(each, layout), layout, profiles)} for each in given]


def _profiles(instance: Instance) -> int:
    return 1 + max(vehicle.profile for vehicle in instance.vehicle_types)


def _needs_distances(instance: Instance) -> bool:
    return instance.distances is not None or instance.metric != "euclidean" or instance.rounding != "none"


def _distances(instance: Instance, layout: Layout) -> list[Floats]:
    """One matrix for each profile that vehicles use."""
    if instance.distances is None and layout.nodes > MATRIX_LIMIT:
        raise UnsupportedError(
            f"{instance.name!r}: distances are written out as matrices for up to {MATRIX_LIMIT} nodes, where they "
            f"are rounded or ``matrices`` is set; this batch has {layout.nodes}"
        )
    return [instance.distance_matrix(profile) for profile in range(_profiles(instance))]


def _durations(instance: Instance, layout: Layout) -> list[Floats]:
    if instance.durations is not None:
        return [np.asarray(matrix) for matrix in instance.durations[: _profiles(instance)]]
    return _distances(instance, layout)  # the environment divides them by the speed


def _placed(instance: Instance, matrices: list[Floats], layout: Layout, profiles: int) -> Floats:
    """[N, N], or [P, N, N] where some instance has several profiles."""
    place, source = layout.places(instance), sources(instance)
    wide = np.zeros((profiles, layout.nodes, layout.nodes))
    for profile, matrix in enumerate(matrices):
        wide[profile][np.ix_(place, place)] = matrix[np.ix_(source, source)]
    doors = len(instance.vehicle_types)
    wide[:, :doors, :doors] = 0.0  # vehicles never drive between doors
    row, column = np.nonzero(source[:, None] == source)
    wide[:, place[row], place[column]] = 0.0
    return wide[0] if profiles == 1 else wide
