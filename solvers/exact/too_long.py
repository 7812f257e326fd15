"""Ways that are in no tour that is shorter than a known one."""

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.exact.kernel.labels import Floats


def longer_by(cost: Floats, penalty: Floats) -> Floats:
    """By how much the shortest 1-tree grows if it has to take a way, [n, n]: Helsgaun's (2000) alpha.

    Args:
        cost: [n, n] of ways, the same there and back.
        penalty: [n] of each way that ends at a place.
    """
    ways = cost + penalty[:, None] + penalty[None, :]
    n = len(ways)
    grows = np.zeros_like(ways)
    grows[1:, 1:] = ways[1:, 1:] - _longest_between(ways[1:, 1:])
    two = np.sort(ways[0, 1:])[:2]
    grows[0, 1:] = grows[1:, 0] = np.maximum(0.0, ways[0, 1:] - two[-1])
    grows[np.arange(n), np.arange(n)] = np.inf
    return grows


def _longest_between(ways: Floats) -> Floats:
    """The longest way between two places in the shortest spanning tree, [n, n], which Prim (1957) grows."""
    n = len(ways)
    longest = np.zeros_like(ways)
    inside: NDArray[np.bool_] = np.zeros(n, dtype=np.bool_)
    inside[0] = True
    away, towards = ways[0].copy(), np.zeros(n, dtype=np.int64)
    for _ in range(n - 1):
        place = int(np.where(inside, np.inf, away).argmin())
        through = np.maximum(longest[towards[place], inside], away[place])
        longest[place, inside] = longest[inside, place] = through
        inside[place] = True
        nearer = ways[place] < away
        away[nearer], towards[nearer] = ways[place, nearer], place
    return longest
