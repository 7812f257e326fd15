"""Training begins, stops, goes on and ends."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from routewright.data.errors import FormatError, RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.formats.write import write
from routewright.data.generators import generate
from routewright.data.labels import Label, write_labels
from routewright.data.solution import Solution
from routewright.policies.cards import read_card
from routewright.policies.checkpoint import load_policy
from routewright.policies.references import Reference, draw, fingerprint, write_reference
from routewright.policies.training import train
from routewright.policies.training.curve import read_logs
from routewright.policies.training.learner import first_policy
from routewright.policies.training.run import LAST
from tests.policies.training.recipes import tiny

KINDS: dict[str, dict[str, Any]] = {
    "shared": {},
    "exponential": {"objective": {"baseline": "exponential", "starts": 1}},
    "greedy": {"objective": {"baseline": "greedy", "starts": 2}},
    "critic": {"objective": {"baseline": "critic", "starts": 1}},
    "ppo": {"objective": {"kind": "ppo", "updates": 2}},
    "averaged": {"optimiser": {"average": 0.9}},
    "variants": {
        "policy": {"preset": "routefinder", "width": 16, "heads": 2, "layers": 1, "hidden": 32},
        "data": {"n": [4, 7], "options": {"variants": ["CVRP", "OVRPTW", "MDVRPBL"]}},
        "objective": {"normalise": True},
    },
    "roads": {
        "policy": {"preset": "road", "width": 16, "heads": 2, "layers": 1, "hidden": 32, "ranks": 4},
        "data": {"generator": "roads", "n": 5, "cities": 1, "options": {"variants": ["VRPTW"]}},
    },
    "xstyle": {"data": {"generator": "xstyle", "n": 6, "options": {"customers": "clustered", "rounded": False}}},
    "bf16": {"precision": "bf16"},
}

QUICK = {"shared", "ppo", "variants"}


def weights(folder: Path) -> dict[str, torch.Tensor]:
    found: dict[str, torch.Tensor] = torch.load(folder / LAST, weights_only=True)["state_dict"]
    return found


@pytest.mark.parametrize(
    "kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS]
)
def test_training_that_was_interrupted_ends_with_the_same_weights(kind: str, tmp_path: Path) -> None:
    recipe = tiny(**KINDS[kind], steps=4)
    whole = train(recipe, tmp_path / "whole", device="cpu", quiet=True)
    assert (whole.steps, whole.finished) == (4, True)
    first = train(recipe, tmp_path / "parts", device="cpu", quiet=True, max_minutes=0.0)
    assert (first.steps, first.finished) == (2 if kind == "ppo" else 1, False)
    assert train(recipe, tmp_path / "parts", device="cpu", quiet=True).steps == 4
    for name, value in weights(tmp_path / "whole").items():
        assert torch.equal(value, weights(tmp_path / "parts")[name]), name
    last, first_one = load_policy(tmp_path / "whole" / "policy").state_dict(), first_policy(recipe).state_dict()
    assert any(not torch.equal(value, last[name]) for name, value in first_one.items())


def test_a_run_leaves_a_policy_with_a_card_and_a_curve(tmp_path: Path) -> None:
    options = {"n": 6, "variants": ["CVRP"]}
    instances = draw("mtvrp", options, 1, 8)
    reference = Reference("few", "mtvrp", options, 1, (3.0,) * 8, "guess", fingerprint(instances[:4]))
    write_reference(reference, tmp_path)
    recipe = tiny(validation={"reference": str(tmp_path / "few.json"), "every": 2, "method": "multistart"})
    state = train(recipe, tmp_path / "run", device="cpu", quiet=True)
    assert state.gap is not None
    card = read_card(tmp_path / "run" / "policy")
    assert (card["steps"], card["val_gap"]) == (6, round(state.gap, 4))
    assert card["recipe"]["policy"]["width"] == 16
    logged = read_logs(tmp_path / "run")
    assert sum("val_gap" in row for row in logged) == 3
    assert (tmp_path / "run" / "curve.png").stat().st_size > 5_000


def test_files_can_be_learnt_from(tmp_path: Path) -> None:
    for seed in range(3):
        write(generate("uniform", 5 + seed, seed, grid=100), tmp_path / f"day-{seed}.vrp")
    recipe = tiny(tmp_path, data={"files": ["day-*.vrp"]})
    assert train(recipe, tmp_path / "run", device="cpu", quiet=True).finished
    with pytest.raises(FormatError, match=r"month-\*.vrp: no such file in"):
        train(tiny(tmp_path, data={"files": ["month-*.vrp"]}), tmp_path / "other", device="cpu", quiet=True)


def test_labels_are_imitated(tmp_path: Path) -> None:
    instance = generate("uniform", 6, 1, capacity=30)
    solution = Solution.from_routes([[3, 1, 2], [5, 4, 6]])
    write_labels([Label(instance, solution, 1.0)] * 4, tmp_path / "set.npz")
    recipe = tiny(tmp_path, data={"labels": ["set.npz"]}, objective={"kind": "imitation"}, steps=60)
    train(recipe, tmp_path / "run", device="cpu", quiet=True)
    losses = [row["loss"] for row in read_logs(tmp_path / "run") if "loss" in row]
    assert losses[-1] < 0.75 * losses[0]


def test_labels_may_be_the_beginning(tmp_path: Path) -> None:
    """Half of the steps cost what the labels cost; the other half has instances of its own."""
    instance = generate("uniform", 6, 1, capacity=30)
    solution = Solution.from_routes([[3, 1, 2], [5, 4, 6]])
    write_labels([Label(instance, solution, 1.0)] * 4, tmp_path / "set.npz")
    cost = evaluate(instance, solution).cost
    data = {"n": 6, "options": {"variants": ["CVRP"]}}
    recipe = tiny(tmp_path, data=data, first={"labels": ["s*.npz"], "share": 0.5}, steps=40, validation={"every": 10})
    assert train(recipe, tmp_path / "run", device="cpu", quiet=True).finished
    costs = {row["step"]: row["cost"] for row in read_logs(tmp_path / "run") if "cost" in row}
    assert all((costs[step] == pytest.approx(cost)) == (step < 20) for step in costs)


def test_a_folder_of_another_recipe_is_left_alone(tmp_path: Path) -> None:
    train(tiny(), tmp_path, device="cpu", quiet=True)
    with pytest.raises(FormatError, match=r"last.ckpt: was trained with batch 8, now it is 9; fresh begins anew"):
        train(tiny(batch=9), tmp_path, device="cpu", quiet=True)
    assert train(tiny(batch=9), tmp_path, device="cpu", quiet=True, fresh=True).steps == 6
    (tmp_path / LAST).write_bytes(b"PK broken")
    with pytest.raises(FormatError, match="is no checkpoint to go on from"):
        train(tiny(batch=9), tmp_path, device="cpu", quiet=True)


def test_weights_to_start_from_may_know_fewer_inputs(tmp_path: Path) -> None:
    first = tiny(data={"n": 6, "options": {"variants": ["CVRP"]}})
    train(first, tmp_path / "first", device="cpu", quiet=True)
    policy = {"preset": "pomo", "width": 16, "heads": 2, "layers": 1, "hidden": 32}
    more = {"clients": ["x", "y", "delivery", "pickup"], "context": ["load_left", "pickup_left"]}
    recipe = tiny(tmp_path, policy=policy | more, start_from="first/policy")
    assert train(recipe, tmp_path / "second", device="cpu", quiet=True).finished
    assert load_policy(tmp_path / "second" / "policy").config.clients == ("x", "y", "delivery", "pickup")
    with pytest.raises(RoutewrightError, match="start_from: first/policy has layers 1, the recipe's policy 2"):
        train(tiny(tmp_path, policy=policy | {"layers": 2}, start_from="first/policy"), tmp_path / "third", quiet=True)


@pytest.mark.slow
def test_two_processes_learn_together_and_go_on_where_they_stopped(tmp_path: Path) -> None:
    recipe = tmp_path / "tiny.yaml"
    recipe.write_text(
        "policy: {preset: pomo, width: 16, heads: 2, layers: 1, hidden: 32}\n"
        "data: {n: 6}\nsteps: 4\nbatch: 8\nvalidation: {every: 3}\n"
    )

    def run(folder: str, *more: str) -> None:
        command = [sys.executable, "-m", "routewright.policies.train", str(recipe), "--out", str(tmp_path / folder)]
        done = subprocess.run(
            [*command, "--device", "cpu", *more], capture_output=True, text=True, check=False, timeout=200
        )
        assert done.returncode == 0, done.stderr

    run("whole", "--processes", "2")
    run("parts", "--processes", "2", "--max-minutes", "1e-9")
    run("parts", "--processes", "2")
    both = weights(tmp_path / "whole")
    for name, value in both.items():
        assert torch.equal(value, weights(tmp_path / "parts")[name]), name
    train(tiny(steps=4), tmp_path / "one", device="cpu", quiet=True)
    alone = weights(tmp_path / "one")
    assert any(not torch.equal(alone[name], value) for name, value in both.items())  # they saw twice as many instances
