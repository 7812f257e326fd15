"""Classic backhauls: deliveries before pickups in a route, and no route with pickups only."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.constraints.capacity import together
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem

# Rows of the table of what may come next
EMPTY = 0  # a route without deliveries: no pickup
DELIVERING = 1  # anything
COLLECTING = 2  # pickups have begun, or deliveries are held back: no delivery


class ClassicBackhaul(Constraint):
    """Also holds back the deliveries that routes for the pickups left will need.

    Each route to come needs a delivery and takes pickups up to the capacity. So a delivery that is not the first of its
    route, and the end of a route, are masked where the pickups left would exceed what as many routes hold as there are
    deliveries left. No complete solution breaks that; without it most random rollouts end with stranded pickups.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch = problem.batch
        classic = batch["classic"][:, None]
        self._delivers = (batch["delivery"] > 0).any(-1) & classic & batch["clients"]
        self._collects = (batch["pickup"] > 0).any(-1) & classic & batch["clients"]
        pure = self._collects & ~self._delivers
        free = torch.ones_like(pure)
        self._table = torch.stack([~pure, free, ~self._delivers], dim=1).to(problem.dtype)  # [B, 3, N]
        self._pickup = torch.where(pure[..., None], batch["pickup"], 0.0)
        self._capacity = problem.slackened(batch["capacity"])[:, None, :]
        self._columns = [problem.column(values) for values in (self._delivers, self._collects)]
        self._loads = [problem.column(values) for values in self._pickup.unbind(-1)]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool(problem.batch["classic"].any()) and bool(problem.batch["pickup"].any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        problem = self.problem
        return {
            "delivered": problem.filled(0.0, dtype=torch.bool),
            "collected": problem.filled(0.0, dtype=torch.bool),
            "deliveries_to_come": problem.filled(self._delivers.sum(-1, keepdim=True).to(problem.dtype)),
            "pickups_to_come": problem.filled(self._pickup.sum(1, keepdim=True), self._pickup.shape[-1]),
        }

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        delivers, collects = (move.at(column) for column in self._columns)
        under_way = ~move.closes
        loads = together([move.at(column) for column in self._loads])
        return {
            "delivered": (fields["delivered"] | (delivers > 0)) & under_way,
            "collected": (fields["collected"] | (collects > 0)) & under_way,
            "deliveries_to_come": fields["deliveries_to_come"] - delivers,
            "pickups_to_come": fields["pickups_to_come"] - loads,
        }

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        delivered = fields["delivered"]
        held = fields["collected"] | (delivered & ~self.may_close(fields))
        row = torch.where(held, COLLECTING, delivered.to(torch.int64))
        first = torch.arange(row.shape[0], device=row.device)[:, None] * self._table.shape[1]
        return self._table.flatten(0, 1).index_select(0, (first + row).flatten()).view(*row.shape, -1)

    def may_close(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        routes = fields["deliveries_to_come"][..., None]
        held = torch.where(routes > 0, routes * self._capacity, 0.0)  # 0 times an infinite capacity is nothing
        return (fields["pickups_to_come"] <= held).all(-1)

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True
