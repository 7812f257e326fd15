"""A tour that the kernels work on."""

import numpy as np

from routewright.solvers.lk.kernel import run
from routewright.solvers.lk.kernel.exchange import STEPS
from routewright.solvers.lk.kernel.model import LENGTH, TALLY, WAITING, Asked, Cities, State
from routewright.solvers.search.kernel.draw import seeded

FLIPS = 4_096
"""That one kick may take before it is given up."""
FEWEST = 8
"""Cities for which a kick is possible."""


class Session:
    """A tour and everything that waits.

    Args:
        asked: cities, at least ``FEWEST``.
        tour: to begin with.
        seed: of the random numbers.
    """

    def __init__(self, asked: Asked, tour: Cities, seed: int) -> None:
        n = len(tour)
        assert n >= FEWEST
        self.asked = asked
        place = np.empty(n, np.int32)
        place[tour] = np.arange(n, dtype=np.int32)
        self.state = State(
            tour=tour.astype(np.int32),
            place=place,
            queue=tour.astype(np.int32),
            waits=np.ones(n, np.bool_),
            flips=np.zeros((FLIPS, 2), np.int32),
            trace=np.zeros((STEPS, 5), np.int32),
            tally=np.zeros(len(TALLY), np.int64),
            random=seeded(seed),
        )
        self.state.tally[LENGTH] = run.measure(asked, self.state.tour)
        self.state.tally[WAITING] = n

    @property
    def length(self) -> int:
        """Of the tour, in whole units."""
        return int(self.state.tally[LENGTH])

    @property
    def tour(self) -> Cities:
        """The cities in order (a copy)."""
        return self.state.tour.copy()

    def descend(self, looks: int) -> int:
        """Towards a local optimum; how many cities still wait."""
        return int(run.descend(self.asked, self.state, looks))

    def improve(self, kicks: int, temperature: float) -> None:
        """From local optimum to local optimum; to longer tours by chance, at a temperature in whole units."""
        run.kick(self.asked, self.state, kicks, temperature)
