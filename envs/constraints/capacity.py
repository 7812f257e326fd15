"""Capacity, with deliveries, pickups or both, in any number of load dimensions."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.problem import Legs, Problem


class Capacity(Constraint):
    """What is on board never exceeds the capacity.

    Deliveries of the clients to come are on board from the start. So a delivery is limited by the fullest moment
    so far, a pickup by what was picked up so far.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch = problem.batch
        self._capacity = problem.slackened(batch["capacity"])[:, None, :]  # [B, 1, K]
        self._delivery: Tensor = batch["delivery"]
        self._pickup: Tensor = batch["pickup"]
        self._picks = bool(self._pickup.any())
        self._each_delivery = [self._delivery[:, None, :, k].contiguous() for k in range(self._capacity.shape[2])]
        self._each_pickup = [self._pickup[:, None, :, k].contiguous() for k in range(self._capacity.shape[2])]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        loads = (problem.batch["delivery"] + problem.batch["pickup"]).sum(1)
        return bool((loads > problem.batch["capacity"]).any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        dims = self._capacity.shape[2]
        fields = {"left": self.problem.filled(self._capacity, dims)}
        if self._picks:
            fields["pickup_left"] = self.problem.filled(self._capacity, dims)
        return fields

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        closes = move.closes[..., None]
        left = fields["left"] - self.problem.at(self._delivery, move.action)
        if not self._picks:
            return {"left": torch.where(closes, self._capacity, left)}
        pickup_left = fields["pickup_left"] - self.problem.at(self._pickup, move.action)
        left = torch.minimum(left, pickup_left)
        return {
            "left": torch.where(closes, self._capacity, left),
            "pickup_left": torch.where(closes, self._capacity, pickup_left),
        }

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        fitting = self._below(self._each_delivery, fields["left"], None)
        return self._below(self._each_pickup, fields["pickup_left"], fitting) if self._picks else fitting

    def _below(self, loads: list[Tensor], left: Tensor, fitting: Tensor | None) -> Tensor:
        """1 where loads of all dimensions are at most what is left, times ``fitting``."""
        for k, load in enumerate(loads):
            below = torch.empty((*left.shape[:2], load.shape[2]), dtype=left.dtype, device=left.device)
            torch.le(load, left[..., k : k + 1], out=below)
            fitting = below if fitting is None else fitting.mul_(below)
        assert fitting is not None
        return fitting
