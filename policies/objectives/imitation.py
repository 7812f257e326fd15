"""Imitation: make given episodes likelier."""

from jaxtyping import Float
from torch import Tensor

from routewright.policies.rollout import Rollout


def imitation(rollout: Rollout) -> Float[Tensor, ""]:
    """Cross-entropy of the actions of ``replay``, the mean over all that the policy would have chosen.

    Args:
        rollout: with log-probabilities that have gradients; its episodes are the ones to follow.
    """
    return -rollout.log_likelihood().sum() / rollout.free.sum().clamp(min=1)
