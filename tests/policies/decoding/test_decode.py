"""Decoding by name."""

from typing import Any

import pytest
import torch

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.generators import generate
from routewright.envs import VRPEnv
from routewright.policies import Policy
from routewright.policies.decoding import AUGMENTATIONS, METHODS, decode
from tests.policies.cases import KINDS, SMALL, drawn

ENV = VRPEnv(strict=True)
OPTIONS: dict[str, dict[str, Any]] = {
    "active": {"iterations": 2},
    "beam": {"width": 3},
    "sampling": {"top_k": 3, "top_p": 0.9},
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("augmentation", AUGMENTATIONS)
def test_answers_pass_the_judge_and_need_no_global_chance(method: str, augmentation: str) -> None:
    instances = [generate("mtvrp", 6, seed, variant=name) for seed, name in enumerate(("CVRP", "VRPTW", "OVRPL"))]
    policy, batch = Policy(SMALL), to_tensordict(instances)
    options = OPTIONS.get(method, {}) | {"augmentation": augmentation}
    torch.manual_seed(1)
    first = decode(policy, ENV, batch, method, seed=7, **options)
    untouched = torch.random.get_rng_state()
    torch.manual_seed(2)
    again = decode(policy, ENV, batch, method, seed=7, **options)
    assert torch.equal(first.actions, again.actions)
    torch.manual_seed(1)
    assert torch.equal(torch.random.get_rng_state(), untouched)
    for instance, actions, cost in zip(instances, first.actions.tolist(), first.cost.tolist(), strict=True):
        solution = to_solution(instance, actions)
        faults = [fault for fault in check(instance, solution, cost) if fault.kind != "cost"]
        assert faults == []  # costs are in single precision


def test_instances_in_parts_get_the_same_answers() -> None:
    policy, batch = Policy(SMALL), drawn(7, 6, variants=("CVRP",))
    whole = decode(policy, ENV, batch, "multistart", augmentation="eightfold")
    parts = decode(policy, ENV, batch, "multistart", augmentation="eightfold", rows=20)
    torch.testing.assert_close(whole.cost, parts.cost)


def test_more_sides_and_starts_are_never_worse() -> None:
    policy, batch = Policy(SMALL), drawn(6, 7, variants=("CVRP",))
    one, many, all_sides = (
        decode(policy, ENV, batch, "multistart", starts=starts, augmentation=augmentation).cost
        for starts, augmentation in ((1, "none"), (7, "none"), (7, "eightfold"))
    )
    assert (many <= one + 1e-5).all()
    assert (all_sides <= many + 1e-5).all()
    assert all_sides.sum() < one.sum()


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    policy, batch = Policy(SMALL), drawn(1, 3)
    with pytest.raises(RoutewrightError, match="'samplign', must be one of greedy, sampling, multistart, beam, active"):
        decode(policy, ENV, batch, "samplign")
    with pytest.raises(RoutewrightError, match="'flips', must be one of none, eightfold, rotations"):
        decode(policy, ENV, batch, augmentation="flips")


def test_decoding_while_training_changes_nothing() -> None:
    policy, batch = Policy(KINDS["batch norm, graph context"]), drawn(3, 5)
    before = {name: value.clone() for name, value in policy.state_dict().items()}
    alone = decode(policy, ENV, batch[:1]).cost
    torch.testing.assert_close(decode(policy, ENV, batch).cost[:1], alone)
    assert policy.training
    assert all(torch.equal(value, before[name]) for name, value in policy.state_dict().items())
