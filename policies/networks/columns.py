"""Linear layers whose inputs have names, so that attributes can be added to a trained network."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from routewright.data.errors import RoutewrightError


class Columns(nn.Module):
    """A linear layer with one row of weights for each name.

    Args:
        names: of the inputs, in order.
        width: of the output, d.
        bias: whether something is added that does not depend on the inputs.
    """

    def __init__(self, names: Sequence[str], width: int, *, bias: bool = False) -> None:
        super().__init__()
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise RoutewrightError(f"column {twice[0]!r} is named twice")
        self.names = tuple(names)
        bound = max(1, len(self.names)) ** -0.5
        self.weight = nn.Parameter(torch.empty(len(self.names), width).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(width).uniform_(-bound, bound)) if bias else None

    def forward(self, values: Tensor) -> Tensor:
        """[..., columns] to [..., d]."""
        answer = values @ self.weight
        return answer if self.bias is None else answer + self.bias

    def widened(self, names: Sequence[str]) -> "Columns":
        """The same function with more inputs, whose weights are zero: the adapter layers of Berto et al. (2024)."""
        wider = Columns([*self.names, *names], self.weight.shape[1], bias=self.bias is not None)
        with torch.no_grad():
            wider.weight.zero_()
            wider.weight[: len(self.names)] = self.weight
            if wider.bias is not None and self.bias is not None:
                wider.bias.copy_(self.bias)
        return wider.to(self.weight.device, self.weight.dtype)
