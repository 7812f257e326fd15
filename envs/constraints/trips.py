"""Several trips of one vehicle, which reloads at a depot between them."""

from collections.abc import Mapping

import torch
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class Trips(Constraint):
    """A vehicle reloads after a client, where its type may and as often as it may.

    A route may end right after a reload only where no client fits any more. Where that depot is the one that the
    vehicle comes home to, it has come home; elsewhere the vehicle is stranded.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._more = problem.batch["trips"] - 1.0  # [B, D] after the first
        self._more_of = ByDoor(self._more)
        self._reloads = problem.bounds.need(problem.reloads.to(problem.dtype))
        self._elsewhere = self._not_home()
        usable = torch.zeros_like(self._elsewhere)
        usable[..., problem.first_reload : problem.first_station] = problem.batch["reloads"]
        barred = problem.reloads[:, None] & ~usable & (self._more > 0)[..., None]
        self._usable = ByDoor(usable | ~problem.reloads[:, None]) if bool(barred.any()) else None

    def _not_home(self) -> Tensor:
        """[B, D, N] reloads that are not, to the vehicles of a door, the place where their routes end."""
        problem, shape = self.problem, (self.problem.shape[0], self.problem.n_doors)
        doors = problem.each_door.expand(shape)
        elsewhere = problem.open[..., None] & problem.reloads[:, None]
        for node in range(problem.first_reload, problem.first_station):
            for ways in (problem.distances, problem.durations):
                there, home = ways.column(torch.full_like(doors, node), doors), ways.column(doors, doors)
                elsewhere[..., node] |= ((there != home) & problem.clients).any(-1) & problem.reloads[:, None, node]
        return elsewhere

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return problem.n_reloads > 0

    def start(self) -> Fields:
        """See ``Constraint``."""
        problem = self.problem
        return {
            "trips_left": problem.filled(self._more[:, :1]),
            "stranded": problem.filled(0, dtype=torch.bool),
            "free": problem.filled(problem.visitable, problem.n_nodes, dtype=torch.bool),
        }

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        elsewhere = self.problem.at_door(self._elsewhere, fields["origin"], fields["node"])
        left = fields["trips_left"] - move.refills.to(self.problem.dtype)
        return {
            "trips_left": torch.where(move.closes, self._more_of.at(move.origin), left),
            "stranded": fields["stranded"] | (move.closes & elsewhere),
        }

    def released(self, free: Tensor, fields: Fields, move: Move) -> Tensor:
        """See ``Constraint``."""
        return free.logical_or_(self.problem.reloads[:, None])

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``: a reload needs one trip of those left."""
        waiting = fields["to_visit"] if "to_visit" in fields else fields["to_serve"]
        may = fields["on_road"] & ~self._reloading(fields) & (waiting > 0)
        return {self._reloads: fields["trips_left"].masked_fill(~may, 0.0)}

    def fits(self, fields: Fields, legs: Legs) -> Tensor | None:
        """See ``Constraint``: where vehicle types reload at some depots only."""
        return None if self._usable is None else self._usable.at(fields["origin"])

    def may_close(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        return ~self._reloading(fields)

    def failed(self, fields: Fields) -> Tensor:
        """See ``Constraint``: the last trip had no client, and the depot before it was not the end."""
        return fields["stranded"]

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True

    def _reloading(self, fields: Fields) -> Tensor:
        """[B, S] whether a vehicle is where it reloads."""
        node: Tensor = fields["node"]
        return (node >= self.problem.first_reload) & (node < self.problem.first_station)
