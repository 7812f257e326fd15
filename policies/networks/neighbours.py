"""Graphs of the nearest neighbours."""

from typing import NamedTuple

import torch
from torch import Tensor


class Neighbours(NamedTuple):
    """Edges of all instances of a batch, whose nodes are numbered through."""

    messages: Tensor  # [2, E] from, to: a node's message goes to those that have it among their nearest
    row: Tensor  # [E] of the batch
    start: Tensor  # [E] node of the row that the edge, as a way, begins at
    end: Tensor  # [E] node of the row that it leads to


def nearest(distance: Tensor, k: int, doors: int, real: Tensor | None) -> Neighbours:
    """Ways from each node to its k nearest others and to all doors.

    Args:
        distance: [B, N, N].
        k: neighbours beside the doors.
        doors: the first nodes, D.
        real: [B, N] bool, or None.

    Returns:
        Messages flow against the ways: from the node that may come next to the one that looks.
    """
    number = distance.shape[1]
    possible = ~torch.eye(number, dtype=torch.bool, device=distance.device).expand_as(distance)
    if real is not None:
        possible = possible & real[:, :, None] & real[:, None, :]
    order = distance.masked_fill(~possible, torch.inf)
    order[:, :, :doors] = torch.inf
    closest, end = order.topk(min(k, number - doors), dim=-1, largest=False)
    chosen = torch.zeros_like(possible).scatter(-1, end, closest.isfinite())
    chosen[:, :, :doors] = possible[:, :, :doors]
    row, start, end = chosen.nonzero(as_tuple=True)
    return Neighbours(torch.stack([row * number + end, row * number + start]), row, start, end)
