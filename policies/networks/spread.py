"""Node embeddings from distances, where coordinates say little about the ways."""

import torch
from torch import Tensor, nn

from routewright.policies.networks.relations import Relations


class DistanceEmbedding(nn.Module):
    """Distances to and from others, mixed with the embedding of the attributes by a gate of each node.

    After the adaptive node embedding of Son et al. (2025, RRNCO, section 4.1). What is different: a node's distances
    are not a random sample but those at certain ranks, close together among the nearest and far apart among the
    others, so that the same instance always gives the same answer; and ways there and back share one stream of
    embeddings.

    Args:
        width: d.
        ranks: how many distances are read of each node and direction.
    """

    def __init__(self, width: int, ranks: int) -> None:
        super().__init__()
        self.ranks = ranks
        self.there, self.back = nn.Linear(2 * ranks, width), nn.Linear(2 * ranks, width)
        self.gate = nn.Sequential(nn.Linear(2 * width, 2 * width), nn.ReLU(), nn.Linear(2 * width, 1))

    def forward(self, nodes: Tensor, ways: Relations, real: Tensor | None) -> Tensor:
        """[B, N, d] to [B, N, d]; ``real`` [B, N] bool, or None."""
        turned = (ways.distance.transpose(1, 2), ways.duration.transpose(1, 2))
        there = self.there(self._read((ways.distance, ways.duration), real))
        far = there + self.back(self._read(turned, real))
        share = torch.sigmoid(self.gate(torch.cat([nodes, far], dim=-1)))
        answer: Tensor = share * nodes + (1.0 - share) * far
        return answer

    def _read(self, matrices: tuple[Tensor, Tensor], real: Tensor | None) -> Tensor:
        return torch.cat([at_ranks(matrix, self.ranks, real) for matrix in matrices], dim=-1)


def at_ranks(matrix: Tensor, ranks: int, real: Tensor | None) -> Tensor:
    """Entries of each row at ``ranks`` places of its order, spread geometrically: [B, N, ranks] of [B, N, N]."""
    others = matrix.clone()
    others.diagonal(dim1=1, dim2=2).fill_(torch.inf)
    if real is not None:
        others = others.masked_fill(~real[:, None, :], torch.inf)
        last = real.sum(-1)[:, None] - 2
    else:
        last = torch.full((1, 1), matrix.shape[1] - 2, device=matrix.device)
    share = torch.linspace(0.0, 1.0, ranks, device=matrix.device, dtype=matrix.dtype)
    place = ((last + 1).to(matrix.dtype) ** share - 1.0).round().to(torch.int64).clamp(min=0)
    ordered = others.sort(-1).values
    read = ordered.gather(-1, place[:, None, :].expand(*matrix.shape[:2], ranks))
    return read.masked_fill(read.isinf(), 0.0)
