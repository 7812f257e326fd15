"""Rows of matrices by number, so that those who only compare them need not copy them."""

from typing import NamedTuple

import torch
from torch import Tensor


class Rows(NamedTuple):
    """For each vehicle a row of a table."""

    table: Tensor  # [R, N]
    which: Tensor  # [B, S] int64

    @classmethod
    def own(cls, values: Tensor) -> "Rows":
        """Of [B, S, N], where no two vehicles share any."""
        which = torch.arange(values.shape[0] * values.shape[1], device=values.device)
        return cls(values.flatten(0, 1), which.view(values.shape[:2]))

    def written_out(self) -> Tensor:
        """[B, S, N]; a fresh tensor."""
        return self.table.index_select(0, self.which.flatten()).view(*self.which.shape, -1)

    def at(self, nodes: Tensor) -> Tensor:
        """Entries at ``nodes`` [B, S]: [B, S]."""
        return self.table.view(-1).take(self.which * self.table.shape[1] + nodes)
