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
    order = distance.clone()
    order[:, :, :doors] = -1.0
    order.diagonal(dim1=1, dim2=2).fill_(torch.inf)
    if real is not None:
        order = order.masked_fill(~(real[:, :, None] & real[:, None, :]), torch.inf)
    closest, end = order.topk(min(k + doors, number - 1), dim=-1, largest=False)
    row, start, place = closest.isfinite().nonzero(as_tuple=True)
    end = end[row, start, place]
    messages = torch.stack([row * number + end, row * number + start])
    return Neighbours(messages, row, start, end)
