"""REINFORCE: make cheap episodes likelier."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from routewright.envs.shapes import Number
from routewright.policies.rollout import Rollout
from routewright.policies.stranded import Priced


def reinforce(rollout: Rollout, advantage: Number, counts: Bool[Tensor, "batch 1"] | None = None) -> Float[Tensor, ""]:
    """The loss whose gradient is the mean of (cost - baseline) d log p: Williams (1992).

    Args:
        rollout: with log-probabilities that have gradients.
        advantage: cost above the baseline, see ``advantage``.
        counts: rows that take part; None is all.
    """
    terms = advantage.detach() * rollout.log_likelihood()
    if counts is None:
        return terms.mean()
    number = counts.sum().clamp(min=1) * terms.shape[1]
    return terms.masked_fill(~counts, 0.0).sum() / number


def advantage(costs: Priced, baseline: Float[Tensor, "..."]) -> Number:
    """Costs above a baseline that broadcasts to them; 0 in rows that are left out."""
    return torch.where(costs.counts, costs.cost - baseline, 0.0)
