"""Classic backhauls: deliveries before pickups in a route, and no route with pickups only."""

from collections.abc import Mapping

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.constraints.capacity import together
from routewright.envs.problem import Problem

# Stages of a route
EMPTY = 0  # no delivery yet: no pickup may come next
DELIVERING = 1  # anything may
COLLECTING = 2  # pickups have begun, or deliveries are held back: no delivery may


class ClassicBackhaul(Constraint):
    """Also holds back the deliveries that routes for the pickups left will need.

    Each trip to come needs a delivery and takes pickups up to the capacity. So a delivery that is not the first of its
    trip, and the end of a trip, are masked where the pickups left would exceed what as many of the largest vehicles
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
        self._delivering, self._collecting = problem.bounds.bar(delivers), problem.bounds.bar(pure)
        self._reloads = problem.bounds.bar(problem.reloads) if problem.n_reloads else None
        asked = (pure & batch["required"])[..., None]
        pickup = torch.where(asked, batch["pickup"], 0.0)
        largest = problem.slackened(batch["capacity"]).amax(1, keepdim=True)
        # One vehicle that takes all pickups is enough; twice that many are finite, and clear of rounding errors.
        holds = torch.minimum(largest, 2.0 * pickup.sum(1, keepdim=True) + 1.0)
        self._room = delivers[..., None] * holds - pickup  # [B, N, K]
        self._stage = problem.column(torch.where(collects, COLLECTING, delivers.to(torch.int64) * DELIVERING))
        self._rooms = [problem.column(room) for room in self._room.unbind(-1)]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool(problem.batch["classic"].any()) and bool(problem.batch["pickup"].any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        problem = self.problem
        room = problem.filled(self._room.sum(1, keepdim=True), self._room.shape[-1])
        return {"stage": problem.filled(float(EMPTY))} | _with_room(room)

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        stage = torch.maximum(fields["stage"], move.at(self._stage)).masked_fill_(move.refills, EMPTY)
        room = fields["spare_room"] - together([move.at(column) for column in self._rooms])
        return {"stage": stage} | _with_room(room)

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``."""
        stage = fields["stage"]
        empty = stage <= EMPTY
        held = ~(empty | fields["room_enough"])
        said = {self._delivering: held.logical_or_(stage >= COLLECTING), self._collecting: empty}
        return said if self._reloads is None else said | {self._reloads: ~fields["room_enough"]}

    def may_close(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        return fields["room_enough"]

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True


def _with_room(room: Tensor) -> Fields:
    """Fields that say what the deliveries left make room for, beyond the pickups left, [B, S, K]."""
    enough = room >= 0.0
    return {"spare_room": room, "room_enough": enough[..., 0] if enough.shape[-1] == 1 else enough.all(-1)}
