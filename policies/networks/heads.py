"""Self-attention of several heads, with or without a bias on its scores."""

from torch import Tensor, nn

from routewright.policies.networks.attend import attend, biased


class SelfAttention(nn.Module):
    """Every node looks at every real node (Vaswani et al. 2017, section 3.2.2), without biases in the projections.

    Args:
        width: of the node embeddings, d.
        heads: H, a divisor of the width.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.project = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, nodes: Tensor, real: Tensor | None = None, bias: Tensor | None = None) -> Tensor:
        """Look around.

        Args:
            nodes: [B, N, d].
            real: [B, N] bool, who may be looked at; None is everyone.
            bias: [B, H, N, N] added to the scores.

        Returns:
            [B, N, d].
        """
        batch, number, width = nodes.shape
        each = self.project(nodes).view(batch, number, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        query, key, value = each.unbind(0)
        allowed = None if real is None else real[:, None, :]
        seen = attend(query, key, value, allowed) if bias is None else biased(query, key, value, bias, allowed)
        answer: Tensor = self.out(seen.transpose(1, 2).reshape(batch, number, width))
        return answer
