"""Normalisations that leave padded nodes out of their statistics."""

from typing import Any

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
        shares = values.new_full((1, values.shape[1]), 1.0 / values.shape[1])
        if real is not None:
            shares = real.to(values.dtype) / real.sum(-1, keepdim=True)
        answer: Tensor = _Normalise.apply(values, shares[:, None], self.weight, self.bias)  # type: ignore[no-untyped-call]
        return answer


class _Normalise(torch.autograd.Function):
    """Means are products with ``shares`` [B or 1, 1, N], a hundred times faster than ``var_mean`` on a CPU."""

    @staticmethod
    def forward(ctx: Any, values: Tensor, shares: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        centred = values - shares @ values
        scale = (shares @ centred.square() + EPSILON).rsqrt_()
        ctx.save_for_backward(centred.mul_(scale), shares, scale, weight)
        return torch.addcmul(bias, centred, weight)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, Tensor, Tensor]:
        standard, shares, scale, weight = ctx.saved_tensors
        gradient = gradients[0]
        straight, turned = gradient.sum(1, keepdim=True), (gradient * standard).sum(1, keepdim=True)
        common = torch.addcmul(straight, standard, turned).mul_(shares.transpose(1, 2))
        to_values = gradient.sub(common).mul_(scale * weight)
        return to_values, None, turned.sum((0, 1)), straight.sum((0, 1))


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
