"""Softmax by plain exponentials, a part of the batch at a time: what its users have in common."""

from torch import Tensor

CACHED = 1 << 18
"""Numbers that are worked on at once: a megabyte, which stays in a core's cache."""
SMALLEST, LARGEST = 1e-30, 1e30
"""Sums of exponentials outside have lost digits."""


def parts(rows: int, each: int) -> list[slice]:
    """Rows of ``each`` numbers, as many at a time as stay in the cache."""
    size = max(1, CACHED // max(1, each))
    return [slice(first, min(first + size, rows)) for first in range(0, rows, size)]


def exact(total: Tensor) -> bool:
    """Whether sums of exponentials have all their digits; waits for the device."""
    return bool(((total > SMALLEST) & (total < LARGEST)).all())
