"""What leads the search: how much each way is worth trying, learned as it goes."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.lk.kernel.model import Cities, Floats


class Guide(NamedTuple):
    """Candidates for the ways of each city.

    Attributes:
        near: [n, k] candidates of each city, those of the highest weight first.
        back: [n, k] place of the city among the candidates of its candidate, -1 where it is none.
        weight: [n, k] of each way.
        total: [n] weights of all ways of a city, those to cities that are no candidates among them.
        tries: [n, k] how often each way was taken.
        walked: [2] how many walks there were, and how many of them in a row did not pay.
    """

    near: Cities
    back: Cities
    weight: Floats
    total: Floats
    tries: NDArray[np.int64]
    walked: NDArray[np.int64]


class Settings(NamedTuple):
    """How it is searched, see ``solver.tuned``.

    Attributes:
        curiosity: alpha, what ways that were seldom taken get on top.
        reward: beta, what ways get that led to shorter tours.
        depth: ways of a walk at most.
        patience: walks in a row that may fail before kicks begin.
        tries: walks from each city that a kick, or a walk that paid, has touched.
    """

    curiosity: float
    reward: float
    depth: int
    patience: int
    tries: int
