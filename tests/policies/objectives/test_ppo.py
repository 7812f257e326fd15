"""PPO by hand and at work."""

import pytest
import torch

from routewright.envs import VRPEnv
from routewright.policies import Policy, Rollout, roll_out, with_log_probs
from routewright.policies.decoding import Sampling, decode, distinct_starts
from routewright.policies.objectives import SharedBaseline, advantage, entropy, ppo, reinforce
from routewright.policies.stranded import priced
from tests.policies.cases import SMALL, drawn

ENV = VRPEnv()


def made(ratios: list[float], before: float = -1.0) -> tuple[Rollout, torch.Tensor]:
    old = torch.full((1, 1, len(ratios)), before)
    new = (old + torch.tensor(ratios).log()).requires_grad_()
    free = torch.ones_like(old, dtype=torch.bool)
    return Rollout(torch.zeros_like(old, dtype=torch.int64), torch.zeros(1, 1), free, log_probs=new), old


@pytest.mark.parametrize(("gain", "expected"), [(1.0, -(0.5 + 1.0 + 1.2)), (-1.0, 0.8 + 1.0 + 2.0)])
def test_ratios_are_clipped_where_that_is_less_promising(gain: float, expected: float) -> None:
    rollout, before = made([0.5, 1.0, 2.0])
    loss = ppo(rollout, before, torch.tensor([[-gain]]), clip=0.2)
    assert loss.item() == pytest.approx(expected)


def test_before_the_first_update_the_gradient_is_that_of_reinforce(generator: torch.Generator) -> None:
    policy, batch = Policy(SMALL), drawn(4, 6, variants=("CVRP",))
    cache = policy.encode(batch)
    played = with_log_probs(
        policy, cache, roll_out(policy, ENV, batch, Sampling(generator), starts=5, record=True, cache=cache)
    )  # fmt: skip
    gain = advantage(priced(played.cost), played.cost.mean(-1, keepdim=True))
    assert played.log_probs is not None
    gradients = [
        torch.autograd.grad(loss, list(policy.parameters()), retain_graph=True, allow_unused=True)
        for loss in (ppo(played, played.log_probs, gain), reinforce(played, gain))
    ]
    for one, other in zip(*gradients, strict=True):
        if one is not None and other is not None:
            torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


def test_it_improves_on_the_untrained_policy(generator: torch.Generator) -> None:
    policy, fixed = Policy(SMALL.but(logit_bias=True)), drawn(32, 8, 5, ("CVRP",))
    before = decode(policy, ENV, fixed).cost.mean()
    optimiser = torch.optim.Adam(policy.parameters(), lr=0.005)
    for step in range(15):
        batch = drawn(32, 8, step, ("CVRP",))
        played = roll_out(policy, ENV, batch, Sampling(generator), starts=8, forced=distinct_starts, record=True)
        costs = priced(played.cost)
        gain = advantage(costs, SharedBaseline().value(batch, costs))
        with torch.no_grad():
            old = with_log_probs(policy, policy.encode(batch), played).log_probs
        assert old is not None
        for _ in range(2):
            cache = policy.encode(batch)
            new = with_log_probs(policy, cache, played)
            loss = ppo(new, old, gain) - 0.01 * entropy(policy, cache, new)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
            optimiser.step()
    assert decode(policy, ENV, fixed).cost.mean() < before - 0.05


def test_entropy_is_that_of_the_choices(generator: torch.Generator) -> None:
    policy, batch = Policy(SMALL), drawn(2, 4, variants=("CVRP",))
    cache = policy.encode(batch)
    played = roll_out(policy, ENV, batch, Sampling(generator), starts=2, record=True, cache=cache)
    state, terms = ENV.reset(batch, starts=2), []
    for action in played.actions.unbind(-1):
        shares = policy.scores(cache, state).softmax(-1)
        each = -(shares * shares.clamp(min=1e-30).log()).sum(-1)
        terms.append(torch.where(state["done"], 0.0, each))
        state = ENV.step(state, action)
    expected = torch.stack(terms).sum() / played.free.sum()
    torch.testing.assert_close(entropy(policy, cache, played), expected)
