"""Ways from where the rows of a state are."""

from functools import cached_property

from torch import Tensor

from routewright.envs.problem import Problem
from routewright.envs.rows import Rows
from routewright.envs.travel import Travel


class Legs:
    """Ways from the current node of each row, to all nodes or to one; rows are computed when first asked for.

    Args:
        problem: the instances.
        node: [B, S] where vehicles are.
        door: [B, S] where they left from.
    """

    def __init__(self, problem: Problem, node: Tensor, door: Tensor) -> None:
        self._problem, self._node, self._door = problem, node, door
        self._rows: dict[bool, Rows] = {}
        self.charging: Tensor | None = None
        """[B, S, N] time that a battery would be charged for at each node; None for never."""

    def rows(self, *, timed: bool) -> Rows:
        """Distances or travel times to all nodes; to be read only."""
        timed = timed and not self.times_are_distances
        if timed not in self._rows:
            self._rows[timed] = self._source(timed).rows(self._node, self._door)
        return self._rows[timed]

    @cached_property
    def distances(self) -> Tensor:
        """[B, S, N], written out; to be read only."""
        return self.rows(timed=False).written_out()

    @cached_property
    def durations(self) -> Tensor:
        """[B, S, N] travel times, written out; to be read only."""
        return self.distances if self.times_are_distances else self.rows(timed=True).written_out()

    def distance_to(self, node: Tensor) -> Tensor:
        """[B, S]."""
        return self._to(node, timed=False)

    def duration_to(self, node: Tensor) -> Tensor:
        """[B, S] travel times."""
        return self._to(node, timed=not self.times_are_distances)

    @property
    def times_are_distances(self) -> bool:
        """Whether the two are one and the same, so that either may stand for the other."""
        return self._problem.durations is self._problem.distances

    def _to(self, node: Tensor, *, timed: bool) -> Tensor:
        known = self._rows.get(timed)
        return self._source(timed).between(self._node, node, self._door) if known is None else known.at(node)

    def _source(self, timed: bool) -> Travel:
        return self._problem.durations if timed else self._problem.distances
