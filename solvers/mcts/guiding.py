"""From a heatmap to the weights of ways."""

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.lk.near import near_by_matrix, nearest
from routewright.solvers.lk.problem import Problem
from routewright.solvers.mcts.heatmap import Floats, Heat
from routewright.solvers.mcts.kernel.guide import Guide

SCALE = 100.0
"""Weight of a way that is certain."""


def by_distance(asked: Problem, heat: Heat, count: int) -> Guide:
    """Nearest cities and what a heatmap says of their distances, in sides of the square that holds all cities."""
    places = asked.asked.places
    if len(places):
        near = nearest(places, min(count, len(places) - 1))
        away = np.linalg.norm(places[near] - places[:, None], axis=-1)
        side = float(np.ptp(places, axis=0).max()) or 1.0
    else:
        near = near_by_matrix(asked.asked.matrix, count)
        away = np.take_along_axis(asked.asked.matrix, near, axis=1).astype(np.float64)
        side = float(asked.asked.matrix.max()) or 1.0
    return _guide(near, heat(away / side))


def by_matrix(heat: Floats, count: int) -> Guide:
    """The hottest ways of each city of a heatmap [n, n], which may differ there and back: the mean counts."""
    both = (heat + heat.T) / 2.0
    np.fill_diagonal(both, -1.0)
    near = np.argsort(-both, axis=1, kind="stable")[:, : min(count, len(both) - 1)]
    return _guide(near, np.take_along_axis(both, near, axis=1))


def _guide(candidates: NDArray[np.integer], heat: Floats) -> Guide:
    near = np.ascontiguousarray(candidates, dtype=np.int32)
    n, k = near.shape
    back = np.full((n, k), -1, np.int32)
    mutual = near[near] == np.arange(n)[:, None, None]  # [city, place, place of the candidate's candidate]
    there = mutual.any(axis=2)
    back[there] = mutual.argmax(axis=2)[there]
    weight = SCALE * np.maximum(heat, 1e-9)
    return Guide(near, back, weight, weight.sum(axis=1), np.zeros((n, k), np.int64), np.zeros(2, np.int64))
