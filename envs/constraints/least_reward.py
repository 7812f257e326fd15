"""A least reward that a tour has to collect (prize-collecting TSP)."""

from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Problem


class LeastReward(Constraint):
    """The episode does not end before the rewards of the clients visited are enough, or all clients are visited.

    Rewards may be unknown beforehand (stochastic prizes): policies then read ``expected_reward``, while the state
    counts what each visit really brings.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._least = problem.batch["least_reward"]
        self._least = (self._least - problem.slack(self._least))[:, None]
        self._reward = problem.column(problem.batch["reward"])

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return "least_reward" in problem.batch

    def start(self) -> Fields:
        """See ``Constraint``."""
        return {"reward": self.problem.filled(0.0)}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        return {"reward": fields["reward"] + move.at(self._reward)}

    def may_end(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        enough: Tensor = fields["reward"] >= self._least
        return enough | (fields["to_visit"] <= 0) if "to_visit" in fields else enough
