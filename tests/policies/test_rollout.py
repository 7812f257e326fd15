"""Episodes, and the pass over all of their steps at once."""

import pytest
import torch
from torch import Tensor

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.generators import generate
from routewright.envs import VRPEnv
from routewright.policies import Policy, Rollout, replay, roll_out, with_log_probs
from routewright.policies.decoding import Sampling, distinct_starts
from routewright.policies.policy import Cache
from tests.policies.cases import BATCHES, KINDS, MIXTURE, SMALL, drawn

ENV = VRPEnv(strict=True)


def step_by_step(policy: Policy, cache: Cache, batch, actions: Tensor) -> Tensor:  # type: ignore[no-untyped-def]
    """[B, S] log-likelihood, one step after the other."""
    state = ENV.reset(batch, actions.shape[1])
    total = torch.zeros(actions.shape[:2])
    for action in actions.unbind(-1):
        scores = policy.scores(cache, state).log_softmax(-1)
        total = total + scores.gather(-1, action[..., None])[..., 0]
        state = ENV.step(state, action)
    return total


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", BATCHES)
def test_all_steps_at_once_are_as_likely_as_one_by_one(kind: str, what: str, generator: torch.Generator) -> None:
    policy, batch = Policy(KINDS[kind]), BATCHES[what]()
    cache = policy.encode(batch)
    played = roll_out(policy, ENV, batch, Sampling(generator), starts=5, record=True, cache=cache)
    together = with_log_probs(policy, cache, played).log_likelihood()
    alone = step_by_step(policy, cache, batch, played.actions)
    torch.testing.assert_close(together, alone, rtol=1e-5, atol=1e-5)
    weights = torch.randn(together.shape, generator=generator)
    parameters = [each for each in policy.parameters() if each.requires_grad]
    gradients = [
        torch.autograd.grad((weights * each).sum(), parameters, retain_graph=True, allow_unused=True)
        for each in (together, alone)
    ]
    for one, other in zip(*gradients, strict=True):
        if one is not None and other is not None:
            torch.testing.assert_close(one, other, rtol=1e-3, atol=2e-4)


@pytest.mark.parametrize("n", [7, 60])  # few nodes, and many
def test_episodes_pass_the_judge(n: int, generator: torch.Generator) -> None:
    instances = [generate("mtvrp", n, seed, variant=name) for seed, name in enumerate(MIXTURE)]
    batch = to_tensordict(instances, dtype=torch.float64)
    policy = Policy(SMALL).double()
    played = roll_out(policy, ENV, batch, Sampling(generator), starts=3)
    for instance, actions, costs in zip(instances, played.actions, played.cost, strict=True):
        for sequence, cost in zip(actions.tolist(), costs.tolist(), strict=True):
            if cost < float("inf"):
                solution = to_solution(instance, sequence, batch)
                assert check(instance, solution, cost) == []


def test_forced_actions_and_those_after_the_end_are_not_the_policys(generator: torch.Generator) -> None:
    batch = drawn(4, 6, variants=("CVRP",))
    played = roll_out(
        Policy(SMALL), ENV, batch, Sampling(generator), starts=6, forced=distinct_starts, record=True
    )  # fmt: skip
    assert not played.free[..., 0].any()
    last_client = (played.actions > 0).int().cumsum(-1).argmax(-1)
    assert torch.equal(played.free.sum(-1), last_client + 1)  # but for the first: the way home
    policy = Policy(SMALL)
    asked = with_log_probs(policy, policy.encode(batch), played)
    assert asked.log_probs is not None
    assert not asked.log_probs[~played.free].any()


def test_a_replay_is_the_episode_again(generator: torch.Generator) -> None:
    policy, batch = Policy(SMALL), drawn(5, 6)
    cache = policy.encode(batch)
    played = roll_out(policy, ENV, batch, Sampling(generator), starts=3, record=True, cache=cache)
    again = replay(policy, ENV, batch, played.actions, cache=cache)
    torch.testing.assert_close(again.cost, played.cost)
    both = [with_log_probs(policy, cache, each).log_likelihood() for each in (played, again)]
    torch.testing.assert_close(*both)


def test_a_replay_that_ends_too_early_says_where() -> None:
    policy, batch = Policy(SMALL), drawn(2, 4, variants=("CVRP",))
    with pytest.raises(RoutewrightError, match="row 0 end before"):
        replay(policy, ENV, batch, torch.ones(2, 1, 1, dtype=torch.int64))


def test_what_was_not_computed_is_asked_for_in_vain(generator: torch.Generator) -> None:
    policy, batch = Policy(SMALL), drawn(2, 4)
    played: Rollout = roll_out(policy, ENV, batch, Sampling(generator))
    with pytest.raises(RoutewrightError, match="not recorded"):
        with_log_probs(policy, policy.encode(batch), played)
    with pytest.raises(RoutewrightError, match="no log-prob"):
        played.log_likelihood()


def test_episodes_without_a_choice_are_certain(generator: torch.Generator) -> None:
    batch = to_tensordict([generate("uniform", 1, seed) for seed in range(2)])
    policy = Policy(SMALL)
    cache = policy.encode(batch)
    played = roll_out(policy, ENV, batch, Sampling(generator), starts=2, record=True, cache=cache)
    assert with_log_probs(policy, cache, played).log_likelihood().tolist() == [[0.0, 0.0]] * 2


def test_what_masks_forbid_is_not_learnt() -> None:
    batch = drawn(1, 4, 2, ("CVRP",))
    again = replay(Policy(SMALL), VRPEnv(), batch, torch.tensor([[[1, 0, 0, 2, 0, 3, 0, 4, 0]]]))
    assert again.free[0, 0].tolist()[:4] == [True, True, False, True]  # nobody goes from the depot to the depot
