"""How time is divided among instances: by the regret that each is expected to have, or not.

The regret of a start is what it costs above the best known, as a share. Where two starts made in different ways and
polished come out alike, they are mostly good ones; the further they are apart, the more is left to gain.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]

Divide = Callable[[Sequence[float | None], int], Weights]
"""What part of the time each instance gets: of what its two starts are apart, None for a single one, and a seed."""

ALIKE = 0.002
"""Regret of the better of two starts that cost the same."""
SLOPE = 0.2
"""By how much it grows with what they are apart."""
MOST_APART = 0.05
"""Starts that are further apart have no more regret."""


def by_regret(apart: Sequence[float | None], seed: int) -> Weights:
    """In proportion to predicted regret; the mean of all where nothing is known."""
    known = [min(each, MOST_APART) for each in apart if each is not None]
    middle = float(np.mean(known)) if known else 0.0
    return ALIKE + SLOPE * np.array([middle if each is None else min(each, MOST_APART) for each in apart])


def equally(apart: Sequence[float | None], seed: int) -> Weights:
    """The same for all."""
    return np.ones(len(apart))


def by_chance(apart: Sequence[float | None], seed: int) -> Weights:
    """The shares of ``by_regret``, handed out at random."""
    return np.random.default_rng(seed).permutation(by_regret(apart, seed))
