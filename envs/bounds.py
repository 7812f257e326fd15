"""What every client is compared with in every step, all constraints together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from jaxtyping import Bool, Float, Num
from torch import Tensor

from routewright.envs.fitting import Tables, Values, Ways, fitting
from routewright.envs.shapes import Flag, Mask, Node


@dataclass
class Sort:
    """Bounds of one sort: a table of each, and the number that it goes by."""

    tables: list[Tensor] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def together(self, nothing: Tensor) -> Tensor:
        """[B, 1 or D, R, N], from R tables [B, 1 or D, N]; ``nothing`` [B, 1, 0, N] if there are none."""
        doors = max((table.shape[1] for table in self.tables), default=1)
        return torch.stack([each.expand(-1, doors, -1) for each in self.tables], dim=2) if self.tables else nothing

    def values(self, said: Mapping[int, Tensor]) -> Tensor | None:
        """[B, S, R]; None if there are none."""
        if len(self.numbers) == 1:
            return said[self.numbers[0]].contiguous()[..., None]
        return torch.stack([said[number] for number in self.numbers], dim=-1) if self.numbers else None


class Bounds:
    """Bounds that constraints announce when they are made, and whose values they say in each step.

    A client fits where all of these hold:

    * it needs no more than is left, of capacity for instance;
    * it is not farther than it may be, in distance or in time, less what is used up;
    * it is not of a sort that is barred.

    Args:
        nodes: [B, N] of the batch's number type, for its shape and device.
    """

    def __init__(self, nodes: Tensor) -> None:
        self._nodes = nodes
        self._needs, self._reaches, self._bars = Sort(), Sort(), Sort()
        self._timed: list[bool] = []
        self._made: Tables | None = None

    def need(self, values: Num[Tensor, "batch nodes"]) -> int:
        """Announce what nodes need; how much is left is said in each step.

        Returns:
            The number by which it is said.
        """
        return self._added(self._needs, values[:, None].to(self._nodes.dtype))

    def reach(self, values: Float[Tensor, "batch doors nodes"], *, timed: bool) -> int:
        """Announce how far nodes may be; how much of that is used up is said in each step."""
        self._timed.append(timed)
        agreed = bool((values == values[:, :1]).all())
        return self._added(self._reaches, values[:, :1] if agreed else values)

    def bar(self, members: Bool[Tensor, "batch nodes"]) -> int:
        """Announce nodes of one sort; whether they are barred is said in each step."""
        return self._added(self._bars, members[:, None])

    def fitting(self, free: Mask, said: Mapping[int, Tensor], legs: Ways, door: Node) -> tuple[Mask, Flag]:
        """See ``fitting``; ``said`` has the value of each bound."""
        values = Values(*(sort.values(said) for sort in (self._needs, self._reaches, self._bars)))
        return fitting(free, self._tables(), values, legs, door)

    def _added(self, sort: Sort, table: Tensor) -> int:
        assert self._made is None, "bounds are announced before the first step"
        sort.tables.append(table)
        sort.numbers.append(sum(len(each.numbers) for each in (self._needs, self._reaches, self._bars)))
        return sort.numbers[-1]

    def _tables(self) -> Tables:
        if self._made is None:
            nothing = self._nodes[:, None, None, :].expand(-1, 1, 0, -1)
            needs, reaches = self._needs.together(nothing), self._reaches.together(nothing)
            self._made = Tables(needs, reaches, self._bars.together(nothing.bool())[:, 0], tuple(self._timed))
        return self._made
