"""Policies that see the same few instances again and again end up with the best answers to them."""

import pytest
import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.batch import to_tensordict
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.envs import VRPEnv
from routewright.policies import Policy
from routewright.policies.decoding import decode
from routewright.policies.objectives import SharedBaseline, lesson
from tests.policies.cases import SMALL, every_sequence

ENV = VRPEnv()
N = 5
STEPS, CURIOUS = 400, 200
"""At most, and until when entropy counts."""


def fixed(kind: str) -> TensorDict:
    """Eight instances."""
    if kind != "TSP":
        return to_tensordict([generate("mtvrp", N, seed, variant=kind, capacity=12) for seed in range(8)])
    return to_tensordict(
        [Instance.build(coords=generate("uniform", N + 1, seed).coords, vehicles=1) for seed in range(8)]
    )


def answers(policy: Policy, batch: TensorDict) -> Tensor:
    """Greedy from every client; the best."""
    return decode(policy, ENV, batch, "multistart").cost


@pytest.mark.parametrize(
    ("encoder", "kind"),
    [
        ("prenorm", "VRPTW"),
        ("graph", "TSP"),
        pytest.param("prenorm", "CVRP", marks=pytest.mark.slow),
        pytest.param("prenorm", "TSP", marks=pytest.mark.slow),
        pytest.param("graph", "VRPTW", marks=pytest.mark.slow),
        pytest.param("graph", "CVRP", marks=pytest.mark.slow),
    ],
)
def test_eight_instances_are_learnt_to_the_optimum(encoder: str, kind: str, generator: torch.Generator) -> None:
    batch = fixed(kind)
    best = torch.cat([every_sequence(ENV, batch[row : row + 1])[1].min(-1).values for row in range(8)])
    policy = Policy(SMALL.but(encoder=encoder, width=32, heads=4, hidden=64, layers=3))
    optimiser = torch.optim.Adam(policy.parameters(), lr=0.002)
    assert (answers(policy, batch) > best + 1e-4).any()
    for step in range(STEPS):
        explore = 2.0 * max(0.0, 1.0 - step / CURIOUS)
        learnt = lesson(
            policy, ENV, batch, SharedBaseline(), generator, starts=32, distinct=False, explore=explore
        )  # fmt: skip
        optimiser.zero_grad()
        torch.autograd.backward(learnt.loss)
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimiser.step()
        if step % 10 == 9 and torch.allclose(answers(policy, batch), best, rtol=1e-4):
            return
    torch.testing.assert_close(answers(policy, batch), best, rtol=1e-4, atol=1e-4)
