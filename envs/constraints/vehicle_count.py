"""The number of vehicles used, where that is minimised before distance."""

from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Problem


class VehicleCount(Constraint):
    """Forbids nothing; counts routes."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        there = problem.way_out(times=False) + problem.way_home(times=False)
        # Each visit alone at the farthest is more than any route that does not go in circles.
        self._most = (there.amax((1, 2)) * (problem.n_clients[:, 0] + 1) * 2 + 1)[:, None]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool(problem.batch["vehicles_first"].any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        return {"routes": self.problem.filled(0.0), "distance": self.problem.filled(0.0)}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        leaves = ~move.closes & ~fields["on_road"]
        return {"routes": fields["routes"] + leaves, "distance": fields["distance"] + move.distance}

    def objective(self, fields: Fields) -> tuple[Tensor, Tensor]:
        """See ``Constraint``."""
        return self.problem.batch["vehicles_first"], fields["routes"] + fields["distance"] / self._most
