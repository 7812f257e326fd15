"""The longest time from departure to return, waiting and service included; the departure is free."""

from typing import NamedTuple

import torch
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class Span(NamedTuple):
    """A route so far: Vidal, Crainic, Gendreau & Prins (2013), section 4.3, without time warp."""

    duration: Tensor  # the least that it can take
    earliest: Tensor  # departures, from the first to the last one, for which it takes that
    latest: Tensor

    def then(self, travel: Tensor, opens: Tensor, closes: Tensor, service: Tensor | float) -> "Span":
        """The route with one more node."""
        elapsed = self.duration + travel
        wait = (opens - elapsed - self.latest).clamp(min=0.0)
        earliest = torch.maximum(self.earliest, opens - elapsed) - wait
        return Span(elapsed + wait + service, earliest, torch.minimum(self.latest, closes - elapsed))


class DurationLimit(Constraint):
    """No route takes longer than the limit, wherever that lies in the day."""

    timed = True

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch, doors = problem.batch, problem.n_doors
        self._limit = ByDoor(problem.slackened(batch["max_duration"]))
        self._service: Tensor = batch["service"]
        self._opens = batch["windows"][..., 0].clone()
        self._closes = batch["windows"][..., 1].clone()
        self._opens[:, :doors] = torch.maximum(self._opens[:, :doors], batch["shift"][..., 0])
        self._closes[:, :doors] = torch.minimum(self._closes[:, :doors], batch["shift"][..., 1])
        self._home = ByDoor(problem.way_home(times=True))
        self._columns = [problem.column(values) for values in (self._opens, self._closes, self._service)]

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return bool(problem.batch["max_duration"].isfinite().any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        fill = self.problem.filled
        return {
            "span": fill(0.0), "span_earliest": fill(self._opens[:, :1]), "span_latest": fill(self._closes[:, :1])
        }  # fmt: skip

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        assert move.duration is not None
        closes = move.closes
        opens, shuts, service = (move.at(column) for column in self._columns)
        service = service if move.charging is None else service + move.charging
        span = self._span(fields).then(move.duration, opens, shuts, service)
        return {
            "span": span.duration.masked_fill(closes, 0.0),
            "span_earliest": torch.where(closes, opens, span.earliest),
            "span_latest": torch.where(closes, shuts, span.latest),
        }

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        problem, origin = self.problem, fields["origin"]
        span = Span(*(part[..., None] for part in self._span(fields)))
        service = self._service[:, None, :]
        service = service if legs.charging is None else service + legs.charging
        there = span.then(legs.durations, self._opens[:, None, :], self._closes[:, None, :], service)
        opens, closes = (problem.at(times, origin)[..., None] for times in (self._opens, self._closes))
        whole = there.then(self._home.at(origin), opens, closes, 0.0).duration
        if problem.any_open:
            whole = torch.where(problem.is_open.at(origin)[..., None], there.duration, whole)
        return whole.le_(self._limit.at(origin)[..., None])

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True

    @staticmethod
    def _span(fields: Fields) -> Span:
        return Span(fields["span"], fields["span_earliest"], fields["span_latest"])
