"""The longest distance of a route."""

from collections.abc import Mapping

from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Problem


class DistanceLimit(Constraint):
    """A route, with its way home where it has one, is no longer than the limit."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        limit = problem.slackened(problem.batch["max_distance"])
        self._reach = limit[..., None] - problem.way_home(times=False)  # [B, D, N] length at a node, at most
        self._bound = problem.bounds.reach(self._reach, timed=False)

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool(problem.batch["max_distance"].isfinite().any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        return {"length": self.problem.filled(0.0)}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        return {"length": (fields["length"] + move.distance).masked_fill_(move.closes, 0.0)}

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``."""
        return {self._bound: fields["length"]}

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return self.problem.some_are_out_of_reach(self._reach, times=False)
