"""Clients that some vehicles may not visit."""

from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class Access(Constraint):
    """A vehicle visits only clients that its type may visit."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._allowed = ByDoor(problem.batch["allowed"].to(problem.dtype))

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return "allowed" in problem.batch and not bool(problem.batch["allowed"].all())

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        allowed = self._allowed.at(fields["origin"])
        return allowed.expand(*fields["origin"].shape, -1).clone()

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True
