"""From instances to embeddings: inputs, then layers of attention or of messages."""

from typing import NamedTuple

import torch
from tensordict import TensorDict
from torch import Tensor, nn

from routewright.policies.config import PolicyConfig
from routewright.policies.features import DOORS, NODES, client_features, door_features, known
from routewright.policies.frame import Frame
from routewright.policies.networks.bias import attention_bias
from routewright.policies.networks.columns import Columns
from routewright.policies.networks.neighbours import Neighbours, nearest
from routewright.policies.networks.postnorm import PostNormLayer
from routewright.policies.networks.prenorm import PreNormLayer
from routewright.policies.networks.relations import Relations, relations
from routewright.policies.networks.spread import DistanceEmbedding


class Encoded(NamedTuple):
    """What an encoder makes of a batch."""

    nodes: Tensor  # [B, N, d]
    edges: Tensor | None = None  # [E, d]
    near: Neighbours | None = None
    ways: Relations | None = None


class NodeEmbedding(nn.Module):
    """Doors by one linear layer, with what holds for the whole instance, clients by another."""

    def __init__(self, config: PolicyConfig) -> None:
        super().__init__()
        self.doors = Columns(known(config.doors, DOORS, "door"), config.width, bias=True)
        self.clients = Columns(known(config.clients, NODES, "client"), config.width, bias=True)

    def forward(self, batch: TensorDict, its: Frame) -> Tensor:
        """[B, N, d]; 0 at padded nodes."""
        doors = self.doors(door_features(batch, its, self.doors.names))
        clients = self.clients(client_features(batch, its, self.clients.names))
        nodes = torch.cat([doors, clients], dim=1)
        return nodes if its.real is None else nodes.masked_fill(~its.real[..., None], 0.0)


class AttentionEncoder(nn.Module):
    """Everyone looks at everyone, with a bias from the ways between them where the configuration asks for it."""

    def __init__(self, config: PolicyConfig) -> None:
        super().__init__()
        width, heads, hidden = config.width, config.heads, config.hidden
        self.embed = NodeEmbedding(config)
        self.spread = DistanceEmbedding(width, config.ranks) if config.ranks else None
        self.bias = attention_bias(config.attention_bias, heads)
        self.layers = nn.ModuleList(
            PreNormLayer(width, heads, hidden)
            if config.encoder == "prenorm"
            else PostNormLayer(width, heads, hidden, config.norm)
            for _ in range(config.layers)
        )
        self.last = nn.RMSNorm(width, eps=1e-5) if config.encoder == "prenorm" else None

    def forward(self, batch: TensorDict, its: Frame) -> Encoded:
        """Embed a batch."""
        nodes = self.embed(batch, its)
        ways = None if self.bias is None and self.spread is None else relations(batch, its)
        if self.spread is not None:
            nodes = self.spread(nodes, ways, its.real)
        bias = None if self.bias is None else self.bias(ways)
        for layer in self.layers:
            nodes = layer(nodes, its.real, bias)
        return Encoded(nodes if self.last is None else self.last(nodes), ways=ways)


class NeighbourEncoder(nn.Module):
    """Messages along the ways to the nearest neighbours and to the doors."""

    def __init__(self, config: PolicyConfig) -> None:
        super().__init__()
        from routewright.policies.networks.graph import GraphEncoder  # seconds to import

        self.neighbours = config.neighbours
        self.embed = NodeEmbedding(config)
        self.graph = GraphEncoder(config.width, config.layers, edge_features=5)
        self.last = nn.LayerNorm(config.width)

    def forward(self, batch: TensorDict, its: Frame) -> Encoded:
        """Embed a batch."""
        nodes = self.embed(batch, its)
        ways = relations(batch, its)
        near = nearest(ways.distance, self.neighbours, its.n_doors, its.real)
        at = (near.row, near.start, near.end)
        angle = ways.angle[at] * torch.pi
        both = ways.both_ways()[at]
        features = torch.cat([both[:, :3], angle.cos()[:, None], angle.sin()[:, None]], dim=-1)
        flat, edges = self.graph(nodes.flatten(0, 1), features, near.messages)
        return Encoded(self.last(flat).view_as(nodes), edges, near, ways)


def encoder(config: PolicyConfig) -> AttentionEncoder | NeighbourEncoder:
    """The encoder that a configuration names."""
    return NeighbourEncoder(config) if config.encoder == "graph" else AttentionEncoder(config)
