"""Small policies of every kind, batches of many kinds, and all that can be done with tiny instances."""

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.batch import to_tensordict
from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.envs import VRPEnv
from routewright.envs.generators import mtvrp
from routewright.policies.config import PolicyConfig
from routewright.policies.presets import ROUTEFINDER

SMALL = ROUTEFINDER.but(width=16, heads=2, layers=2, hidden=32, neighbours=4)
"""Knows all attributes."""

KINDS: dict[str, PolicyConfig] = {
    "prenorm": SMALL,
    "instance norm": SMALL.but(encoder="postnorm"),
    "batch norm, graph context": SMALL.but(encoder="postnorm", norm="batch", graph_context=True),
    "distance bias": SMALL.but(attention_bias="distance", logit_bias=True),
    "adaptive bias": SMALL.but(attention_bias="adaptive", ranks=4),
    "residual": SMALL.but(residual=True),
    "graph": SMALL.but(encoder="graph"),
    "heatmap": SMALL.but(encoder="graph", decoder="heatmap"),
}

MIXTURE = ("CVRP", "OVRPTW", "VRPBL", "VRPMBTW", "MDVRP", "MDOVRPLTW")


def drawn(rows: int, n: int, seed: int = 1, variants: tuple[str, ...] = tuple(VARIANTS)) -> TensorDict:
    """Instances drawn on the device."""
    return mtvrp(rows, n, torch.Generator().manual_seed(seed), variants=variants)


def double(batch: TensorDict) -> TensorDict:
    """In double precision."""
    numbers = {name: value.double() if value.is_floating_point() else value for name, value in batch.items()}
    return TensorDict(numbers, batch_size=batch.batch_size)


def mixed_sizes() -> TensorDict:
    """Instances of several sizes and numbers of depots, so that some rows are padded."""
    return to_tensordict([generate("mtvrp", 5 + seed % 4, seed, variant=name) for seed, name in enumerate(MIXTURE)])


def on_roads() -> TensorDict:
    """Instances with matrices, which are not symmetric."""
    return to_tensordict([generate("streets", 7, seed, variant=name) for seed, name in enumerate(("CVRP", "VRPTW"))])


BATCHES = {"drawn": lambda: drawn(6, 7), "mixed sizes": mixed_sizes, "on roads": on_roads}


def every_sequence(env: VRPEnv, batch: TensorDict) -> tuple[Tensor, Tensor]:
    """All action sequences of a single instance, [1, S, T], and their costs [1, S]."""
    state = env.reset(batch, starts=1)
    actions = torch.zeros(1, 1, 0, dtype=torch.int64)
    while not state["done"].all():
        mask = state["mask"][0]
        parent, action = mask.nonzero(as_tuple=True)
        state = env.step(state.select(parent[None]), action[None])
        actions = torch.cat([actions[:, parent], action[None, :, None]], dim=-1)
    return actions, env.cost(state)
