"""The longest route, where that is what is minimised."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Problem


class LongestRoute(Constraint):
    """Forbids nothing; remembers how long the longest route is."""

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool(problem.batch["max_route"].any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        return {"driven": self.problem.filled(0.0), "longest": self.problem.filled(0.0)}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        driven: Tensor = fields["driven"] + move.distance
        return {
            "driven": driven.masked_fill(move.closes, 0.0),
            "longest": torch.maximum(fields["longest"], driven),
        }

    def objective(self, fields: Fields) -> tuple[Tensor, Tensor]:
        """See ``Constraint``."""
        batch = self.problem.batch
        return batch["max_route"], fields["longest"] / batch["scale"][:, None]
