"""Environments do on a GPU what they do on a processor."""

import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.envs import VRPEnv, rollout, sample
from routewright.envs.generators import grown_city, mtvrp, roads, xstyle
from tests.envs.cases import EVERY

GPU = "cuda"
if not torch.cuda.is_available():
    pytest.skip("no GPU", allow_module_level=True)


@pytest.mark.parametrize("name", EVERY)
def test_masks_and_costs_are_the_same(name: str) -> None:
    """Integers and sums in one order: every mask and cost agrees to the last digit, or nearly."""
    env, batch = VRPEnv(), to_tensordict([EVERY[name](6, seed) for seed in range(4)], dtype=torch.float64)
    generator = torch.Generator().manual_seed(1)
    here, there = env.reset(batch, 8), env.reset(batch.to(GPU), 8)
    for _ in range(here.problem.longest_episode()):
        assert torch.equal(here["mask"], there["mask"].cpu())
        if here["done"].all():
            break
        action = sample(here["mask"], generator)
        here, there = env.step(here, action), env.step(there, action.to(GPU))
    assert torch.equal(here["done"], there["done"].cpu())
    torch.testing.assert_close(env.cost(there).cpu(), env.cost(here), rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("what", ["mtvrp", "xstyle", "roads"])
def test_drawn_instances_can_be_played(what: str) -> None:
    generator = torch.Generator(GPU).manual_seed(1)
    if what == "roads":
        batch = roads(64, 20, generator, cities=[grown_city(200, 1)], variants=("VRPTW",))
    else:
        batch = {"mtvrp": mtvrp, "xstyle": xstyle}[what](64, 20, generator)  # type: ignore[operator]
    played = rollout(VRPEnv(), batch, lambda state: sample(state["mask"], generator), starts=16)
    assert played.cost.device.type == GPU
    assert bool(played.cost.isfinite().all())
