"""A step only asks for operations, so that a GPU can be told all of them once, and then again and again."""

import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.envs import VRPEnv, sample
from tests.envs.cases import EVERY
from tests.envs.operations import Operations


@pytest.mark.parametrize("name", EVERY)
def test_no_step_waits_for_the_device(name: str) -> None:
    env, generator = VRPEnv(), torch.Generator().manual_seed(1)
    state = env.reset(to_tensordict([EVERY[name](6, seed) for seed in range(3)]), 4)
    state = env.step(state, sample(state["mask"], generator))
    with Operations() as asked:
        env.step(state, sample(state["mask"], generator))
    assert len(asked.names) > 20
    assert asked.waiting() == []
