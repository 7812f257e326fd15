"""Distances and travel times: from coordinates, or from matrices."""

from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Float, Int64
from tensordict import TensorDict
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.rows import Rows
from routewright.envs.shapes import Node, Number, PerNode


@runtime_checkable
class Travel(Protocol):
    """Ways between nodes of the rows of a batch, for vehicles that left from the given doors."""

    def between(self, start: Node, end: Node, door: Node) -> Number:
        """From each ``start`` to its ``end``."""

    def rows(self, start: Node, door: Node) -> Rows:
        """From each ``start`` to every node."""

    def column(self, end: Node, door: Node) -> PerNode:
        """From every node to each ``end``; a fresh tensor."""


class Plane:
    """Euclidean distances, computed when asked for.

    Args:
        coords: of the nodes.
    """

    def __init__(self, coords: Float[Tensor, "batch nodes 2"]) -> None:
        self._flat = coords.reshape(-1, 2).contiguous()
        self._x, self._y = (coords[:, None, :, axis].contiguous() for axis in (0, 1))
        self._first = (torch.arange(coords.shape[0], device=coords.device) * coords.shape[1])[:, None]

    def _place(self, nodes: Tensor) -> Tensor:
        return self._flat.index_select(0, (self._first + nodes).flatten()).view(*nodes.shape, 2)

    def between(self, start: Node, end: Node, door: Node) -> Number:
        """See ``Travel``."""
        way = (self._place(start) - self._place(end)).square_()
        return (way[..., 0] + way[..., 1]).sqrt_()

    def rows(self, start: Node, door: Node) -> Rows:
        """See ``Travel``."""
        return Rows.own(self.column(start, door))

    def column(self, end: Node, door: Node) -> PerNode:
        """See ``Travel``."""
        place = self._place(end)
        across = (self._x - place[..., :1]).square_()
        along = (self._y - place[..., 1:]).square_()
        return across.add_(along).sqrt_()  # the same operations as in ``between``, to the same last digit


class Matrix:
    """Ways that are given for each pair of nodes.

    Args:
        values: from the one to the other.
    """

    def __init__(self, values: Float[Tensor, "batch nodes nodes"]) -> None:
        self._values = values
        self._rows = values.reshape(-1, values.shape[-1])
        self._flat = values.reshape(-1)
        self._first = (torch.arange(values.shape[0], device=values.device) * values.shape[-1])[:, None]

    def between(self, start: Node, end: Node, door: Node) -> Number:
        """See ``Travel``."""
        return self._flat.take((self._first + start) * self._values.shape[-1] + end)

    def rows(self, start: Node, door: Node) -> Rows:
        """See ``Travel``."""
        return Rows(self._rows, self._first + start)

    def column(self, end: Node, door: Node) -> PerNode:
        """See ``Travel``."""
        return torch.take_along_dim(self._values.transpose(1, 2), end[:, :, None], dim=1)


class Profiles:
    """Ways that differ between vehicle types.

    Args:
        values: from the one to the other, by each profile.
        profile: of each door.
    """

    def __init__(
        self, values: Float[Tensor, "batch profiles nodes nodes"], profile: Int64[Tensor, "batch doors"]
    ) -> None:
        self._values, self._profile = values, ByDoor(profile)
        count, nodes = values.shape[1:3]
        self._count, self._nodes = count, nodes
        self._first = torch.arange(values.shape[0], device=values.device)[:, None] * count

    def _matrix(self, door: Tensor) -> Tensor:
        """[B, S] number of the matrix among all."""
        return self._first + self._profile.at(door)

    def between(self, start: Node, end: Node, door: Node) -> Number:
        """See ``Travel``."""
        return self._values.reshape(-1).take((self._matrix(door) * self._nodes + start) * self._nodes + end)

    def rows(self, start: Node, door: Node) -> Rows:
        """See ``Travel``."""
        return Rows(self._values.reshape(-1, self._nodes), self._matrix(door) * self._nodes + start)

    def column(self, end: Node, door: Node) -> PerNode:
        """See ``Travel``."""
        rows = self._values.transpose(2, 3).reshape(-1, self._nodes)
        return rows.index_select(0, (self._matrix(door) * self._nodes + end).flatten()).view(*end.shape, -1)


class Paced:
    """Times at a speed.

    Args:
        distances: what is driven.
        speed: distance per time of each door's vehicles.
    """

    def __init__(self, distances: Travel, speed: Float[Tensor, "batch doors"]) -> None:
        self._distances, self._speed = distances, ByDoor(speed)

    def between(self, start: Node, end: Node, door: Node) -> Number:
        """See ``Travel``."""
        return self._distances.between(start, end, door) / self._speed.at(door)

    def rows(self, start: Node, door: Node) -> Rows:
        """See ``Travel``."""
        return Rows.own(self._distances.rows(start, door).written_out().div_(self._speed.at(door)[..., None]))

    def column(self, end: Node, door: Node) -> PerNode:
        """See ``Travel``."""
        return self._distances.column(end, door).div_(self._speed.at(door)[..., None])


def travel(batch: TensorDict) -> tuple[Travel, Travel]:
    """Distances and times of a batch; the same object where times are distances."""
    distances = _given(batch, "distances") if "distances" in batch else Plane(batch["coords"])
    durations = _given(batch, "durations") if "durations" in batch else distances
    if bool((batch["speed"] == 1.0).all()):
        return distances, durations
    return distances, Paced(durations, batch["speed"])


def _given(batch: TensorDict, name: str) -> Travel:
    values = batch[name]
    return Matrix(values) if values.dim() == 3 else Profiles(values, batch["profile"])
