"""Release times: a trip leaves after the latest release of its clients."""

from collections.abc import Mapping

import torch
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Fields, Move
from routewright.envs.constraints.windows import Windows, any_hours
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class Releases(Windows):
    """Windows where each client that joins a trip may delay its departure.

    Stands in for ``Windows`` in batches where some client has a release. A trip that leaves at d is at the end of its
    last service at max(d + elapsed, b), where ``elapsed`` is its travel and service without waiting, and b is due to
    waiting alone. So a later departure d moves the clock, which is that maximum for the departure so far, to
    max(clock, d + elapsed); it is possible up to the ``latest_departure`` at which every client is reached in time.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch, doors = problem.batch, problem.n_doors
        self._release: Tensor = batch["release"]
        shuts = problem.slackened(batch["windows"][..., 1])
        self._leave_by = shuts[:, :doors]  # of first trips
        shuts = shuts.masked_fill(problem.reloads, torch.inf)  # trips after a reload may leave at any time
        self._departure = problem.bounds.need(self._release)
        released = self._latest - self._release[:, None]  # [B, D, N] latest arrival, counted from the release
        self._released_from = ByDoor(released) if problem.n_stations else None
        self._delayed = None if problem.n_stations else problem.bounds.reach(released, timed=True)
        self._joining = [problem.column(values) for values in (self._release, shuts, self._service)]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return any_hours(problem) and "release" in problem.batch

    def start(self) -> Fields:
        """See ``Constraint``."""
        filled = self.problem.filled
        return super().start() | {"elapsed": filled(0.0), "latest_departure": filled(self._leave_by[:, :1])}

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        assert move.duration is not None
        release, shuts, service = (move.at(column) for column in self._joining)
        delayed = torch.maximum(fields["clock"], release + fields["elapsed"])
        arrived = fields["elapsed"] + move.duration
        elapsed = arrived + (service if move.charging is None else service + move.charging)
        latest = torch.minimum(fields["latest_departure"], shuts - arrived)
        return super().update(fields | {"clock": delayed}, move) | {
            "elapsed": elapsed.masked_fill_(move.refills, 0.0),
            "latest_departure": torch.where(move.refills, shuts, latest),
        }

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``."""
        said = {**super().bounds(fields), self._departure: fields["latest_departure"]}
        return said if self._delayed is None else said | {self._delayed: fields["elapsed"]}

    def fits(self, fields: Fields, legs: Legs) -> Tensor | None:
        """See ``Windows``."""
        fits = super().fits(fields, legs)
        if fits is None or self._released_from is None:
            return fits
        longest: Tensor = self._released_from.at(fields["origin"]) - fields["elapsed"][..., None]
        return fits & (legs.durations <= (longest if legs.charging is None else longest - legs.charging))

    def _earliest_departure(self) -> Tensor:
        """See ``Windows``; inf where the depot has closed before the goods are there."""
        release = self._release[:, None, :]
        leave = torch.maximum(super()._earliest_departure(), release)
        return leave.masked_fill(release > self._leave_by[..., None], torch.inf)
