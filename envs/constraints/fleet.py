"""A limited number of vehicles of each type."""

from collections.abc import Mapping

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Problem


class Fleet(Constraint):
    """A route begins only where a vehicle is left, and none ends while clients wait and no vehicle is left."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._vehicles: Tensor = problem.batch["vehicles"]
        self._everyone = problem.bounds.bar(torch.ones_like(problem.batch["clients"]))

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool((problem.batch["vehicles"] < problem.n_clients)[problem.real_door[:, 0]].any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        return {"vehicles": self.problem.filled(self._vehicles[:, None, :], self._vehicles.shape[1])}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        leaves = ~move.closes & ~fields["on_road"]
        used = leaves[..., None] & (self.problem.each_door == fields["origin"][..., None])
        return {"vehicles": fields["vehicles"] - used.to(self.problem.dtype)}

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``: at a door without vehicles, nobody."""
        gone = fields["vehicles"].gather(-1, fields["origin"][..., None])[..., 0] <= 0
        return {self._everyone: gone & ~fields["on_road"]}

    def may_close(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        return (fields["vehicles"] > 0).any(-1) | fields["satisfied"]

    def may_open(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        return fields["vehicles"] > 0

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True
