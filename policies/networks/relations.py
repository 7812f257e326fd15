"""What is known of each pair of nodes, in numbers of a usual size."""

from typing import NamedTuple

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.policies.frame import Frame, first_profile


class Relations(NamedTuple):
    """Of every pair of nodes, [B, N, N]; neither is symmetric in general."""

    distance: Tensor
    duration: Tensor
    angle: Tensor  # of the way from i to j, over pi

    def both_ways(self) -> Tensor:
        """Distances and durations there and back, [B, N, N, 4]."""
        there = (self.distance, self.duration)
        return torch.stack([*there, *(each.transpose(1, 2) for each in there)], dim=-1)


def relations(batch: TensorDict, frame: Frame) -> Relations:
    """Distances in the frame's unit of distance, durations in its unit of time."""
    distance, duration = distances(batch, frame), durations(batch, frame)
    way = frame.coords[:, None, :, :] - frame.coords[:, :, None, :]
    angle = torch.atan2(way[..., 1], way[..., 0]) / torch.pi
    return Relations(distance, duration, angle)


def distances(batch: TensorDict, frame: Frame) -> Tensor:
    """[B, N, N] over the frame's unit of distance."""
    if "distances" in batch:
        return first_profile(batch, "distances") / frame.distance[..., None]
    way = frame.coords[:, None, :, :] - frame.coords[:, :, None, :]
    return way.square().sum(-1).sqrt()


def durations(batch: TensorDict, frame: Frame) -> Tensor:
    """[B, N, N] over the frame's unit of time."""
    if "durations" in batch:
        return first_profile(batch, "durations") / frame.time[..., None]
    return distances(batch, frame)  # both units differ by the speed
