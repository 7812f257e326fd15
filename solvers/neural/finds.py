"""The best episodes of one instance."""

from collections.abc import Sequence
from math import inf

import numpy as np
from tensordict import TensorDict

from routewright.data.batch import features, to_solution
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.monitor import Monitor

SUMS = frozenset({"time windows", "distance limits", "duration limits", "batteries", "split deliveries"})
"""Features whose limits are on sums of fractional numbers, unless all numbers are whole."""


class Finds:
    """Keeps what was better than all before.

    Args:
        instance: that was played.
        batch: in which it was.
        monitor: of the instance.
        closely: whether costs are those of the evaluator; otherwise those of the environment, in single precision.
    """

    def __init__(self, instance: Instance, batch: TensorDict, monitor: Monitor, *, closely: bool) -> None:
        self._instance, self._batch, self._monitor = instance, batch, monitor
        self._closely = closely or instance.objective != "cost" or monitor.listened_to
        self._surely_kept = surely_kept(instance)
        self._better: list[Sequence[int]] = []
        self._fullest: Sequence[int] = ()
        self._served = -1
        self.cost = inf

    def finished(self, cost: float, actions: Sequence[int], iterations: int) -> None:
        """An episode that serves all, better than those before."""
        self.cost = cost
        self._better.append(actions)
        if self._closely:
            solution = self._solution(actions)
            judged = evaluate(self._instance, solution)
            self._monitor.improved(judged.cost, iterations, solution, key=judged.key)
        else:
            self._monitor.improved(cost, iterations)

    def stranded(self, served: int, actions: Sequence[int]) -> None:
        """An episode that leaves clients that must be served."""
        if served > self._served:
            self._served, self._fullest = served, actions

    def answer(self) -> Solution:
        """The best of all, or the one that serves the most clients.

        Environments add up in single precision, and what keeps to a limit there may break it by the judge's sums.
        """
        for actions in reversed(self._better):
            solution = self._solution(actions)
            if self._surely_kept or not check(self._instance, solution):
                return solution
        return self._solution(self._better[-1] if self._better else self._fullest)

    def _solution(self, actions: Sequence[int]) -> Solution:
        return to_solution(self._instance, actions, self._batch)


def surely_kept(instance: Instance) -> bool:
    """Whether what the environment allows is within limits by the judge's sums too."""
    whole = all(bool((np.rint(loads) == loads).all()) for loads in (instance.delivery, instance.pickup))
    return instance.exact or (whole and not SUMS & set(features(instance)))
