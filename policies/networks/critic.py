"""An estimate of what an instance costs."""

from torch import Tensor, nn

from routewright.policies.rows import real_mean


class ValueHead(nn.Module):
    """The mean of the node embeddings through two layers: Kool, van Hoof & Welling (2019), appendix B.

    Args:
        width: of the embeddings, d.
        hidden: of the layer between.
    """

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, 1))

    def forward(self, nodes: Tensor, real: Tensor | None = None) -> Tensor:
        """[B] of nodes [B, N, d]; ``real`` [B, N] bool are those that count."""
        answer: Tensor = self.layers(real_mean(nodes, real))[:, 0]
        return answer
