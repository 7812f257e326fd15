"""REINFORCE: make cheap episodes likelier."""

import torch
from torch import Tensor

from routewright.policies.rollout import Rollout
from routewright.policies.stranded import Priced


def reinforce(rollout: Rollout, advantage: Tensor, counts: Tensor | None = None) -> Tensor:
    """The loss whose gradient is the mean of (cost - baseline) d log p: Williams (1992).

    Args:
        rollout: with log-probabilities that have gradients.
        advantage: [B, S] cost above the baseline, see ``advantage``.
        counts: [B, 1] bool rows that take part; None is all.

    Returns:
        A number.
    """
    terms = advantage.detach() * rollout.log_likelihood()
    if counts is None:
        return terms.mean()
    number = counts.sum().clamp(min=1) * terms.shape[1]
    return terms.masked_fill(~counts, 0.0).sum() / number


def advantage(costs: Priced, baseline: Tensor) -> Tensor:
    """Costs above a baseline that broadcasts to [B, S]; 0 in rows that are left out."""
    return torch.where(costs.counts, costs.cost - baseline, 0.0)
