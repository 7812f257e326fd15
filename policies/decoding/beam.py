"""Beam search: the likeliest unfinished sequences, side by side."""

import torch
from tensordict import TensorDict

from routewright.data.errors import RoutewrightError
from routewright.envs.env import VRPEnv
from routewright.policies.policy import Policy
from routewright.policies.rollout import Rollout


@torch.no_grad()
def beam_search(policy: Policy, env: VRPEnv, batch: TensorDict, width: int) -> Rollout:
    """Keep the ``width`` likeliest sequences of each instance at every step.

    Args:
        policy: that scores actions.
        env: the environment.
        batch: instances.
        width: sequences kept.

    Returns:
        All that are left at the end, likeliest first, with their log-probabilities as one number in the last step;
        places that no sequence is left for repeat the first one.
    """
    if width < 1:
        raise RoutewrightError(f"width is {width}, must be at least 1")
    cache = policy.encode(batch).detached()
    state = env.reset(batch, starts=1)
    size, nodes = state.fields["mask"].shape[0], state.problem.n_nodes
    likely = state.problem.filled(0.0)
    actions = state.fields["node"][..., None][..., :0]
    while not bool(state.fields["done"].all()):
        each = likely[..., None] + policy.scores(cache, state).log_softmax(-1)
        likely, place = each.view(size, -1).topk(min(width, each[0].numel()), dim=-1)
        place = torch.where(
            likely.isfinite(), place, place[:, :1]
        )  # dead places stay legal by doing what the best does
        parent, action = place // nodes, place % nodes
        state = env.step(state.select(parent), action)
        actions = torch.cat([actions.take_along_dim(parent[..., None], dim=1), action[..., None]], dim=-1)
    log_probs = torch.zeros_like(actions, dtype=likely.dtype)
    if actions.shape[-1]:
        log_probs[..., -1] = likely
    return Rollout(actions, env.objective(state), torch.ones_like(actions, dtype=torch.bool), log_probs=log_probs)
