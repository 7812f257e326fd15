"""Groups of clients: exactly one of each is visited (generalised VRP)."""

from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Problem


class Groups(Constraint):
    """A visit serves all clients of its group."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._group: Tensor = problem.batch["group"]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return "group" in problem.batch

    def released(self, free: Tensor, fields: Fields, move: Move) -> Tensor:
        """See ``Constraint``."""
        group = self.problem.at(self._group, move.action)[..., None]
        return free.logical_and_((self._group[:, None] != group) | (group < 0))
