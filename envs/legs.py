"""Ways from where the rows of a state are."""

from torch import Tensor

from routewright.envs.problem import Problem
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
        self._distances: Tensor | None = None
        self._durations: Tensor | None = None
        self.charging: Tensor | None = None
        """[B, S, N] time that a battery would be charged for at each node; None for never."""

    @property
    def distances(self) -> Tensor:
        """[B, S, N]; to be read only."""
        if self._distances is None:
            self._distances = self._problem.distances.row(self._node, self._door)
        return self._distances

    @property
    def durations(self) -> Tensor:
        """[B, S, N] travel times; to be read only."""
        if self._durations is None:
            same = self.times_are_distances
            self._durations = self.distances if same else self._problem.durations.row(self._node, self._door)
        return self._durations

    def distance_to(self, node: Tensor) -> Tensor:
        """[B, S]."""
        return self._to(node, self._distances, self._problem.distances)

    def duration_to(self, node: Tensor) -> Tensor:
        """[B, S] travel times."""
        known = self._distances if self.times_are_distances else self._durations
        return self._to(node, known, self._problem.durations)

    @property
    def times_are_distances(self) -> bool:
        """Whether the two are one and the same, so that either may stand for the other."""
        return self._problem.durations is self._problem.distances

    def _to(self, node: Tensor, known: Tensor | None, source: Travel) -> Tensor:
        if known is not None:
            return known.gather(-1, node[..., None])[..., 0]
        return source.between(self._node, node, self._door)
