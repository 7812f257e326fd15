"""How far training is, and what the learning rate is there."""

import math
import time

from routewright.policies.training.recipe import Optimiser, Recipe


class Progress:
    """Steps or minutes of the whole training, those of earlier slices included."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._earlier = 0.0
        self._clock = time.process_time if recipe.clock == "cpu" else time.monotonic
        self._began = self._clock()

    @property
    def minutes(self) -> float:
        """Of training so far."""
        return self._earlier + (self._clock() - self._began) / 60.0

    def resume(self, minutes: float) -> None:
        """So many have passed before now."""
        self._earlier, self._began = minutes, self._clock()

    def share(self, step: int) -> float:
        """Of the whole training, 0 to 1."""
        if self._recipe.steps is not None:
            return min(1.0, step / self._recipe.steps)
        assert self._recipe.minutes is not None  # the recipe looks
        return min(1.0, self.minutes / self._recipe.minutes)


def rate(optimiser: Optimiser, share: float) -> float:
    """The learning rate at a share of training: up in a line, down in a cosine."""
    if share < optimiser.warm_up:
        return optimiser.rate * (share + 1e-3) / (optimiser.warm_up + 1e-3)
    fallen = (share - optimiser.warm_up) / (1.0 - optimiser.warm_up)
    return optimiser.last_rate + (optimiser.rate - optimiser.last_rate) * (1.0 + math.cos(math.pi * fallen)) / 2.0
