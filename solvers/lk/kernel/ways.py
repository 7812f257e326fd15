"""Lengths of ways between cities."""

from math import ceil, floor, sqrt

import numpy as np

from routewright.solvers.lk.kernel.model import UP, Asked
from routewright.solvers.search.kernel.jit import inlined


@inlined
def way(asked: Asked, i: int, j: int) -> int:
    """In whole units."""
    if asked.matrix.shape[0] > 0:
        return np.int64(asked.matrix[i, j])  # type: ignore[return-value]
    dx = asked.places[i, 0] - asked.places[j, 0]
    dy = asked.places[i, 1] - asked.places[j, 1]
    plain = sqrt(dx * dx + dy * dy)
    return np.int64(ceil(plain) if asked.rounding == UP else floor(plain + 0.5))  # type: ignore[return-value]
