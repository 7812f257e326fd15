"""Active search: a policy goes on learning on the very instances that it is to solve."""

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.envs.env import VRPEnv
from routewright.policies.decoding.best import Decoded, best
from routewright.policies.decoding.choose import Sampling
from routewright.policies.decoding.starts import distinct_starts
from routewright.policies.objectives.imitation import imitation
from routewright.policies.objectives.reinforce import advantage, reinforce
from routewright.policies.policy import Policy
from routewright.policies.rollout import Rollout, replay, roll_out, stretched, with_log_probs
from routewright.policies.stranded import priced


@torch.enable_grad()
def active_search(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    *,
    starts: int,
    iterations: int,
    generator: torch.Generator,
    rate: float = 0.0041,
    follow: float = 0.013,
) -> Rollout:
    """Adjust embeddings of each instance alone, the policy staying as it is.

    EAS-Emb of Hottung, Kwon & Tierney (2022), "Efficient Active Search for Combinatorial Optimization Problems",
    section 3.1: REINFORCE with the mean over starts as baseline, and imitation of the best episode so far.

    Args:
        policy: that scores actions.
        env: the environment.
        batch: instances.
        starts: episodes of each instance in an iteration.
        iterations: updates.
        generator: of the random numbers.
        rate: of Adam.
        follow: weight of imitation.

    Returns:
        The best episode of each instance as a rollout of one start.
    """
    with torch.no_grad():
        cache = policy.encode(batch).detached()
    leaf = cache.leaf().clone().requires_grad_()
    optimiser = torch.optim.Adam([leaf], lr=rate)
    choose, found = Sampling(generator), None
    for _ in range(iterations):
        own = cache.with_leaf(leaf)
        played = roll_out(
            policy, env, batch, choose, starts=starts, forced=distinct_starts, record=True, cache=own
        )  # fmt: skip
        found = _better(found, best(played))
        played = with_log_probs(policy, own, played)
        costs = priced(played.cost)
        mean = costs.cost.mean(-1, keepdim=True)
        above = advantage(costs, mean) / mean.abs().clamp(min=torch.finfo(mean.dtype).tiny)  # whatever the units are
        loss = reinforce(played, above, costs.counts)
        lead = replay(policy, env, batch, found.actions[:, None], cache=own)
        lead = lead._replace(free=lead.free & found.cost.isfinite()[:, None, None])  # who failed is no example
        loss = loss + follow * imitation(with_log_probs(policy, own, lead))
        (leaf.grad,) = torch.autograd.grad(loss, [leaf])
        optimiser.step()
    if found is None:
        return roll_out(policy, env, batch, choose, cache=cache)
    return Rollout(
        found.actions[:, None], found.cost[:, None], torch.ones_like(found.actions, dtype=torch.bool)[:, None]
    )


def _better(one: Decoded | None, other: Decoded) -> Decoded:
    if one is None:
        return other
    steps = max(one.actions.shape[-1], other.actions.shape[-1])
    wins: Tensor = other.cost < one.cost
    actions = torch.where(wins[:, None], stretched(other.actions, steps), stretched(one.actions, steps))
    return Decoded(actions, torch.minimum(one.cost, other.cost))
