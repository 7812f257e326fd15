"""The seven demand distributions of X-style instances (Uchoa et al. 2017, section 4.3)."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Demand = Literal["unit", "1-10", "5-10", "1-100", "50-100", "quadrant", "small-large"]
DEMANDS: tuple[str, ...] = get_args(Demand)
Floats = NDArray[np.float64]

RANGES = {"unit": (1, 1), "1-10": (1, 10), "5-10": (5, 10), "1-100": (1, 100), "50-100": (50, 100)}
SMALL_SHARE = (0.70, 0.95)
"""Of the clients, in ``small-large``."""


def demands(rng: np.random.Generator, demand: str, clients: Floats, grid: int) -> Floats:
    """Whole demands [n] of clients at [n, 2] on a grid 0 … grid.

    ``unit`` and the ranges are uniform. ``quadrant``: 51 … 100 lower left and upper right of the
    centre (the odd quadrants), 1 … 50 elsewhere. ``small-large``: a share of 70 to 95 %, drawn
    per instance, has 1 … 10, the others 50 … 100.
    """
    if demand == "quadrant":
        return _by_quadrant(rng, clients, grid)
    if demand == "small-large":
        return _small_or_large(rng, len(clients))
    low, high = RANGES[demand]
    return _uniform(rng, low, high, len(clients))


def _by_quadrant(rng: np.random.Generator, clients: Floats, grid: int) -> Floats:
    right_half = clients >= grid / 2
    odd = right_half[:, 0] == right_half[:, 1]
    small = _uniform(rng, 1, 50, len(clients))
    return np.where(odd, small + 50.0, small)


def _small_or_large(rng: np.random.Generator, n: int) -> Floats:
    """Differs from the published generator, which makes the first 1.5 n / r clients large."""
    share = rng.uniform(*SMALL_SHARE)
    few = rng.permutation(n) >= round(share * n)
    return np.where(few, _uniform(rng, 50, 100, n), _uniform(rng, 1, 10, n))


def _uniform(rng: np.random.Generator, low: int, high: int, n: int) -> Floats:
    return rng.integers(low, high, size=n, endpoint=True).astype(np.float64)
