"""Scaled dot-product attention, written for the sizes of routing on a CPU."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from routewright.policies.networks.exponentials import exact, parts
from routewright.policies.rows import as_numbers


def attend(query: Tensor, key: Tensor, value: Tensor, allowed: Tensor | None = None) -> Tensor:
    """Softmax of ``query`` times ``key`` over the root of their width, times ``value``.

    On a CPU the largest score is not taken off before exponentials are, which a softmax over twenty entries spends
    most of its time with; where that overflows, everything is computed again in the usual way.

    Args:
        query: [B, H, S, d].
        key: [B, H, N, d].
        value: [B, H, N, d].
        allowed: what each query may look at, [B, S, N] or [B, 1, N] bool; None is everything.

    Returns:
        [B, H, S, d].
    """
    if query.device.type == "cpu" and query.dtype in (torch.float32, torch.float64):
        answer: Tensor = _Attend.apply(query, key, value, allowed)  # type: ignore[no-untyped-call]
        return answer
    return scaled_dot_product_attention(query, key, value, attn_mask=None if allowed is None else allowed[:, None])


def biased(query: Tensor, key: Tensor, value: Tensor, bias: Tensor, allowed: Tensor | None = None) -> Tensor:
    """The same with ``bias`` [B, H, S, N] added to the scores."""
    if allowed is not None:
        bias = bias.masked_fill(~allowed[:, None], -torch.inf)
    return scaled_dot_product_attention(query, key, value, attn_mask=bias)


class _Attend(torch.autograd.Function):
    """A part of the batch at a time; the backward pass follows from out = (E v) / (E 1), E = exp(q k).

    Results lie in memory as [B, S, H, d], whichever way inputs do, so that joining the heads copies nothing.
    """

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, allowed: Tensor | None) -> Tensor:
        permit = None if allowed is None else as_numbers(allowed, query.dtype)[:, None]
        out, total = _joined(query), query.new_empty(*query.shape[:3], 1)
        ones, kept = query.new_ones(key.shape[2], 1), list[Tensor]()
        keep = any(ctx.needs_input_grad)
        for part in _parts(query, key):
            powers = _powers(query[part], key[part], None if permit is None else permit[part])
            torch.matmul(powers, ones, out=total[part].flatten(0, 1))  # several times faster than sum(-1)
            seen = torch.bmm(powers, value[part].flatten(0, 1))
            torch.div(seen.view_as(out[part]), total[part], out=out[part])
            if keep:
                kept.append(powers)
        if not exact(total):
            shares = _shares(query, key, permit)
            out, total, kept = (
                shares @ value,
                torch.ones_like(total),
                [shares[part].flatten(0, 1) for part in _parts(query, key)],
            )
        if keep:
            ctx.kept = kept
            ctx.save_for_backward(query, key, value, out, total)
        return out

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        query, key, value, out, total = ctx.saved_tensors
        to_query, to_key, to_value = _joined(query), _joined(key), _joined(value)
        scale = _scale(query)
        for part, powers in zip(_parts(query, key), ctx.kept, strict=True):
            gradient = gradients[0][part] / total[part]
            common = (gradient * out[part]).sum(-1, keepdim=True).flatten(0, 1)
            gradient = gradient.flatten(0, 1)
            to_value[part] = torch.bmm(powers.transpose(1, 2), gradient).view_as(to_value[part])
            slope = torch.bmm(gradient, value[part].flatten(0, 1).transpose(1, 2)).sub_(common).mul_(powers)
            to_query[part] = _scaled(slope, key[part].flatten(0, 1), scale).view_as(to_query[part])
            to_key[part] = _scaled(slope.transpose(1, 2), query[part].flatten(0, 1), scale).view_as(to_key[part])
        return to_query, to_key, to_value, None


def _joined(like: Tensor) -> Tensor:
    """An empty tensor [B, H, S, d] whose heads lie next to each other."""
    batch, heads, queries, width = like.shape
    return like.new_empty(batch, queries, heads, width).transpose(1, 2)


def _scale(query: Tensor) -> float:
    scale: float = query.shape[-1] ** -0.5
    return scale


def _scaled(one: Tensor, other: Tensor, scale: float) -> Tensor:
    """Their products times ``scale``, in one operation."""
    nothing = one.new_empty(()).expand(one.shape[0], one.shape[1], other.shape[2])
    return torch.baddbmm(nothing, one, other, beta=0.0, alpha=scale)


def _parts(query: Tensor, key: Tensor) -> list[slice]:
    batch, heads, queries = query.shape[:3]
    return parts(batch, heads * queries * key.shape[2])


def _powers(query: Tensor, key: Tensor, permit: Tensor | None) -> Tensor:
    """Exponentials of the scores, 0 where not permitted: [b H, S, N]."""
    powers = _scaled(query.flatten(0, 1), key.flatten(0, 1).transpose(1, 2), _scale(query)).exp_()
    if permit is not None:
        powers.view(*query.shape[:2], *powers.shape[1:]).mul_(permit)
    return powers


def _shares(query: Tensor, key: Tensor, permit: Tensor | None) -> Tensor:
    """Softmax of the scores, the usual way."""
    scores = query @ key.transpose(2, 3) * _scale(query)
    return (scores if permit is None else scores.masked_fill(permit == 0, -torch.inf)).softmax(-1)
