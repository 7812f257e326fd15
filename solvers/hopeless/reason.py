"""A limit that nodes miss, and by how much."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOLERANCE = 1e-6
"""Times max(1, |limit|), as in the definition of the problem."""


def above(value: Any, limit: Any) -> Mask:
    """Whether values exceed their limits, element by element."""
    bound = np.asarray(limit, dtype=np.float64)
    slack = TOLERANCE * np.maximum(1.0, np.abs(np.where(np.isfinite(bound), bound, 0.0)))
    return np.asarray(np.asarray(value) > bound + slack)


@dataclass(frozen=True)
class Reason:
    """Why nodes cannot be served by a vehicle.

    Attributes:
        words: for people.
        wrong: whether [N] it holds for a node.
        value: [N] and ``limit`` [N] are told beside the words, where there are any.
        limit: see ``value``.
    """

    words: str
    wrong: Mask
    value: Floats | None = None
    limit: Floats | None = None

    def of(self, node: int) -> str:
        """The words for one node, with its numbers."""
        if self.value is None or self.limit is None:
            return self.words
        return f"{self.words} ({self.value[node]:.12g} > {self.limit[node]:.12g})"


def exceeds(words: str, value: Floats, limit: Floats | float, where: Mask | bool = True) -> Reason:
    """The reason that values [N] exceed a limit, at the nodes ``where``."""
    bounds = np.broadcast_to(np.asarray(limit, dtype=np.float64), value.shape)
    return Reason(words, above(value, bounds) & where, value, bounds)
