"""Imitation of given episodes."""

import pytest
import torch

from routewright.envs import VRPEnv
from routewright.policies import Policy, replay, with_log_probs
from routewright.policies.decoding import decode
from routewright.policies.objectives import imitation
from tests.policies.cases import KINDS, drawn, every_sequence

ENV = VRPEnv()


@pytest.mark.parametrize("kind", ["prenorm", "heatmap"])
def test_a_policy_that_imitates_an_episode_ends_up_playing_it(kind: str) -> None:
    policy, batch = Policy(KINDS[kind].but(logit_bias=True)), drawn(1, 4, 2, ("CVRP",))
    actions, costs = every_sequence(ENV, batch)
    lead = actions[:, costs.argmin(-1)]
    optimiser = torch.optim.Adam(policy.parameters(), lr=0.01)
    for _ in range(80):
        cache = policy.encode(batch)
        loss = imitation(with_log_probs(policy, cache, replay(policy, ENV, batch, lead, cache=cache)))
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    assert loss.item() < 0.7 if kind == "heatmap" else loss.item() < 0.05  # heat does not know where one came from
    if kind == "prenorm":
        torch.testing.assert_close(decode(policy, ENV, batch).cost, costs.min(-1).values)


def test_it_is_the_mean_cross_entropy_of_the_steps() -> None:
    policy, batch = Policy(KINDS["prenorm"]), drawn(1, 3, 2, ("CVRP",))
    actions, _ = every_sequence(ENV, batch)
    cache = policy.encode(batch)
    rollout = with_log_probs(policy, cache, replay(policy, ENV, batch, actions[:, :2], cache=cache))
    assert rollout.log_probs is not None
    expected = -rollout.log_probs[rollout.free].mean()
    torch.testing.assert_close(imitation(rollout), expected)
