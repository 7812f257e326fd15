"""The encoder of the attention model: normalisation after each residual."""

from torch import Tensor, nn

from routewright.policies.networks.heads import SelfAttention
from routewright.policies.networks.norms import norm


class PostNormLayer(nn.Module):
    """x = norm(x + attention(x)); x = norm(x + feed-forward(x)): Kool, van Hoof & Welling (2019), equations 9 and 10.

    Args:
        width: d.
        heads: of the attention.
        hidden: width of the feed-forward layer.
        kind: of normalisation: batch (Kool et al. 2019) or instance (Kwon et al. 2020, POMO).
    """

    def __init__(self, width: int, heads: int, hidden: int, kind: str) -> None:
        super().__init__()
        self.attention = SelfAttention(width, heads)
        self.norm = norm(kind, width)
        self.forth, self.back = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.last_norm = norm(kind, width)

    def forward(self, nodes: Tensor, real: Tensor | None = None, bias: Tensor | None = None) -> Tensor:
        """[B, N, d] to [B, N, d]; see ``SelfAttention``."""
        nodes = self.norm(nodes + self.attention(nodes, real, bias), real)
        flat = nodes.flatten(0, 1)  # what is no view can be changed in place without copies
        widened = self.back(self.forth(flat).relu_()).view_as(nodes)
        answer: Tensor = self.last_norm(nodes + widened, real)
        return answer
