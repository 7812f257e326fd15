"""The encoder of RouteFinder: normalisation before each block, and gated feed-forward layers."""

from torch import Tensor, nn
from torch.nn.functional import silu

from routewright.policies.networks.heads import SelfAttention


class SwiGLU(nn.Module):
    """(silu(x W) * x V) U: Shazeer (2020), "GLU Variants Improve Transformer", equation 6."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.gates = nn.Linear(width, 2 * hidden, bias=False)
        self.back = nn.Linear(hidden, width, bias=False)

    def forward(self, values: Tensor) -> Tensor:
        """[..., d] to [..., d]."""
        gate, straight = self.gates(values).chunk(2, dim=-1)
        answer: Tensor = self.back(silu(gate) * straight)
        return answer


class PreNormLayer(nn.Module):
    """x = x + attention(norm(x)); x = x + feed-forward(norm(x)): Berto et al. (2024), RouteFinder, section 4.

    Args:
        width: d.
        heads: of the attention.
        hidden: width of the feed-forward layer.
    """

    def __init__(self, width: int, heads: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.attention = SelfAttention(width, heads)
        self.last_norm = nn.RMSNorm(width, eps=1e-5)
        self.feed_forward = SwiGLU(width, hidden)

    def forward(self, nodes: Tensor, real: Tensor | None = None, bias: Tensor | None = None) -> Tensor:
        """[B, N, d] to [B, N, d]; see ``SelfAttention``."""
        nodes = nodes + self.attention(self.norm(nodes), real, bias)
        answer: Tensor = nodes + self.feed_forward(self.last_norm(nodes))
        return answer
