"""Edges: teach a heatmap which node follows which in known solutions."""

import torch
from torch import Tensor

from routewright.policies.rollout import Rollout


def edges(log_heat: Tensor, shares: Tensor) -> Tensor:
    """Cross-entropy of the rows of a heatmap, the mean over nodes that something follows.

    After Joshi, Laurent & Bresson (2019), "An Efficient Graph Convolutional Network Technique for the Travelling
    Salesman Problem", section 4. What is different: they ask of every edge by itself whether the tour has it, by a
    binary cross-entropy whose classes are weighted because few edges are in a tour. Here the edges of a node share
    one softmax, that of decoding, so that there is nothing to weigh.

    Args:
        log_heat: [B, N, N] log-probabilities of node j after node i, of ``Policy.heatmap``.
        shares: [B, N, N] of ``successors``.

    Returns:
        A number; never less than the mean entropy of the rows of ``shares``.
    """
    terms = torch.where(shares > 0, shares * log_heat, 0.0)  # where nothing leads, the logarithm is -inf
    return -terms.sum() / (shares > 0).any(-1).sum().clamp(min=1)


def successors(rollout: Rollout, both_ways: Tensor) -> Tensor:
    """Shares [B, N, N] of the nodes that follow each node in episodes: rows sum to 1, or to 0 where nothing follows.

    A client has one successor. Where routes may be driven in either direction it has two neighbours, each of which
    counts half. A depot has as many as it has routes.

    Args:
        rollout: of ``replay``.
        both_ways: [B] bool instances whose routes may be turned round at the same cost.
    """
    assert rollout.moments is not None
    size, _, nodes = rollout.moments.mask.shape
    start, end = rollout.moments.node, rollout.actions.flatten(1)
    moves = rollout.free.flatten(1) & (start != end)
    counts = torch.zeros(size, nodes * nodes, device=start.device)
    counts = counts.scatter_add(1, start * nodes + end, moves.to(counts.dtype)).view(size, nodes, nodes)
    counts = counts + counts.mT * both_ways[:, None, None]
    return counts / counts.sum(-1, keepdim=True).clamp(min=1.0)
