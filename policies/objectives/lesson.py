"""One step of reinforcement learning, up to the loss."""

from typing import NamedTuple

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.envs.env import VRPEnv
from routewright.policies.decoding.choose import Sampling
from routewright.policies.decoding.starts import distinct_starts
from routewright.policies.objectives.baselines import Baseline
from routewright.policies.objectives.entropy import entropy
from routewright.policies.objectives.normalise import VariantNormaliser
from routewright.policies.objectives.reinforce import advantage, reinforce
from routewright.policies.policy import Policy
from routewright.policies.rollout import Rollout, roll_out, with_log_probs
from routewright.policies.stranded import priced


class Lesson(NamedTuple):
    """What a batch taught."""

    loss: Tensor
    rollout: Rollout


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
    """Play a batch and compare its costs with the baseline.

    Args:
        policy: that learns.
        env: the environment.
        batch: instances.
        baseline: what costs are compared with; its own loss is added.
        generator: of the random numbers.
        starts: episodes of each instance.
        distinct: whether several begin at different clients, which are then no choice of the policy. Where only some
            clients can be first in a good solution, as on a tour from a fixed depot, the mean over such starts is a
            poor baseline, and episodes that are all drawn from the policy learn better.
        explore: weight of the entropy of choices, which keeps a policy from settling too early.
        normaliser: of costs, where variants are mixed; updated.

    Returns:
        A loss with gradients, and the episodes.
    """
    cache = policy.encode(batch)
    forced = distinct_starts if distinct and starts > 1 else None
    played = roll_out(
        policy, env, batch, Sampling(generator), starts=starts, forced=forced, record=True, cache=cache
    )  # fmt: skip
    rollout = with_log_probs(policy, cache, played)
    costs = priced(rollout.cost)
    if normaliser is not None:
        normaliser.update(batch, costs)
        costs = normaliser(batch, costs)
    loss = reinforce(rollout, advantage(costs, baseline.value(batch, costs)), costs.counts)
    if explore:
        loss = loss - explore * entropy(policy, cache, rollout)
    own = baseline.loss(batch, costs)
    return Lesson(loss if own is None else loss + own, rollout)
