"""What a vehicle would wait at each node, and how long before its window closes it would be there."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from tensordict import TensorDict
from torch import Tensor, nn

from routewright.policies.frame import Frame
from routewright.policies.networks.relations import durations
from routewright.policies.rows import rows


class Timing(NamedTuple):
    """Times in the frame's unit; doors have no window."""

    durations: Float[Tensor, "batch nodes nodes"]
    opens: Float[Tensor, "batch 1 nodes"]
    closes: Float[Tensor, "batch 1 nodes"]


def timing(batch: TensorDict, its: Frame) -> Timing | None:
    """None where no window matters."""
    if not bool(its.timed.any()):
        return None
    windows = batch["windows"] / its.time[..., None]
    doors = torch.arange(windows.shape[1], device=windows.device) < its.n_doors
    opens = windows[:, None, :, 0].masked_fill(doors, 0.0)
    return Timing(durations(batch, its), opens, windows[:, None, :, 1].masked_fill(doors, torch.inf))


class Waits(nn.Module):
    """What is taken off the scores, beside distances: they alone let a vehicle wait at the nearest client.

    The network could learn the same from windows and the clock, but has only products of them to do so, and waiting is
    not linear in either.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor([1.0, 0.0]))  # of waiting, and of what is left

    def forward(
        self, its: Timing, node: Tensor, clock: Float[Tensor, "batch queries 1"]
    ) -> Float[Tensor, "batch queries nodes"]:
        """For vehicles at nodes at a time, zeros where there is no window."""
        arrival = clock + rows(its.durations, node)
        waiting = (its.opens - arrival).relu_()
        left = (its.closes - arrival).nan_to_num_(posinf=0.0)
        return waiting * self.weights[0] + left * self.weights[1]
