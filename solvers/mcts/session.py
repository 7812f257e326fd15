"""A tour that walks make shorter, its guide, and the best tour so far."""

import numpy as np

from routewright.solvers.lk.kernel import run as lk
from routewright.solvers.lk.kernel.model import LENGTH, TALLY, Asked, Cities, State
from routewright.solvers.mcts.kernel.guide import Guide, Settings
from routewright.solvers.mcts.kernel.two_opt import descend, shuffle
from routewright.solvers.mcts.kernel.walks import kick, walk
from routewright.solvers.search.kernel.draw import seeded

FLIPS = 4_096
"""That one kick may take before it is given up."""
LOOKS = 2_000
"""Cities that a slice of the descent looks at."""


class Session:
    """One run's arrays.

    Args:
        asked: cities.
        guide: learns.
        settings: of the search.
        seed: of the random numbers.
    """

    def __init__(self, asked: Asked, guide: Guide, settings: Settings, seed: int) -> None:
        n = len(guide.near)
        self.asked, self.guide, self.settings = asked, guide, settings
        self.state = State(
            tour=np.arange(n, dtype=np.int32),
            place=np.arange(n, dtype=np.int32),
            queue=np.zeros(n, np.int32),
            waits=np.zeros(n, np.bool_),
            flips=np.zeros((FLIPS + settings.depth, 2), np.int32),
            trace=np.zeros((settings.depth, 5), np.int32),
            tally=np.zeros(len(TALLY), np.int64),
            random=seeded(seed),
        )
        self.shortest = np.iinfo(np.int64).max
        self.best = self.state.tour.copy()

    def begin(self, tour: Cities | None = None) -> None:
        """Another tour: a given one, or any, improved by exchanges of two ways."""
        self.guide.walked[1] = 0
        if tour is None:
            shuffle(self.asked, self.state)
            while descend(self.asked, self.state, LOOKS):
                pass
            return
        self.state.tour[:] = tour
        self.state.place[tour] = np.arange(len(tour), dtype=np.int32)
        self.state.tally[LENGTH] = lk.measure(self.asked, self.state.tour)

    @property
    def length(self) -> int:
        """Of the tour, in whole units."""
        return int(self.state.tally[LENGTH])

    @property
    def stuck(self) -> bool:
        """Whether so many walks failed that the tour should be kicked."""
        return bool(self.guide.walked[1] >= self.settings.patience)

    @property
    def walks(self) -> int:
        """So far."""
        return int(self.guide.walked[0])

    def walk(self, walks: int) -> None:
        """So many walks at most, from any cities."""
        walk(self.asked, self.state, self.guide, self.settings, walks)

    def improve(self, kicks: int, temperature: float) -> None:
        """So many kicks, with walks around them."""
        kick(self.asked, self.state, self.guide, self.settings, kicks, temperature)

    def keep(self) -> bool:
        """Remember the tour if it is the best; whether it is."""
        if self.state.tally[LENGTH] >= self.shortest:
            return False
        self.shortest, self.best = int(self.state.tally[LENGTH]), self.state.tour.copy()
        return True
