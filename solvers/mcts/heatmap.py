"""How likely each way is in the shortest tour, without having learned it."""

from collections.abc import Callable
from math import exp, log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import RoutewrightError

Floats = NDArray[np.float64]
Heat = Callable[[Floats], Floats]
"""From distances [n, k] to the nearest cities, nearest first, in sides of the square, to how likely each is."""

PRIOR = (0.442, 0.256, 0.134, 0.071, 0.040, 0.0226, 0.0136, 0.0077, 0.0046, 0.0029)
"""Share of a city's ways in shortest tours that lead to its nearest city, its second, ...: Pan et al. (2025)."""
FADING = 0.63
"""From each further one to the next."""
TEMPERATURES = ((500, 0.0066), (1_000, 0.0051), (10_000, 0.0018))
"""Of SoftDist (Xia et al. 2024) for cities in the unit square, by their number."""


def none(distances: Floats) -> Floats:
    """Nothing is known: all candidates are alike."""
    return np.full(distances.shape, 1.0 / max(1, distances.shape[1]))


def prior(distances: Floats) -> Floats:
    """By rank alone."""
    k = distances.shape[1]
    further = PRIOR[-1] * FADING ** np.arange(1, max(1, k - len(PRIOR) + 1))
    shares = np.concatenate([PRIOR, further])[:k]
    return np.tile(shares, (len(distances), 1))


def softdist(distances: Floats) -> Floats:
    """By distance, the softmax of its opposite."""
    nearer = np.exp((distances[:, :1] - distances) / temperature(len(distances)))
    return np.asarray(nearer / nearer.sum(axis=1, keepdims=True))


def temperature(cities: int) -> float:
    """Of SoftDist, between tuned numbers of cities and beyond them by powers."""
    numbers, values = zip(*TEMPERATURES, strict=True)
    at = int(np.clip(np.searchsorted(numbers, cities) - 1, 0, len(numbers) - 2))
    power = log(values[at + 1] / values[at]) / log(numbers[at + 1] / numbers[at])
    return values[at] * exp(power * log(cities / numbers[at]))


KNOWN: dict[str, Heat] = {"none": none, "prior": prior, "softdist": softdist}


def from_file(path: Path, cities: int) -> Floats:
    """A matrix [n, n] that NumPy saved, depot first.

    Raises:
        RoutewrightError: if there is none, or it has another size.
    """
    try:
        heat = np.load(path, allow_pickle=False)
    except (OSError, ValueError) as error:
        known = ", ".join(KNOWN)
        raise RoutewrightError(f"heatmap {str(path)!r} is none of {known} and no .npy file: {error}") from error
    return checked(heat, cities)


def checked(heat: NDArray[np.generic], cities: int) -> Floats:
    """A heatmap as floats.

    Raises:
        RoutewrightError: if it is no square of numbers >= 0 of the right size.
    """
    if getattr(heat, "shape", None) != (cities, cities):
        raise RoutewrightError(f"heatmap: its shape is {getattr(heat, 'shape', None)}, must be {(cities, cities)}")
    numbers = np.asarray(heat, dtype=np.float64)
    if not (np.isfinite(numbers) & (numbers >= 0)).all():
        raise RoutewrightError("heatmap: holds numbers below 0 or none at all; must be finite and >= 0")
    return numbers
