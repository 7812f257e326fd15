"""Pickup and delivery: both nodes of a pair on the same route, the first before the second."""

from collections.abc import Mapping

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class Pairs(Constraint):
    """A second node waits for its first, and no route ends between the two while some client fits."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch = problem.batch
        first = batch["second_of"] > 0
        self._second_of: Tensor = batch["second_of"]
        self._nobody_picked_up = (~batch["is_second"]).to(problem.dtype)[:, None, :]
        self._reloads = problem.bounds.bar(problem.reloads) if problem.n_reloads else None
        self._change = problem.column(first.to(problem.dtype) - batch["is_second"].to(problem.dtype))

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return "is_second" in problem.batch and bool(problem.batch["is_second"].any())

    def start(self) -> Fields:
        """See ``Constraint``."""
        problem = self.problem
        return {
            "on_board": problem.filled(0.0),
            "broken": problem.filled(0, dtype=torch.bool),
            "unlocked": problem.filled(self._nobody_picked_up, problem.n_nodes),
        }

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        second = self.problem.at(self._second_of, move.action)  # node 0 where the action is no first node
        unlocked = fields["unlocked"].scatter(-1, second[..., None], 1.0)
        return {
            "on_board": (fields["on_board"] + move.at(self._change)).masked_fill_(move.closes, 0.0),
            "broken": fields["broken"] | (move.closes & (fields["on_board"] > 0)),
            "unlocked": torch.where(move.closes[..., None], self._nobody_picked_up, unlocked),
        }

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        return fields["unlocked"].clone()

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """See ``Constraint``: both nodes of a pair are in the same trip."""
        return {} if self._reloads is None else {self._reloads: fields["on_board"] > 0}

    def may_close(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        return fields["on_board"] <= 0

    def failed(self, fields: Fields) -> Tensor:
        """See ``Constraint``: a route has ended between the nodes of a pair, which only happens where nobody fits."""
        return fields["broken"]

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True
