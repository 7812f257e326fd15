"""How much use solutions are to each other: biased fitness (Vidal et al. 2012, Operations Research 60)."""

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.search.kernel.model import Int64

Float64 = NDArray[np.float64]


def places(values: Float64 | Int64) -> Float64:
    """The place of each in ascending order, from 0."""
    found = np.empty(len(values))
    found[np.argsort(values, kind="stable")] = np.arange(len(values))
    return found


def little_use(cost: Float64 | Int64, apart: Float64, elite: int) -> Float64:
    """Places by cost and, the fewer others there are the less, by likeness: the lowest number is of most use.

    Args:
        cost: of each solution.
        apart: how far each is from those most like it.
        elite: so many cheapest ones whom likeness alone cannot put last.
    """
    by_cost = places(cost)
    if len(cost) <= elite:
        return by_cost
    return by_cost + (1.0 - elite / len(cost)) * places(-apart)


def better_of_two(ranks: Float64, random: np.random.Generator) -> int:
    """The one with the lower rank of two drawn at random."""
    one, other = random.integers(len(ranks), size=2)
    return int(one if ranks[one] <= ranks[other] else other)
