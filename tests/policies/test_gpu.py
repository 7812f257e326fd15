"""Policies play, learn and are told by their checkpoints on a GPU as on a processor."""

import copy
from pathlib import Path

import pytest
import torch

from routewright.data.labels import write_labels
from routewright.envs import VRPEnv
from routewright.policies import Policy, replay, roll_out, with_log_probs
from routewright.policies.checkpoint import load_policy
from routewright.policies.decoding import Sampling, decode, distinct_starts
from routewright.policies.decoding.choose import draw
from routewright.policies.references import read_reference
from routewright.policies.training import train
from routewright.policies.training.curve import read_logs
from tests.policies.cases import BATCHES, KINDS
from tests.policies.training.recipes import tiny
from tests.policies.training.test_edges import HEATMAP, drawn, optimal
from tests.policies.training.test_run import KINDS as RECIPES

ENV, GPU = VRPEnv(), "cuda"
if not torch.cuda.is_available():
    pytest.skip("no GPU", allow_module_level=True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", BATCHES)
def test_episodes_are_as_likely_and_teach_the_same(kind: str, what: str) -> None:
    policy, batch = Policy(KINDS[kind]), BATCHES[what]()
    played = roll_out(policy, ENV, batch, Sampling(torch.Generator().manual_seed(1)), starts=5, forced=distinct_starts)
    found = []
    for device in ("cpu", GPU):
        mine, its = copy.deepcopy(policy).to(device), batch.to(device)
        cache = mine.encode(its)
        again = replay(mine, ENV, its, played.actions.to(device), cache=cache)
        likely = with_log_probs(mine, cache, again).log_likelihood()
        likely.sum().backward()
        gradients = [each.grad for each in mine.parameters() if each.grad is not None]
        found.append((likely.cpu(), again.cost.cpu(), torch.cat([each.flatten().cpu() for each in gradients])))
    (likely, cost, gradient), (on_gpu, its_cost, its_gradient) = found
    torch.testing.assert_close(on_gpu, likely, rtol=1e-3, atol=1e-3)
    torch.testing.assert_close(its_cost, cost, rtol=1e-5, atol=1e-5)
    assert torch.linalg.norm(its_gradient - gradient) < 1e-3 * torch.linalg.norm(gradient)


def test_actions_are_drawn_as_often_as_they_are_likely() -> None:
    shares = torch.tensor([0.1, 0.0, 0.6, 0.3], device=GPU)
    drawn = draw(shares.expand(4_000_000, 4), torch.Generator(GPU).manual_seed(1))
    frequency = drawn.bincount(minlength=4) / len(drawn)
    torch.testing.assert_close(frequency, shares, rtol=0.0, atol=0.002)
    assert frequency[1] == 0.0


def test_draws_of_different_steps_differ_and_come_again() -> None:
    policy, batch = Policy(KINDS["prenorm"]).to(GPU), BATCHES["drawn"]().to(GPU)
    rolls = [
        roll_out(policy, ENV, batch, Sampling(torch.Generator(GPU).manual_seed(seed)), starts=64) for seed in (1, 1, 2)
    ]
    assert torch.equal(rolls[0].actions, rolls[1].actions)
    assert not torch.equal(rolls[0].actions[..., :6], rolls[2].actions[..., :6])
    assert len(rolls[0].actions[0].unique(dim=0)) > 40  # the draws of different steps are not the same


@pytest.mark.parametrize("name", ["vrp", "road", "tsp", "cvrp", "cvrp-gnn"])
def test_what_ships_finds_routes_that_cost_the_same(name: str) -> None:
    set_of = {"vrp": "vrp20", "road": "road20", "tsp": "tsp20"}.get(name, "cvrp20")
    batch, policy = read_reference(set_of).batch(64), load_policy(name).eval()
    here = decode(policy, ENV, batch, "multistart").cost
    there = decode(policy.to(GPU), ENV, batch.to(GPU), "multistart").cost.cpu()
    solved = here.isfinite() & there.isfinite()
    assert solved.float().mean() > 0.95
    assert float((there[solved] / here[solved] - 1).abs().mean()) < 0.003


@pytest.mark.parametrize("kind", RECIPES)
def test_recipes_are_followed_and_go_on(kind: str, tmp_path: Path) -> None:
    recipe = tiny(**RECIPES[kind], steps=4)
    first = train(recipe, tmp_path / "run", device=GPU, quiet=True, max_minutes=0.0)
    assert not first.finished
    last = train(recipe, tmp_path / "run", device=GPU, quiet=True)
    assert (last.steps, last.finished) == (4, True)
    weights = load_policy(tmp_path / "run" / "policy").state_dict()
    assert all(bool(value.isfinite().all()) for value in weights.values())


@pytest.mark.parametrize("kind", ["edges", "imitation"])
def test_labels_are_learnt(kind: str, tmp_path: Path) -> None:
    write_labels([optimal(instance) for instance in drawn("CVRP on roads")], tmp_path / "set.npz")
    changes = {"policy": HEATMAP} if kind == "edges" else {}
    recipe = tiny(
        tmp_path, data={"labels": ["set.npz"], "sides": False}, objective={"kind": kind}, steps=100,
        optimiser={"rate": 0.004, "last_rate": 1e-4}, **changes,
    )  # fmt: skip
    train(recipe, tmp_path / "run", device=GPU, quiet=True)
    losses = [row["loss"] for row in read_logs(tmp_path / "run") if "loss" in row]
    assert sum(losses[-10:]) < 0.7 * sum(losses[:10])
