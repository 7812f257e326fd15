"""The longest distance of a route."""

from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class DistanceLimit(Constraint):
    """A route, with its way home where it has one, is no longer than the limit."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        limit = problem.slackened(problem.batch["max_distance"])
        self._reach = limit[..., None] - problem.way_home(times=False)  # [B, D, N] length at a node, at most
        self._reach_from = ByDoor(self._reach)

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

    def longest_leg(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        return self._reach_from.at(fields["origin"]) - fields["length"][..., None]

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return self.problem.some_are_out_of_reach(self._reach, times=False)
