"""Near cities of each city."""

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.lk.kernel.model import Cities, Floats

NEAR = 10
"""Cities that a new way may lead to."""
ANYWHERE = 4
"""Of these, those that are nearest, whatever their direction."""
SEEN = 40
"""Nearest cities among which those of each direction are sought."""
PIECE = 20_000
"""Cities whose near ones are sought at a time."""


def near_on_plane(places: Floats, count: int = NEAR) -> Cities:
    """[n, count], nearest first: the nearest of all, then in turn the nearest of each quadrant.

    Where cities stand in heaps, the nearest ones alone would never lead out of a heap: Johnson & McGeoch (1997).
    """
    n = len(places)
    count = min(count, n - 1)
    seen = nearest(places, min(SEEN, n - 1))
    parts = [_chosen(places, first, seen[first : first + PIECE], count) for first in range(0, n, PIECE)]
    return np.concatenate(parts)


def nearest(places: Floats, count: int) -> Cities:
    """[n, count] by a k-d tree, nearest first."""
    from scipy.spatial import cKDTree

    n = len(places)
    _, found = cKDTree(places).query(places, count + 1)
    others = np.asarray(found, dtype=np.int32).reshape(n, count + 1)
    own = others == np.arange(n)[:, None]
    own[~own.any(1), -1] = True  # where several cities share a place, one may be missing among its own near ones
    return np.ascontiguousarray(others[~own].reshape(n, count))


def _chosen(places: Floats, first: int, seen: Cities, count: int) -> Cities:
    away = places[seen] - places[first : first + len(seen), None]
    quadrant = 2 * (away[..., 0] > 0) + (away[..., 1] > 0)
    turn = np.zeros(seen.shape, np.int64)  # how many nearer ones lie in the same quadrant
    for each in range(4):
        mine = quadrant == each
        turn += np.where(mine, mine.cumsum(axis=1) - 1, 0)
    turn[:, :ANYWHERE] = -1
    order = np.argsort(turn, axis=1, kind="stable")[:, :count]
    return np.take_along_axis(seen, np.sort(order, axis=1), axis=1)


def near_by_matrix(matrix: NDArray[np.int32], count: int = NEAR) -> Cities:
    """[n, count] by a matrix, nearest first."""
    closeness = matrix.astype(np.int64)
    np.fill_diagonal(closeness, np.iinfo(np.int64).max)
    return np.argsort(closeness, axis=1, kind="stable")[:, : min(count, len(matrix) - 1)].astype(np.int32)
