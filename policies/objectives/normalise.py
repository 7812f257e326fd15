"""Costs of different variants on one scale."""

import torch
from jaxtyping import Float
from tensordict import TensorDict
from torch import Tensor, nn

from routewright.data.generators.attributes import VARIANTS
from routewright.policies.objectives.processes import over_processes
from routewright.policies.stranded import Priced


class VariantNormaliser(nn.Module):
    """Divides costs by the running mean cost of their own variant: Berto et al. (2024, RouteFinder), section 4.3.

    Variants are told apart by ``batch["variant"]``; batches without it are one variant, and so are tours. The running
    mean is weighted as in Adam, so that it is a mean from the first batch on: a moving average that begins at 0 or at
    another variant's cost makes the first advantages of a variant several times too large.

    Args:
        rate: weight of the newest batch, where it has rows of the variant.
    """

    totals: Tensor
    weights: Tensor

    def __init__(self, rate: float = 0.25) -> None:
        super().__init__()
        self.rate = rate
        self.register_buffer("totals", torch.zeros(len(VARIANTS) + 1))
        self.register_buffer("weights", torch.zeros(len(VARIANTS) + 1))

    @torch.no_grad()
    def update(self, batch: TensorDict, costs: Priced) -> None:
        """Take the means of the batches of all processes into account; rows that are left out do not count."""
        key, counted = self._key(batch), costs.counts[:, 0].to(self.totals.dtype)
        each = costs.cost.mean(-1).to(self.totals.dtype) * counted
        own = self.totals.new_zeros(2, len(self.totals)).index_add_(1, key, torch.stack([counted, each]))
        rows, sums = over_processes(own)
        seen, rate = rows > 0, self.rate
        means = sums / rows.clamp(min=1)
        self.totals.copy_(torch.where(seen, (1 - rate) * self.totals + rate * means, self.totals))
        self.weights.copy_(torch.where(seen, (1 - rate) * self.weights + rate, self.weights))

    def mean(self, batch: TensorDict) -> Float[Tensor, "batch 1"]:
        """Running mean of each row's variant; 1 where nothing is known."""
        key = self._key(batch)
        known = self.weights[key]
        return torch.where(known > 0, self.totals[key] / known.clamp(min=1e-12), 1.0)[:, None]

    def forward(self, batch: TensorDict, costs: Priced) -> Priced:
        """Costs over the size of their variant's mean."""
        size = self.mean(batch).abs().clamp(min=1e-9).to(costs.cost.dtype)
        return costs._replace(cost=costs.cost / size)

    def _key(self, batch: TensorDict) -> Tensor:
        if "variant" in batch:
            key: Tensor = batch["variant"]
            return key
        return torch.full(batch.batch_size, len(VARIANTS), device=batch["clients"].device)
