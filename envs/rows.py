"""Rows of matrices by number, so that those who only compare them need not copy them."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from routewright.envs.shapes import Node, Number, PerNode


class Rows(NamedTuple):
    """For each vehicle a row of a table."""

    table: Float[Tensor, "rows nodes"]
    which: Node

    @classmethod
    def own(cls, values: PerNode) -> "Rows":
        """Of values where no two vehicles share any."""
        which = torch.arange(values.shape[0] * values.shape[1], device=values.device)
        return cls(values.flatten(0, 1), which.view(values.shape[:2]))

    def written_out(self) -> PerNode:
        """All of them, a fresh tensor."""
        return self.table.index_select(0, self.which.flatten()).view(*self.which.shape, -1)

    def at(self, nodes: Node) -> Number:
        """Entries at ``nodes``."""
        return self.table.view(-1).take(self.which * self.table.shape[1] + nodes)
