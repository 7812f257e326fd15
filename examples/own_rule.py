"""A rule of your own: no route visits more than five clients.

Run it with ``python examples/own_rule.py``.
"""

import sys
from collections.abc import Mapping

import torch
from torch import Tensor

import routewright as rw
from routewright.envs import rollout, sample
from routewright.envs.constraints import CONSTRAINTS, Constraint, Fields, Move
from routewright.envs.problem import Problem

MOST = 5


class FewStops(Constraint):
    """Counts the clients of a route; each needs one of the stops that are left."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._bound = problem.bounds.need(problem.batch["clients"].to(problem.dtype))

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """Always."""
        return True

    def start(self) -> Fields:
        """All stops are left."""
        return {"stops_left": self.problem.filled(float(MOST))}

    def update(self, fields: Fields, move: Move) -> Fields:
        """One less, or all again where the route is closed."""
        return {"stops_left": (fields["stops_left"] - 1.0).masked_fill(move.closes, float(MOST))}

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """What is left of what clients need."""
        return {self._bound: fields["stops_left"]}


def main() -> list[int]:
    """Build random routes of one instance; returns how many clients each visits."""
    env = rw.VRPEnv([*CONSTRAINTS, FewStops])
    instance = rw.generate("mtvrp", 23, 1, variant="CVRP", capacity=500)
    generator = torch.Generator().manual_seed(1)
    played = rollout(env, rw.to_tensordict([instance]), lambda state: sample(state["mask"], generator))
    solution = rw.to_solution(instance, played.actions[0].tolist())
    assert rw.check(instance, solution) == []
    return [len(route.stops) for route in solution.routes]


if __name__ == "__main__":
    sys.stdout.write(f"clients of each route: {main()}\n")
