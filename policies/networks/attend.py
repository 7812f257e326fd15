"""Scaled dot-product attention, written for the sizes of routing on a CPU."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

CACHED = 1 << 18
"""Scores that are worked on at once: a megabyte, which stays in a core's cache."""
SMALLEST = 1e-30
"""Sums of exponentials below it have lost digits."""


def attend(query: Tensor, key: Tensor, value: Tensor, allowed: Tensor | None = None) -> Tensor:
    """Softmax of ``query`` times ``key``, times ``value``; queries are scaled beforehand.

    On a CPU the largest score is not taken off before exponentials are, which a softmax over twenty entries spends
    most of its time with; where that overflows, everything is computed again in the usual way.

    Args:
        query: [B, H, S, d].
        key: [B, H, N, d].
        value: [B, H, N, d].
        allowed: what each query may look at, bool that broadcasts to [B, H, S, N], H being 1; None is everything.

    Returns:
        [B, H, S, d].
    """
    if query.device.type == "cpu" and query.dtype in (torch.float32, torch.float64):
        answer: Tensor = _Attend.apply(query, key, value, allowed)  # type: ignore[no-untyped-call]
        return answer
    return scaled_dot_product_attention(query, key, value, attn_mask=allowed, scale=1.0)


def biased(query: Tensor, key: Tensor, value: Tensor, bias: Tensor, allowed: Tensor | None = None) -> Tensor:
    """The same with ``bias`` [B, H, S, N] added to the scores."""
    if allowed is not None:
        bias = bias.masked_fill(~allowed, -torch.inf)
    return scaled_dot_product_attention(query, key, value, attn_mask=bias, scale=1.0)


class _Attend(torch.autograd.Function):
    """A part of the batch at a time; the backward pass follows from out = (E v) / (E 1), E = exp(q k)."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, allowed: Tensor | None) -> Tensor:
        query, key, value = query.contiguous(), key.contiguous(), value.contiguous()
        weights: list[Tensor] | None = [] if any(ctx.needs_input_grad) else None
        out = torch.empty_like(query)
        for part in _parts(query, key):
            permitted = None if allowed is None else allowed[part]
            share = _shares(query[part], key[part], permitted)
            torch.matmul(share, value[part], out=out[part])
            if weights is not None:
                weights.append(share)
        if weights is not None:
            ctx.weights = weights
            ctx.save_for_backward(query, key, value, out)
        return out

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        query, key, value, out = ctx.saved_tensors
        gradient = gradients[0].contiguous()
        to_query, to_key, to_value = (torch.empty_like(each) for each in (query, key, value))
        common = (gradient * out).sum(-1, keepdim=True)
        for part, share in zip(_parts(query, key), ctx.weights, strict=True):
            torch.matmul(share.transpose(-1, -2), gradient[part], out=to_value[part])
            slope = torch.matmul(gradient[part], value[part].transpose(-1, -2))
            slope.sub_(common[part]).mul_(share)
            torch.matmul(slope, key[part], out=to_query[part])
            torch.matmul(slope.transpose(-1, -2), query[part], out=to_key[part])
        return to_query, to_key, to_value, None


def _parts(query: Tensor, key: Tensor) -> list[slice]:
    batch, heads, queries = query.shape[:3]
    size = max(1, CACHED // max(1, heads * queries * key.shape[2]))
    return [slice(first, min(first + size, batch)) for first in range(0, batch, size)]


def _shares(query: Tensor, key: Tensor, allowed: Tensor | None) -> Tensor:
    """Softmax of the scores, [B, H, S, N]."""
    scores = torch.matmul(query, key.transpose(-1, -2)).exp_()
    if allowed is not None:
        scores.mul_(allowed)
    total = scores @ scores.new_ones(scores.shape[-1], 1)  # several times faster than sum(-1)
    if bool((total > SMALLEST).all()) and bool(total.isfinite().all()):
        return scores.div_(total)
    scores = torch.matmul(query, key.transpose(-1, -2))
    return (scores if allowed is None else scores.masked_fill(~allowed, -torch.inf)).softmax(-1)
