"""Beam search."""

import pytest
import torch

from routewright.data.errors import RoutewrightError
from routewright.envs import VRPEnv
from routewright.policies import Policy, replay, with_log_probs
from routewright.policies.decoding import beam_search, best, decode
from tests.policies.cases import SMALL, drawn, every_sequence

ENV = VRPEnv(strict=True)


@pytest.mark.parametrize("variant", ["CVRP", "VRPTW", "OVRPBL", "MDVRP"])
def test_a_beam_as_wide_as_all_sequences_finds_the_best(variant: str) -> None:
    policy = Policy(SMALL)
    for seed in range(3):
        batch = drawn(1, 4, seed, (variant,))
        _, costs = every_sequence(ENV, batch)
        found = best(beam_search(policy, ENV, batch, width=costs.shape[1]))
        torch.testing.assert_close(found.cost, costs.min(-1).values)


def test_a_beam_of_one_is_greedy() -> None:
    policy, batch = Policy(SMALL), drawn(6, 8)
    narrow, greedy = decode(policy, ENV, batch, "beam", width=1), decode(policy, ENV, batch, "greedy")
    assert torch.equal(narrow.cost, greedy.cost)


def test_beams_are_different_sequences_with_the_log_probability_they_claim() -> None:
    policy, batch = Policy(SMALL), drawn(4, 6, variants=("CVRP",))
    found = beam_search(policy, ENV, batch, width=7)
    for actions in found.actions.tolist():
        assert len({tuple(sequence) for sequence in actions}) == 7
    again = replay(policy, ENV, batch, found.actions)
    asked = with_log_probs(policy, policy.encode(batch), again)
    torch.testing.assert_close(found.log_likelihood(), asked.log_likelihood(), rtol=1e-4, atol=1e-4)
    assert (found.log_likelihood().diff(dim=-1) <= 0).all()


def test_more_beams_than_sequences_do_no_harm() -> None:
    policy, batch = Policy(SMALL), drawn(2, 2, variants=("CVRP",))
    found = beam_search(policy, ENV, batch, width=500)
    assert found.cost.isfinite().all()


def test_no_beam_is_refused() -> None:
    with pytest.raises(RoutewrightError, match="width is 0"):
        beam_search(Policy(SMALL), ENV, drawn(1, 3), width=0)
