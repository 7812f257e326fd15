"""Time windows: service starts inside them, waiting is free, and the vehicle is back in time."""

from collections.abc import Mapping

import torch
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class Windows(Constraint):
    """Each client is reached before it closes, and early enough to be back before the depot closes."""

    timed = True

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch, doors = problem.batch, problem.n_doors
        self._opens = batch["windows"][..., 0].contiguous()
        self._service: Tensor = batch["service"]
        ready = torch.maximum(self._opens[:, :doors], batch["shift"][..., 0]).clamp(min=0.0)  # releases are
        self._ready = torch.cat([ready, self._opens[:, doors:]], dim=1)  # earliest departure from doors
        self._latest = self._latest_arrival()
        self._latest_from = ByDoor(self._latest) if problem.n_stations else None
        self._bound = None if problem.n_stations else problem.bounds.reach(self._latest, timed=True)
        self._columns = [problem.column(values) for values in (self._opens, self._service, self._ready)]

    def _latest_arrival(self) -> Tensor:
        """[B, D, N] latest arrival at a node of a route from a door; -inf where even waiting there is too late."""
        problem, batch = self.problem, self.problem.batch
        closes = batch["windows"][..., 1]
        end = torch.minimum(closes[:, : problem.n_doors], batch["shift"][..., 1])
        end = torch.where(problem.open, batch["shift"][..., 1], end)
        back = problem.slackened(end)[:, :, None] - problem.way_home(times=True) - self._service[:, None, :]
        latest = torch.minimum(problem.slackened(closes)[:, None, :], back)
        doors = slice(problem.n_doors)
        nobody_leaves = self._ready[:, doors] > problem.slackened(closes[:, doors])
        return latest.masked_fill((latest < self._opens[:, None, :]) | nobody_leaves[..., None], -torch.inf)

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return any_hours(problem) and "release" not in problem.batch

    def start(self) -> Fields:
        """See ``Constraint``."""
        return {"clock": self.problem.filled(self._ready[:, :1])}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        assert move.duration is not None
        opens, service, ready = (move.at(column) for column in self._columns)
        clock = torch.maximum(fields["clock"] + move.duration, opens).add_(service)
        if move.charging is not None:
            clock += move.charging
        return {"clock": torch.where(move.closes, ready, clock)}

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``."""
        return {} if self._bound is None else {self._bound: fields["clock"]}

    def fits(self, fields: Fields, legs: Legs) -> Tensor | None:
        """See ``Constraint``: where batteries are charged, which takes time that differs from node to node."""
        if self._latest_from is None:
            return None
        longest: Tensor = self._latest_from.at(fields["origin"]) - fields["clock"][..., None]
        return legs.durations <= (longest if legs.charging is None else longest.sub_(legs.charging))

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return self.problem.some_are_out_of_reach(self._latest - self._earliest_departure(), times=True)

    def _earliest_departure(self) -> Tensor:
        """[B, D, 1 or N] from each door to each node alone."""
        return self._ready[:, : self.problem.n_doors, None]


def any_hours(problem: Problem) -> bool:
    """Whether any row has windows that close, or shifts that end."""
    closes, ends = problem.batch["windows"][..., 1], problem.batch["shift"][..., 1]
    return bool(closes.isfinite().any() | ends.isfinite().any())
