"""Looking things up in every row of a batch at once."""

from typing import Any

import torch
from torch import Tensor


def rows(values: Tensor, which: Tensor) -> Tensor:
    """Rows ``which`` [B, Q] of ``values`` [B, M, d]: [B, Q, d]; copies whole rows, unlike ``gather``."""
    answer: Tensor = _Rows.apply(values, which)  # type: ignore[no-untyped-call]
    return answer


class _Rows(torch.autograd.Function):
    """The backward pass is a product with 1 where a row was taken, several times faster than adding row by row."""

    @staticmethod
    def forward(ctx: Any, values: Tensor, which: Tensor) -> Tensor:
        size, number, width = values.shape
        ctx.save_for_backward(which)
        ctx.number = number
        first = torch.arange(size, device=which.device)[:, None] * number
        taken = values.new_empty(*which.shape, width)  # no view, so that users may change it in place
        torch.index_select(values.reshape(-1, width), 0, (first + which).flatten(), out=taken.view(-1, width))
        return taken

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        (which,) = ctx.saved_tensors
        each = torch.arange(ctx.number, device=which.device)[:, None]
        taken = as_numbers(each == which[:, None], gradients[0].dtype)
        return torch.bmm(taken, gradients[0]), None


def real_mean(values: Tensor, real: Tensor | None) -> Tensor:
    """Mean [B, d] of ``values`` [B, N, d] over nodes that ``real`` [B, N] bool counts; None counts all."""
    if real is None:
        return values.mean(1)
    shares = real.to(values.dtype)
    return (values * shares[..., None]).sum(1) / shares.sum(-1, keepdim=True)


def as_numbers(flags: Tensor, dtype: torch.dtype) -> Tensor:
    """1 and 0 for True and False; by way of bytes, which is several times faster on a CPU."""
    return flags.contiguous().view(torch.uint8).to(dtype)


def masked(scores: Tensor, mask: Tensor) -> Tensor:
    """Finite ``scores`` with -inf where ``mask`` is False; adding 1 - 1/1 and 1 - 1/0 takes a third of ``where``."""
    return scores + as_numbers(mask, scores.dtype).reciprocal_().neg_().add_(1.0)
