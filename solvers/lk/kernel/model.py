"""Arrays that the kernels work on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Cities = NDArray[np.int32]
Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]
Random = NDArray[np.uint64]

NEAREST, UP = range(2)
"""How ways on the plane become whole numbers."""

LENGTH, WAITING, FIRST, FLIPS = TALLY = range(4)
"""Places of ``State.tally``."""


class Asked(NamedTuple):
    """A tour's cities.

    Attributes:
        places: [n, 2] coordinates in whole units, or [0, 2] where there is a matrix.
        matrix: [n, n] symmetric, or [0, 0].
        near: [n, k] near cities of each, nearest first.
        rounding: of ways on the plane.
        stride: cities that each place is in a row: one, or two where ways differ there and back.
    """

    places: Floats
    matrix: Cities
    near: Cities
    rounding: int
    stride: int


class State(NamedTuple):
    """A tour, and what is to be looked at.

    Attributes:
        tour: [n] cities in order.
        place: [n] of each city in the tour.
        queue: [n] cities whose ways may be improved, a ring that begins at tally[FIRST].
        waits: [n] bool whether a city is in the queue.
        flips: [F, 2] places of the paths that were turned round, so that it can be undone.
        trace: [steps, 5] t2 to t6 of each step of the exchange that is tried.
        tally: see LENGTH and the following.
        random: state of the random numbers.
    """

    tour: Cities
    place: Cities
    queue: Cities
    waits: NDArray[np.bool_]
    flips: Cities
    trace: Cities
    tally: Int64
    random: Random
