"""A tour to begin with: the shortest ways that may be in one, greedily (Bentley 1992)."""

from collections.abc import Callable

import numpy as np

from routewright.solvers.lk.kernel.join import join, walk
from routewright.solvers.lk.kernel.model import Cities, Floats, Int64
from routewright.solvers.lk.near import near_by_matrix, near_on_plane

FEW = 400
"""Ends of paths between which all ways are looked at."""

Near = Callable[[Int64], Cities]
Length = Callable[[Int64, Int64], Floats]


def greedy(near: Cities, near_among: Near, length: Length) -> Cities:
    """Cities in order.

    Args:
        near: near cities of each.
        near_among: gives near ones among some cities, by their places in the list.
        length: of ways.
    """
    n = len(near)
    links, mate = np.full((n, 2), -1, np.int32), np.arange(n, dtype=np.int32)
    cities = np.arange(n)
    paths = n
    while paths > 1:
        starts = np.repeat(cities, near.shape[1])
        ends = cities[near.ravel()]
        once = (starts < ends) | ~_mutual(near)
        starts, ends = starts[once], ends[once]
        order = np.argsort(length(starts, ends), kind="stable")
        paths -= int(join(starts[order].astype(np.int32), ends[order].astype(np.int32), links, mate))
        cities = np.flatnonzero(links[:, 1] < 0)
        near = near_among(cities)
    tour = np.empty(n, np.int32)
    walk(links, int(cities[0]), tour)
    return tour


def _mutual(near: Cities) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """[n * k] whether a city is among the near ones of its near one, too."""
    n, k = near.shape
    ways = np.repeat(np.arange(n, dtype=np.int64), k) * n + near.ravel()
    back = near.ravel().astype(np.int64) * n + np.repeat(np.arange(n), k)
    return np.isin(back, ways)


def on_plane(places: Floats, near: Cities, length: Length) -> Cities:
    """A tour of places."""
    return greedy(near, lambda cities: near_on_plane(places[cities], _count(len(cities))), length)


def by_matrix(matrix: Cities, near: Cities) -> Cities:
    """A tour by a matrix."""
    return greedy(
        near,
        lambda cities: near_by_matrix(matrix[np.ix_(cities, cities)], _count(len(cities))),
        lambda starts, ends: matrix[starts, ends].astype(np.float64),
    )


def _count(cities: int) -> int:
    return max(1, cities - 1 if cities <= FEW else 8)
