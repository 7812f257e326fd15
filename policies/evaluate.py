"""How good a policy is on instances: cost, gap and seconds, for each way of decoding."""

import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from tensordict import TensorDict

from routewright.envs.env import VRPEnv
from routewright.policies.decoding import decode
from routewright.policies.policy import Policy

ROWS = 2048
"""Instances decoded at once, augmented ones counted; fewer where they are large."""
NODES = 60_000
"""Of all rows decoded at once: what fits into caches and memory."""


class Decoding(NamedTuple):
    """A way of decoding."""

    method: str
    augmentation: str = "none"

    def __str__(self) -> str:
        return self.method if self.augmentation == "none" else f"{self.method} x {self.augmentation}"


DECODINGS = (Decoding("greedy"), Decoding("multistart"), Decoding("multistart", "eightfold"))


class Evaluation(NamedTuple):
    """What one way of decoding gave."""

    decoding: Decoding
    cost: float  # mean over the instances that were solved, reported units
    gap: float | None  # percent above known costs, the mean over those instances
    unsolved: int
    seconds: float


def evaluate_policy(
    policy: Policy,
    batch: TensorDict,
    costs: Sequence[float] | None = None,
    decodings: Iterable[Decoding] = DECODINGS,
    *,
    seed: int = 0,
) -> list[Evaluation]:
    """Solve a batch in several ways.

    Args:
        policy: to evaluate.
        batch: instances.
        costs: known for each of them.
        decodings: ways to decode.
        seed: of random numbers.

    Raises:
        RoutewrightError: if a way is unknown.
    """
    rows = max(8, min(ROWS, NODES // batch["clients"].shape[1]))
    found = []
    for decoding in decodings:
        began = time.perf_counter()
        cost = decode(
            policy, VRPEnv(), batch, decoding.method, augmentation=decoding.augmentation, seed=seed, rows=rows
        ).cost  # fmt: skip
        seconds = time.perf_counter() - began
        solved = cost.isfinite()
        known = None if costs is None else torch.tensor(costs[: len(cost)], dtype=cost.dtype, device=cost.device)
        gap = None if known is None else float((cost[solved] / known[solved] - 1.0).mean() * 100.0)
        found.append(Evaluation(decoding, float(cost[solved].mean()), gap, int((~solved).sum()), seconds))
    return found
