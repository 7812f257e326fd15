"""The encoder on graphs of nearest neighbours, with embeddings of nodes and of edges."""

from warnings import catch_warnings

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

with catch_warnings(action="ignore", category=DeprecationWarning):  # it still uses torch.jit
    from torch_geometric.nn import MessagePassing


class GatedLayer(MessagePassing):  # type: ignore[misc]
    """Nodes gather what edges let through; edges learn from both of their ends.

    The anisotropic network of Joshi, Laurent & Bresson (2019), "An Efficient Graph Convolutional Network Technique
    for the Travelling Salesman Problem", equations 4 and 5, with a sigmoid gate and a mean of the messages as in
    Qiu, Sun & Yang (2022, DIMES). What is different: layer norms instead of batch norms, so that an answer does not
    depend on the other instances of its batch.

    Args:
        width: of both embeddings, d.
    """

    def __init__(self, width: int) -> None:
        super().__init__(aggr="mean")
        self.own, self.other = nn.Linear(width, width), nn.Linear(width, width)
        self.edge, self.begin, self.end = (nn.Linear(width, width) for _ in range(3))
        self.node_norm, self.edge_norm = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, nodes: Tensor, edges: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
        """Nodes [M, d] and edges [E, d] after one more round; ``index`` [2, E] is from, to."""
        gathered = self.propagate(index, values=self.other(nodes), gates=torch.sigmoid(edges))
        source, target = index
        learned = self.edge(edges) + self.begin(nodes)[target] + self.end(nodes)[source]
        after = nodes + silu(self.node_norm(self.own(nodes) + gathered))
        return after, edges + silu(self.edge_norm(learned))

    def message(self, values_j: Tensor, gates: Tensor) -> Tensor:
        """What an edge lets through of the node that it comes from."""
        return values_j * gates


class GraphEncoder(nn.Module):
    """Rounds of messages over a sparse graph.

    Args:
        width: d.
        layers: rounds.
        edge_features: numbers that each edge begins with.
    """

    def __init__(self, width: int, layers: int, edge_features: int) -> None:
        super().__init__()
        self.begin = nn.Linear(edge_features, width)
        self.layers = nn.ModuleList(GatedLayer(width) for _ in range(layers))

    def forward(self, nodes: Tensor, edges: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
        """Nodes [M, d] and edges [E, features] to nodes [M, d] and edges [E, d]."""
        inner = self.begin(edges)
        for layer in self.layers:
            nodes, inner = layer(nodes, inner, index)
        return nodes, inner
