"""From embeddings of edges to how likely each node follows each other one."""

from torch import Tensor, nn

from routewright.policies.networks.neighbours import Neighbours

FAR = -8.0
"""Score of ways that are no edge of the graph, before what their distance takes off."""


class EdgeHead(nn.Module):
    """A number for every edge, and for other ways one that falls with the distance.

    Args:
        width: of the edge embeddings.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.score = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, 1))

    def forward(self, edges: Tensor, near: Neighbours, distance: Tensor) -> Tensor:
        """Scores of node j after node i, [B, N, N], of edges [E, d] and distances [B, N, N]."""
        heat = FAR - distance
        scores = self.score(edges)[:, 0].clamp(min=FAR)
        answer: Tensor = heat.index_put((near.row, near.start, near.end), scores.to(heat.dtype))
        return answer
