"""Gradients against the enumeration of everything that can happen."""

import pytest
import torch
from torch import Tensor

from routewright.envs import VRPEnv
from routewright.policies import Policy, Rollout, replay, roll_out, with_log_probs
from routewright.policies.decoding import Sampling
from routewright.policies.objectives import SharedBaseline, advantage, lesson, reinforce
from routewright.policies.stranded import Priced, priced
from tests.policies.cases import KINDS, double, drawn, every_sequence

ENV = VRPEnv(strict=True)


def flat(policy: Policy, loss: Tensor) -> Tensor:
    gradients = torch.autograd.grad(loss, list(policy.parameters()), retain_graph=True, allow_unused=True)
    return torch.cat([each.flatten() for each in gradients if each is not None])


def everything(policy: Policy, variant: str) -> Rollout:
    """All episodes of an instance with four clients, with gradients, in double precision."""
    batch = double(drawn(1, 4, 3, (variant,)))
    actions, _ = every_sequence(ENV, batch)
    cache = policy.encode(batch)
    return with_log_probs(policy, cache, replay(policy, ENV, batch, actions, cache=cache))


@pytest.mark.parametrize("kind", ["prenorm", "graph"])
@pytest.mark.parametrize("variant", ["CVRP", "VRPTW"])
def test_the_gradient_is_that_of_the_expected_cost(kind: str, variant: str) -> None:
    policy = Policy(KINDS[kind]).double()
    rollout = everything(policy, variant)
    shares = rollout.log_likelihood().exp()
    torch.testing.assert_close(shares.sum(), torch.ones((), dtype=torch.float64))
    exact = flat(policy, (shares * rollout.cost).sum())
    # Each episode once, weighed by how often it would be drawn; a baseline changes nothing.
    weighed = shares.detach() * (rollout.cost - 3.0) * rollout.cost.numel()
    torch.testing.assert_close(flat(policy, reinforce(rollout, weighed)), exact)


def test_samples_estimate_it(generator: torch.Generator) -> None:
    policy = Policy(KINDS["prenorm"])
    exact_policy = Policy(KINDS["prenorm"]).double()
    rollout = everything(exact_policy, "CVRP")
    exact = flat(exact_policy, (rollout.log_likelihood().exp() * rollout.cost).sum()).float()
    batch = drawn(1, 4, 3, ("CVRP",))
    cache = policy.encode(batch)
    played = roll_out(policy, ENV, batch, Sampling(generator), starts=20_000, record=True, cache=cache)
    played = with_log_probs(policy, cache, played)
    costs = priced(played.cost)
    estimate = flat(policy, reinforce(played, advantage(costs, costs.cost.mean(-1, keepdim=True))))
    assert torch.nn.functional.cosine_similarity(estimate, exact, dim=0) > 0.98
    assert (estimate - exact).norm() < 0.2 * exact.norm()


def test_failed_episodes_do_not_poison_the_gradient(generator: torch.Generator) -> None:
    policy, batch = Policy(KINDS["prenorm"]), drawn(4, 6)
    cache = policy.encode(batch)
    played = roll_out(policy, ENV, batch, Sampling(generator), starts=3, record=True, cache=cache)
    cost = played.cost.clone()
    cost[0], cost[1, 2] = float("inf"), float("inf")
    played = with_log_probs(policy, cache, played._replace(cost=cost))
    costs = priced(cost)
    loss = reinforce(played, advantage(costs, SharedBaseline().value(batch, costs)), costs.counts)
    assert flat(policy, loss).isfinite().all()
    others = played._replace(
        actions=played.actions[1:], cost=cost[1:], free=played.free[1:], log_probs=played.log_probs[1:]  # type: ignore[index]
    )  # fmt: skip
    rest = Priced(costs.cost[1:], costs.counts[1:])
    without = reinforce(others, advantage(rest, rest.cost.mean(-1, keepdim=True)), rest.counts)
    torch.testing.assert_close(loss, without)


def test_a_lesson_makes_cheap_episodes_likelier(generator: torch.Generator) -> None:
    policy, batch = Policy(KINDS["prenorm"]), drawn(8, 6, variants=("CVRP",))
    learnt = lesson(policy, ENV, batch, SharedBaseline(), generator, starts=6)
    gradients = torch.autograd.grad(learnt.loss, list(policy.parameters()), allow_unused=True)
    with torch.no_grad():
        for parameter, gradient in zip(policy.parameters(), gradients, strict=True):
            if gradient is not None:
                parameter.sub_(1e-3 * gradient)
    before = learnt.rollout.log_likelihood()
    after = with_log_probs(policy, policy.encode(batch), learnt.rollout).log_likelihood()
    gain = advantage(priced(learnt.rollout.cost), learnt.rollout.cost.mean(-1, keepdim=True))
    assert (gain * (after - before)).sum() < 0
