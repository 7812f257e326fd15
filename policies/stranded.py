"""What episodes that failed are worth to training: the one place that says so.

An episode that strands has cost inf, which would make every mean, every advantage and every gradient of its instance
inf or nan. Instead it counts as ``PENALTY`` times the worst cost among the starts of its instance that were finished
(as that cost plus its distance to 0 times ``PENALTY`` - 1, where costs are negative), so that the policy learns to
avoid it. An instance of which no start was finished says nothing about which actions were better, and is left out.
"""

from typing import NamedTuple

import torch
from jaxtyping import Bool
from torch import Tensor

from routewright.envs.shapes import Number

PENALTY = 1.5


class Priced(NamedTuple):
    """Costs that are all finite."""

    cost: Number  # 0 in rows that are left out
    counts: Bool[Tensor, "batch 1"]  # whether the row takes part in training


def priced(cost: Number) -> Priced:
    """Replace inf in costs; with one start, failed rows are left out."""
    finished = cost.isfinite()
    counts = finished.any(-1, keepdim=True)
    worst = cost.masked_fill(~finished, -torch.inf).amax(-1, keepdim=True)
    penalty = worst + (PENALTY - 1.0) * worst.abs()
    return Priced(torch.where(finished, cost, penalty).masked_fill(~counts, 0.0), counts)
