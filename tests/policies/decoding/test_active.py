"""Active search."""

import torch

from routewright.envs import VRPEnv
from routewright.policies import Policy
from routewright.policies.decoding import decode
from tests.policies.cases import SMALL, drawn

ENV = VRPEnv()


def test_it_improves_on_sampling_as_often_and_leaves_the_policy_alone() -> None:
    policy, batch = Policy(SMALL), drawn(6, 12, variants=("CVRP", "VRPTW"))
    before = {name: value.clone() for name, value in policy.state_dict().items()}
    found = decode(policy, ENV, batch, "active", starts=12, iterations=30, rate=0.05)
    sampled = decode(policy, ENV, batch, "sampling", samples=12 * 30)
    assert found.cost.mean() < sampled.cost.mean()
    for name, value in policy.state_dict().items():
        assert torch.equal(value, before[name])
    assert all(each.grad is None for each in policy.parameters())
