"""Leaving unlikely actions out: their scores become -inf."""

import torch
from jaxtyping import Float
from torch import Tensor


def most_likely(scores: Float[Tensor, "*batch nodes"], k: int) -> Float[Tensor, "*batch nodes"]:
    """The k best actions of each row; of equal scores, none more than k."""
    kept = scores.topk(min(k, scores.shape[-1]), dim=-1)
    return torch.full_like(scores, -torch.inf).scatter(-1, kept.indices, kept.values)


def nucleus(scores: Float[Tensor, "*batch nodes"], p: float) -> Float[Tensor, "*batch nodes"]:
    """The fewest best actions whose probabilities sum up to at least p: Holtzman et al. (2020), section 3.1."""
    ordered, order = scores.sort(-1, descending=True)
    shares = ordered.softmax(-1)
    before = shares.cumsum(-1) - shares
    return torch.full_like(scores, -torch.inf).scatter(-1, order, ordered.masked_fill(before >= p, -torch.inf))
