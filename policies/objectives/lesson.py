"""One step of reinforcement learning, up to the loss."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from tensordict import TensorDict
from torch import Tensor

from routewright.envs.env import VRPEnv
from routewright.envs.shapes import Number
from routewright.policies.decoding.choose import Sampling
from routewright.policies.decoding.starts import distinct_starts
from routewright.policies.objectives.baselines import Baseline
from routewright.policies.objectives.entropy import entropy
from routewright.policies.objectives.normalise import VariantNormaliser
from routewright.policies.objectives.reinforce import advantage, reinforce
from routewright.policies.policy import Cache, Policy
from routewright.policies.rollout import Rollout, roll_out, with_log_probs
from routewright.policies.stranded import Priced, priced


class Experience(NamedTuple):
    """Episodes, and what they are worth."""

    rollout: Rollout  # recorded, without log-probabilities
    costs: Priced
    advantage: Number  # cost above the baseline: small is good


class Lesson(NamedTuple):
    """What a batch taught."""

    loss: Float[Tensor, ""]
    rollout: Rollout


def experience(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    baseline: Baseline,
    generator: torch.Generator,
    *,
    starts: int = 1,
    distinct: bool = True,
    normaliser: VariantNormaliser | None = None,
    cache: Cache | None = None,
) -> Experience:
    """Play a batch and compare its costs with the baseline.

    Args:
        policy: that plays.
        env: the environment.
        batch: instances.
        baseline: what costs are compared with.
        generator: of the random numbers.
        starts: episodes of each instance.
        distinct: whether several begin at different clients, which are then no choice of the policy. Where only some
            clients can be first in a good solution, as on a tour from a fixed depot, the mean over such starts is a
            poor baseline, and episodes that are all drawn from the policy learn better.
        normaliser: of costs, where variants are mixed; updated.
        cache: of ``policy.encode(batch)``, if that is known.
    """
    forced = distinct_starts if distinct and starts > 1 else None
    played = roll_out(policy, env, batch, Sampling(generator), starts=starts, forced=forced, record=True, cache=cache)
    costs = priced(played.cost)
    if normaliser is not None:
        normaliser.update(batch, costs)
        costs = normaliser(batch, costs)
    return Experience(played, costs, advantage(costs, baseline.value(batch, costs)))


def lesson(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    baseline: Baseline,
    generator: torch.Generator,
    *,
    starts: int = 1,
    distinct: bool = True,
    explore: float = 0.0,
    normaliser: VariantNormaliser | None = None,
) -> Lesson:
    """Play a batch and learn from it by REINFORCE.

    Arguments are those of ``experience``, and ``explore``, the weight of the entropy of choices, which keeps a policy
    from settling too early.

    Returns:
        A loss with gradients, the baseline's own one added, and the episodes.
    """
    cache = policy.encode(batch)
    played, costs, worth = experience(
        policy, env, batch, baseline, generator, starts=starts, distinct=distinct, normaliser=normaliser, cache=cache
    )
    rollout = with_log_probs(policy, cache, played)
    loss = reinforce(rollout, worth, costs.counts)
    if explore:
        loss = loss - explore * entropy(policy, cache, rollout)
    own = baseline.loss(batch, costs)
    return Lesson(loss if own is None else loss + own, rollout)
