"""Environments do on a GPU what they do on a processor."""

import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.envs import VRPEnv, rollout, sample
from routewright.envs.generators import grown_city, mtvrp, roads, xstyle
from routewright.envs.rollout import Choice, Steady, play
from routewright.envs.state import State
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


@pytest.mark.parametrize("name", EVERY)
def test_steps_that_are_told_once_are_those_that_are_told_one_by_one(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWRIGHT_CUDA_GRAPHS", "1")
    env, batch = VRPEnv(), to_tensordict([EVERY[name](9, seed) for seed in range(4)], device=GPU)
    first = env.reset(batch, 8)
    likes = torch.rand(first["mask"].shape, generator=torch.Generator(GPU).manual_seed(1), device=GPU)

    def choose(state: State, _: int) -> Choice:
        return Choice((likes * state.fields["mask"]).argmax(-1), (state.fields["mask"],))

    one_by_one, once = (play(env, first, choose, steady=steady) for steady in (None, Steady(0)))
    assert torch.equal(one_by_one.actions, once.actions)
    for field, value in one_by_one.state.fields.items():
        assert torch.equal(value, once.state.fields[field]), field
    for (mask,), (other,) in zip(one_by_one.kept, once.kept, strict=True):
        assert mask is not None
        assert other is not None
        assert torch.equal(mask, other)
