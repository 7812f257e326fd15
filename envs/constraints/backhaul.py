"""Classic backhauls: deliveries before pickups in a route, and no route with pickups only."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.constraints.capacity import together
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem

# Stages of a route
EMPTY = 0  # no delivery yet: no pickup may come next
DELIVERING = 1  # anything may
COLLECTING = 2  # pickups have begun, or deliveries are held back: no delivery may


class ClassicBackhaul(Constraint):
    """Also holds back the deliveries that routes for the pickups left will need.

    Each route to come needs a delivery and takes pickups up to the capacity. So a delivery that is not the first of its
    route, and the end of a route, are masked where the pickups left would exceed what as many of the largest vehicles
    hold as there are deliveries left. No complete solution breaks that; without it most random rollouts end with
    stranded pickups.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch = problem.batch
        classic = batch["classic"][:, None] & batch["clients"]
        delivers = (batch["delivery"] > 0).any(-1) & classic
        collects = (batch["pickup"] > 0).any(-1) & classic
        pure = collects & ~delivers
        self._side = (delivers.to(problem.dtype) - pure.to(problem.dtype))[:, None, :]  # 1 delivers, -1 only collects
        self._delivers = delivers.to(problem.dtype)
        asked = (pure & batch["required"])[..., None]
        self._pickup = torch.where(asked, batch["pickup"], 0.0)
        self._capacity = problem.slackened(batch["capacity"]).amax(1, keepdim=True)
        stage = torch.where(collects, COLLECTING, delivers.to(torch.int64) * DELIVERING)
        self._stage, self._delivery = problem.column(stage), problem.column(delivers)
        self._loads = [problem.column(values) for values in self._pickup.unbind(-1)]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool(problem.batch["classic"].any()) and bool(problem.batch["pickup"].any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        problem = self.problem
        deliveries = problem.filled(self._delivers.sum(-1, keepdim=True))
        pickups = problem.filled(self._pickup.sum(1, keepdim=True), self._pickup.shape[-1])
        return {"stage": problem.filled(float(EMPTY))} | self._to_come(deliveries, pickups)

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        stage = torch.maximum(fields["stage"], move.at(self._stage)).masked_fill_(move.closes, EMPTY)
        deliveries = fields["deliveries_to_come"] - move.at(self._delivery)
        pickups = fields["pickups_to_come"] - together([move.at(column) for column in self._loads])
        return {"stage": stage} | self._to_come(deliveries, pickups)

    def _to_come(self, deliveries: Tensor, pickups: Tensor) -> Fields:
        # Without deliveries nothing is carried, by vehicles of infinite capacity neither.
        carried = (deliveries[..., None] * self._capacity).nan_to_num_(nan=0.0, posinf=torch.inf)
        enough = (pickups <= carried)[..., 0] if pickups.shape[-1] == 1 else (pickups <= carried).all(-1)
        return {"deliveries_to_come": deliveries, "pickups_to_come": pickups, "enough_deliveries": enough}

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        stage = fields["stage"]
        held = (stage > EMPTY) & ~fields["enough_deliveries"]
        barred = stage.masked_fill(held, COLLECTING) - DELIVERING  # the side that may not come next; 0 for none
        fitting: Tensor = self._side * barred[..., None]
        return fitting.le_(0.0)

    def may_close(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        return fields["enough_deliveries"]

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True
