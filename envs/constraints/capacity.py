"""Capacity, with deliveries, pickups or both, in any number of load dimensions."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Problem


class Capacity(Constraint):
    """What is on board never exceeds the capacity.

    Deliveries of the clients to come are on board from the start. So a delivery is limited by the fullest moment
    so far, a pickup by what was picked up so far.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch = problem.batch
        self._capacity = problem.slackened(batch["capacity"])  # [B, D, K]
        self._full = ByDoor(self._capacity)
        self._deliveries = _Loads(problem, batch["delivery"])
        self._pickups = _Loads(problem, batch["pickup"]) if bool(batch["pickup"].any()) else None

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        loads = (problem.batch["delivery"] + problem.batch["pickup"].abs()).sum(1)  # negative where pairs deliver
        return "split" not in problem.batch and bool((loads[:, None] > problem.batch["capacity"]).any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        names = ("left",) if self._pickups is None else ("left", "pickup_left")
        return {name: self.problem.filled(self._capacity[:, :1], self._capacity.shape[2]) for name in names}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        refills, full = move.refills[..., None], self._full.at(move.origin)
        left = fields["left"] - self._deliveries.handled(move)
        if self._pickups is None:
            return {"left": torch.where(refills, full, left)}
        pickup_left = fields["pickup_left"] - self._pickups.handled(move)
        left = torch.minimum(left, pickup_left)
        return {
            "left": torch.where(refills, full, left),
            "pickup_left": torch.where(refills, full, pickup_left),
        }

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``."""
        said = self._deliveries.at_most(fields["left"])
        return said if self._pickups is None else said | self._pickups.at_most(fields["pickup_left"])


class _Loads:
    """Loads [B, N, K] of all nodes."""

    def __init__(self, problem: Problem, loads: Tensor) -> None:
        self._columns = [problem.column(load) for load in loads.unbind(-1)]
        self._needs = [problem.bounds.need(load) for load in loads.unbind(-1)]

    def handled(self, move: Move) -> Tensor:
        """[B, S, K] of the node that is moved to."""
        return together([move.at(column) for column in self._columns])

    def at_most(self, left: Tensor) -> dict[int, Tensor]:
        """Bounds: the loads of all dimensions are at most ``left`` [B, S, K]."""
        return dict(zip(self._needs, left.unbind(-1), strict=True))


def together(parts: Sequence[Tensor]) -> Tensor:
    """Tensors [B, S] as one [B, S, K]."""
    return parts[0][..., None] if len(parts) == 1 else torch.stack(tuple(parts), dim=-1)
