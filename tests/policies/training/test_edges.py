"""A heatmap that is taught the edges of a few solutions leads along them."""

from pathlib import Path
from typing import Any

import pytest
import torch

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.labels import Label, write_labels
from routewright.envs import VRPEnv
from routewright.policies.checkpoint import load_policy
from routewright.policies.decoding import decode
from routewright.policies.training import train
from tests.policies.cases import every_sequence
from tests.policies.training.recipes import tiny

ENV = VRPEnv()
HEATMAP = {
    "preset": "graph", "decoder": "heatmap", "width": 32, "heads": 4, "layers": 3, "hidden": 32, "neighbours": 6
}  # fmt: skip


def drawn(kind: str) -> list[Instance]:
    """Eight instances. On roads ways there and back differ, so that each client has one successor."""
    if kind == "TSP":
        coords = [generate("uniform", 5, seed).coords for seed in range(8)]
        return [Instance.build(coords=each, vehicles=1) for each in coords]
    if kind == "CVRP on roads":
        return [generate("streets", 5, seed, variant="CVRP", capacity=12) for seed in range(8)]
    return [generate("mtvrp", 5, seed, variant="CVRP", capacity=12) for seed in range(8)]


def optimal(instance: Instance) -> Label:
    actions, costs = every_sequence(ENV, to_tensordict([instance]))
    best = int(costs[0].argmin())
    return Label(instance, to_solution(instance, actions[0, best].tolist()), float(costs[0, best]))


@pytest.mark.parametrize(
    ("kind", "steps", "method", "options"),
    [
        pytest.param("CVRP on roads", 150, "greedy", {}, marks=pytest.mark.slow),
        ("CVRP", 150, "sampling", {"samples": 200}),
        pytest.param("TSP", 300, "greedy", {}, marks=pytest.mark.slow),
    ],
)
def test_eight_labelled_instances_are_learnt(
    kind: str, steps: int, method: str, options: dict[str, Any], tmp_path: Path
) -> None:
    """Where ways there and back are alike, a first client may as well turn back: of many samples one does not."""
    labels = [optimal(instance) for instance in drawn(kind)]
    write_labels(labels, tmp_path / "set.npz")
    data = {"labels": ["set.npz"], "sides": False}
    recipe = tiny(
        tmp_path, policy=HEATMAP, data=data, objective={"kind": "edges"}, steps=steps, batch=12,
        optimiser={"rate": 0.004, "last_rate": 1e-4},
    )  # fmt: skip
    train(recipe, tmp_path / "run", device="cpu", quiet=True)
    batch, costs = to_tensordict([label.instance for label in labels]), torch.tensor([label.cost for label in labels])
    found = decode(load_policy(tmp_path / "run" / "policy"), ENV, batch, method, **options)
    torch.testing.assert_close(found.cost, costs, rtol=1e-4, atol=1e-4)
