"""Normalisations that leave padded nodes out of their statistics."""

import torch
from torch import Tensor, nn

from routewright.data.errors import RoutewrightError

EPSILON = 1e-5


class InstanceNorm(nn.Module):
    """Each feature over the nodes of each instance, with learned scale and shift; input [B, N, d]."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, values: Tensor, real: Tensor | None = None) -> Tensor:
        """Normalise; ``real`` [B, N] bool are nodes that count, None is all."""
        if real is None:
            variance, mean = torch.var_mean(values, dim=1, keepdim=True, correction=0)
        else:
            counts = real[..., None].to(values.dtype)
            number = counts.sum(1, keepdim=True)
            mean = (values * counts).sum(1, keepdim=True) / number
            variance = ((values - mean).square() * counts).sum(1, keepdim=True) / number
        scale = (variance + EPSILON).rsqrt() * self.weight
        return torch.addcmul(self.bias - mean * scale, values, scale)


class BatchNorm(nn.Module):
    """Each feature over all nodes of the batch, with running averages for use after training; input [B, N, d]."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.BatchNorm1d(width, eps=EPSILON)

    def forward(self, values: Tensor, real: Tensor | None = None) -> Tensor:
        """Normalise; ``real`` [B, N] bool are nodes that count, None is all."""
        if real is None or not self.training:
            flat: Tensor = self.inner(values.flatten(0, -2))
            return flat.view(values.shape)
        counted: Tensor = self.inner(values[real])
        return torch.zeros_like(values).masked_scatter(real[..., None], counted)


NORMS: dict[str, type[InstanceNorm | BatchNorm]] = {"instance": InstanceNorm, "batch": BatchNorm}
"""By the name that a configuration gives."""


def norm(name: str, width: int) -> InstanceNorm | BatchNorm:
    """A normalisation by its name.

    Raises:
        RoutewrightError: if the name is unknown.
    """
    if name not in NORMS:
        raise RoutewrightError(f"norm is {name!r}, must be one of {', '.join(NORMS)}")
    return NORMS[name](width)
