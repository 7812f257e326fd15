"""Checkpoints of every kind that may ship, small and untrained."""

from pathlib import Path

import numpy as np

from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.policies.checkpoint import save_policy
from routewright.policies.config import PolicyConfig
from routewright.policies.policy import Policy
from routewright.policies.presets import POMO, ROAD, ROUTEFINDER
from routewright.policies.training.covers import coverage
from routewright.policies.training.recipe import Recipe
from tests.solvers.tiny import make

SMALL = {"width": 16, "heads": 2, "layers": 1, "hidden": 32}
NETWORKS: dict[str, PolicyConfig] = {
    "cvrp20": POMO.but(**SMALL),
    "cvrp": POMO.but(**SMALL),
    "cvrp-gnn": POMO.but(**SMALL, encoder="graph", neighbours=4),
    "tsp": POMO.but(**SMALL, clients=("x", "y"), context=("to_serve",)),
    "vrp": ROUTEFINDER.but(**SMALL),
    "road": ROAD.but(**SMALL, ranks=4),
}
DATA = {
    "cvrp20": {"n": 20},
    "cvrp": {"n": [20, 50]},
    "cvrp-gnn": {"n": [20, 50]},
    "tsp": {"generator": "tsp", "n": [20, 50]},
    "vrp": {"n": [20, 50], "options": {"variants": list(VARIANTS)}},
    "road": {"generator": "roads", "n": [20, 50], "cities": 1, "options": {"variants": ["CVRP", "VRPTW"]}},
}
TINY = ("vrptw", "vrptw_unrounded", "unrounded", "several_depots", "limited_fleet", "distance_limit")
GAPS = {"cvrp20": 2.3, "cvrp": 2.1, "cvrp-gnn": 3.0}


def write_checkpoint(folder: Path, name: str) -> None:
    """Weights and card of a kind."""
    recipe = Recipe.model_validate({"name": name, "data": DATA[name], "steps": 1})
    covers = coverage(recipe).as_entry()
    save_policy(Policy(NETWORKS[name]), folder / name, covers=covers, val_gap=GAPS.get(name))


def covered() -> list[Instance]:
    """Instances of every kind that the policies together play."""
    road = np.random.default_rng(1).integers(1, 9, (13, 13)) * (1 - np.eye(13, dtype=int))
    every = [generate("mtvrp", 7, seed, variant=variant) for seed, variant in enumerate(VARIANTS[::5])]
    every += [generate("streets", 8, 1, variant=variant) for variant in ("CVRP", "VRPTW")]
    every += [generate("tsp", 12, 1), Instance.build(distances=road, vehicles=1)]
    return every + [make(feature, 1) for feature in TINY]
