"""Proximal policy optimisation."""

import torch
from jaxtyping import Float
from torch import Tensor

from routewright.envs.shapes import Number
from routewright.policies.rollout import Rollout


def ppo(
    rollout: Rollout,
    before: Float[Tensor, "batch starts steps"],
    advantage: Number,
    *,
    clip: float = 0.2,
) -> Float[Tensor, ""]:
    """The clipped surrogate of Schulman et al. (2017), equation 7, of all actions that the policy chose.

    Every action of an episode has the advantage of the whole episode: costs come at the end.

    Args:
        rollout: with log-probabilities that have gradients.
        before: log-probabilities of the same actions when they were played.
        advantage: cost above the baseline: small is good.
        clip: how far a probability may move before its gradient is cut off.

    Returns:
        A loss: the mean over episodes of the sum over actions.
    """
    assert rollout.log_probs is not None
    ratio = (rollout.log_probs - before.detach()).exp()
    gain = -advantage.detach()[..., None]
    surrogate = torch.minimum(ratio * gain, ratio.clamp(1.0 - clip, 1.0 + clip) * gain)
    return -torch.where(rollout.free, surrogate, 0.0).sum(-1).mean()
