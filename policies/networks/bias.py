"""What is added to the scores of an attention because of the ways between nodes."""

import torch
from torch import Tensor, nn

from routewright.data.errors import RoutewrightError
from routewright.policies.networks.relations import Relations


class DistanceBias(nn.Module):
    """Each head weighs distances and durations, there and back, by numbers of its own.

    The weights begin at -1 for the distance there, in heads by turns of another strength, so that from the start some
    heads look nearby and some everywhere.

    Args:
        heads: H.
    """

    def __init__(self, heads: int) -> None:
        super().__init__()
        weight = torch.zeros(4, heads)
        weight[0] = -torch.linspace(0.0, 4.0, heads)
        self.weight = nn.Parameter(weight)

    def forward(self, ways: Relations) -> Tensor:
        """[B, H, N, N]."""
        return (ways.both_ways() @ self.weight).permute(0, 3, 1, 2).contiguous()


class AdaptiveBias(nn.Module):
    """Embeddings of distance, angle and duration of each pair, mixed by a gate that sees all three.

    Son et al. (2025, RRNCO, section 4.2, "neural adaptive bias"). What is different: it is added to the scores of
    ordinary attention, one number for each head, where the paper softens it by a softmax first, which leaves
    factors between 1 and e.

    Args:
        heads: H.
        width: of the embeddings of a pair.
    """

    def __init__(self, heads: int, width: int = 16) -> None:
        super().__init__()
        self.each = nn.ModuleList(
            nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width)) for _ in Relations._fields
        )
        self.gate = nn.Sequential(nn.Linear(3 * width, width), nn.ReLU(), nn.Linear(width, 3))
        self.sharpness = nn.Parameter(torch.zeros(()))
        self.out = nn.Linear(width, heads)

    def forward(self, ways: Relations) -> Tensor:
        """[B, H, N, N]."""
        parts = [embed(way[..., None]) for embed, way in zip(self.each, ways, strict=True)]
        shares = (self.gate(torch.cat(parts, dim=-1)) * self.sharpness.exp()).softmax(-1)
        mixed = sum(share[..., None] * part for share, part in zip(shares.unbind(-1), parts, strict=True))
        bias: Tensor = self.out(mixed)
        return bias.permute(0, 3, 1, 2).contiguous()


BIASES: dict[str, type[DistanceBias | AdaptiveBias]] = {"distance": DistanceBias, "adaptive": AdaptiveBias}
"""By the name that a configuration gives."""


def attention_bias(name: str, heads: int) -> DistanceBias | AdaptiveBias | None:
    """A bias by its name; None for "none".

    Raises:
        RoutewrightError: if the name is unknown.
    """
    if name == "none":
        return None
    if name not in BIASES:
        raise RoutewrightError(f"attention_bias is {name!r}, must be one of none, {', '.join(BIASES)}")
    return BIASES[name](heads)
