"""Split deliveries: a client may be served by several routes."""

import torch
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.constraints.capacity import together
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class SplitDelivery(Constraint):
    """Each vehicle leaves with a client as much as it has and the client still wants (Kool et al. 2019, SDVRP).

    Stands in for ``Capacity`` in batches where some instance has the rule; in the others a visit brings everything.
    Not every way to divide loads is reachable, only those where no vehicle keeps anything back.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch = problem.batch
        self._split = batch["split"][:, None, None]  # [B, 1, 1]
        slack = problem.slack(batch["capacity"])
        self._sliver = slack.amax((1, 2))[:, None, None].where(self._split, 0.0)  # too little to be delivered
        self._capacity = torch.where(self._split, batch["capacity"], batch["capacity"] + slack)
        self._full = ByDoor(self._capacity)
        self._delivery: Tensor = batch["delivery"][:, None]
        self._pickup: Tensor = batch["pickup"][:, None]
        self._columns = [problem.column(load) for load in batch["pickup"].unbind(-1)]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return "split" in problem.batch

    def start(self) -> Fields:
        """See ``Constraint``."""
        fill, loads = self.problem.filled, self._delivery.shape[-1]
        full = fill(self._capacity[:, :1], loads)
        return {"left": full, "pickup_left": full, "wanted": fill(self._delivery, self.problem.n_nodes, loads)}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        given, rest = self._given(fields, move.action)
        full, refills = self._full.at(move.origin), move.refills[..., None]
        collected = together([move.at(column) for column in self._columns])
        pickup_left = fields["pickup_left"] - collected
        left = torch.minimum((fields["left"] - given).clamp(min=0.0), pickup_left)
        place = move.action[..., None, None].expand(*move.action.shape, 1, rest.shape[-1])
        return {
            "left": torch.where(refills, full, left),
            "pickup_left": torch.where(refills, full, pickup_left),
            "wanted": fields["wanted"].scatter(2, place, rest[:, :, None]),
        }

    def serves(self, fields: Fields, action: Tensor) -> Tensor:
        """See ``Constraint``."""
        _, rest = self._given(fields, action)
        return (rest <= 0.0).all(-1)

    def released(self, free: Tensor, fields: Fields, move: Move) -> Tensor:
        """See ``Constraint``."""
        partly = ~move.closes & ~move.serves & (move.action < self.problem.first_reload)
        return free.scatter(-1, move.action[..., None], partly[..., None])

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        left, wanted = fields["left"][:, :, None], fields["wanted"]
        whole = (wanted <= left).all(-1)
        some = (torch.minimum(left, wanted) > self._sliver[..., None]).any(-1)
        delivered = torch.where(self._split, whole | some, whole)
        collected = (self._pickup <= fields["pickup_left"][:, :, None]).all(-1)
        return (delivered & collected).to(self.problem.dtype)

    def _given(self, fields: Fields, action: Tensor) -> tuple[Tensor, Tensor]:
        """What is delivered at ``action``, and what is wanted there afterwards, [B, S, K]."""
        place = action[..., None, None].expand(*action.shape, 1, fields["wanted"].shape[-1])
        wanted = fields["wanted"].gather(2, place)[:, :, 0]
        given = torch.minimum(fields["left"], wanted)
        given = torch.where((wanted - given <= self._sliver) | ~self._split, wanted, given)
        return given, wanted - given
