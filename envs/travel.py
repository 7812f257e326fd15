"""Distances and travel times: from coordinates, or from matrices."""

from typing import Protocol

import torch
from tensordict import TensorDict
from torch import Tensor


class Travel(Protocol):
    """Ways between nodes of the rows of a batch."""

    def between(self, start: Tensor, end: Tensor) -> Tensor:
        """[B, S] from ``start`` [B, S] to ``end`` [B, S]."""

    def row(self, start: Tensor) -> Tensor:
        """[B, S, N] from ``start`` [B, S] to every node; a fresh tensor."""

    def columns(self, end: Tensor) -> Tensor:
        """[B, E, N] from every node to the nodes ``end`` [B, E]; a fresh tensor."""


class Plane:
    """Euclidean distances, computed when asked for.

    Args:
        coords: [B, N, 2].
        speed: [B] that distances are divided by, or None.
    """

    def __init__(self, coords: Tensor, speed: Tensor | None = None) -> None:
        scaled = coords if speed is None else coords / speed[:, None, None]
        self._flat = scaled.reshape(-1, 2).contiguous()
        self._x, self._y = (scaled[:, None, :, axis].contiguous() for axis in (0, 1))
        self._first = (torch.arange(coords.shape[0], device=coords.device) * coords.shape[1])[:, None]

    def _place(self, nodes: Tensor) -> Tensor:
        return self._flat.index_select(0, (self._first + nodes).flatten()).view(*nodes.shape, 2)

    def between(self, start: Tensor, end: Tensor) -> Tensor:
        """See ``Travel``."""
        way = (self._place(start) - self._place(end)).square_()
        return (way[..., 0] + way[..., 1]).sqrt_()

    def row(self, start: Tensor) -> Tensor:
        """See ``Travel``."""
        place = self._place(start)
        across = (self._x - place[..., :1]).square_()
        along = (self._y - place[..., 1:]).square_()
        return across.add_(along).sqrt_()  # the same operations as in ``between``, to the same last digit

    def columns(self, end: Tensor) -> Tensor:
        """See ``Travel``."""
        return self.row(end)


class Matrix:
    """Ways that are given for each pair of nodes.

    Args:
        values: [B, N, N].
    """

    def __init__(self, values: Tensor) -> None:
        self._values = values
        self._rows = values.reshape(-1, values.shape[-1])
        self._flat = values.reshape(-1)
        self._first = (torch.arange(values.shape[0], device=values.device) * values.shape[-1])[:, None]

    def between(self, start: Tensor, end: Tensor) -> Tensor:
        """See ``Travel``."""
        return self._flat.take((self._first + start) * self._values.shape[-1] + end)

    def row(self, start: Tensor) -> Tensor:
        """See ``Travel``."""
        return self._rows.index_select(0, (self._first + start).flatten()).view(*start.shape, -1)

    def columns(self, end: Tensor) -> Tensor:
        """See ``Travel``."""
        turned = self._values.transpose(1, 2)
        return torch.take_along_dim(turned, end[:, :, None], dim=1)


def travel(batch: TensorDict) -> tuple[Travel, Travel]:
    """Distances and times of a batch; the same object where times are distances."""
    speed = batch["speed"]
    moves_at_one = bool((speed == 1.0).all())
    distances: Travel = Matrix(batch["distances"]) if "distances" in batch else Plane(batch["coords"])
    if "durations" in batch:
        return distances, Matrix(batch["durations"])
    if moves_at_one:
        return distances, distances
    if "distances" in batch:
        return distances, Matrix(batch["distances"] / speed[:, None, None])
    return distances, Plane(batch["coords"], speed)
