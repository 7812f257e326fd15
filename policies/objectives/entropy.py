"""How undecided a policy is."""

import torch
from jaxtyping import Float
from torch import Tensor

from routewright.policies.policy import Cache, Policy
from routewright.policies.rollout import Rollout


def entropy(policy: Policy, cache: Cache, rollout: Rollout) -> Float[Tensor, ""]:
    """Mean entropy, in nats, of the choices that the policy made in a recorded rollout."""
    assert rollout.moments is not None
    scores = policy.scores_at(cache, rollout.moments).log_softmax(-1)
    terms = torch.where(rollout.moments.mask, scores.exp() * scores.clamp(min=-1e9), 0.0)
    each = -terms.sum(-1).view(rollout.free.shape)
    return torch.where(rollout.free, each, 0.0).sum() / rollout.free.sum().clamp(min=1)
