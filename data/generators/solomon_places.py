"""Where the clients of Solomon-like instances stand, and what they ask.

Solomon (1987) gives no numbers; the ones below were read off his files.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Placement = Literal["C", "R", "RC"]
Floats = NDArray[np.float64]

CLUSTER_SIZE = 10  # C101 has ten clusters of about ten
CLUSTER_WIDTH = 3.0  # standard deviation within one
_AREA = {"C": (95, 85), "R": (70, 80), "RC": (95, 85)}
_DEPOT = {"C": (40, 50), "R": (35, 35), "RC": (40, 50)}
_TENS = (10, 20, 30, 40, 50), (0.50, 0.30, 0.10, 0.07, 0.03)  # mean 18.3, in C101 18.1


def places(rng: np.random.Generator, n: int, placement: str) -> Floats:
    """Whole coordinates [n + 1, 2], the depot first, then the clients in random order.

    R is uniform in a rectangle, C Gaussian around uniform centres, ten clients each; RC is half of
    each.
    """
    scattered = {"C": 0, "R": n, "RC": n // 2}[placement]
    area = np.array(_AREA[placement], dtype=np.float64)
    lonely = rng.integers(0, area.astype(np.int64), size=(scattered, 2), endpoint=True)
    clients = np.concatenate([lonely, _heaps(rng, n - scattered, area)])
    return np.concatenate([[_DEPOT[placement]], rng.permutation(clients)])


def _heaps(rng: np.random.Generator, count: int, area: Floats) -> Floats:
    heaps = -(-count // CLUSTER_SIZE)
    centres = rng.uniform(0.1, 0.9, size=(heaps, 2)) * area
    members = np.arange(count) % max(heaps, 1)
    points = centres[members] + rng.normal(0.0, CLUSTER_WIDTH, size=(count, 2))
    return np.asarray(np.clip(np.rint(points), 0.0, area))


def demands(rng: np.random.Generator, n: int, placement: str) -> Floats:
    """Whole demands [n]: tens up to 50 for C, else about normal around 15, between 1 and 41."""
    if placement == "C":
        tens, shares = _TENS
        return rng.choice(np.array(tens, dtype=np.float64), size=n, p=shares)
    return np.asarray(np.clip(np.rint(rng.normal(15.0, 9.0, size=n)), 1.0, 41.0))
