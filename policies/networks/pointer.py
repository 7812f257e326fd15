"""The pointer decoder: one glance at the nodes that may come next, then a score for each."""

from dataclasses import dataclass, replace
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import linear

from routewright.policies.config import PolicyConfig
from routewright.policies.context import CONTEXT
from routewright.policies.features import known
from routewright.policies.frame import Frame
from routewright.policies.moment import Moment
from routewright.policies.networks.attend import attend
from routewright.policies.networks.columns import Columns
from routewright.policies.networks.encoder import Encoded
from routewright.policies.networks.folded import Folded, fold, folded_scores, worth_folding
from routewright.policies.rows import masked, real_mean, rows


@dataclass(frozen=True, eq=False)
class PointerCache:
    """What is computed once for an instance; heads that have a part of the width each.

    Attributes:
        frame: units of the instances.
        query: part of the query that depends on where the vehicle is.
        origin: part that depends on where its route began; None where that is part of ``query``.
        keys: of the glance.
        values: of the glance.
        logit_keys: keys of the final scores.
        farness: taken off the scores, or None.
        folded: products of all of these, where that saves work.
    """

    frame: Frame
    query: Float[Tensor, "batch nodes width"]
    origin: Float[Tensor, "batch doors width"] | None
    keys: Float[Tensor, "batch heads nodes part"]
    values: Float[Tensor, "batch heads nodes part"]
    logit_keys: Float[Tensor, "batch width nodes"]
    farness: Float[Tensor, "batch nodes nodes"] | None
    folded: Folded | None = None

    def detached(self) -> "PointerCache":
        """The same numbers without their history."""
        tensors: dict[str, Any] = {
            name: value.detach() for name, value in vars(self).items() if isinstance(value, Tensor)
        }
        if self.folded is not None:
            tensors["folded"] = self.folded.detached()
        return replace(self, **tensors)

    def leaf(self) -> Float[Tensor, "batch width nodes"]:
        """What active search adjusts: Hottung, Kwon & Tierney (2022) choose the keys of the scores."""
        return self.logit_keys

    def with_leaf(self, leaf: Float[Tensor, "batch width nodes"]) -> "PointerCache":
        """The same with another ``leaf``."""
        return replace(self, logit_keys=leaf, folded=None)


class Pointer(nn.Module):
    """Kool, van Hoof & Welling (2019), equations 5 to 8, with exact rearrangements that save work.

    The query is linear in the embedding of the current node, so that it is projected once per node and not at every
    step. The output projection of the glance is multiplied into the keys of the final scores, k' = W_o^T k, for
    k . (W_o g) = (W_o^T k) . g.

    With ``residual``, after Huang et al. (2025, ReLD): the query is added to the glance and a feed-forward layer
    follows, so that the projection cannot be folded; the work of a step nearly triples.

    Args:
        config: of the policy.
    """

    def __init__(self, config: PolicyConfig) -> None:
        super().__init__()
        width = config.width
        self.heads, self.clip = config.heads, config.clip
        self.context = Columns(known(config.context, CONTEXT, "context"), width)
        self.query = nn.Linear(width, width, bias=False)
        self.origin = nn.Linear(width, width, bias=False) if config.origin else None
        self.graph = nn.Linear(width, width, bias=False) if config.graph_context else None
        self.keys = nn.Linear(width, 3 * width, bias=False)  # of the glance, its values, and of the scores
        self.out = nn.Linear(width, width, bias=False)
        self.farness = nn.Parameter(torch.ones(())) if config.logit_bias else None
        self.widen = nn.Sequential(nn.Linear(width, 4 * width), nn.ReLU()) if config.residual else None
        self.narrow = nn.Linear(4 * width, width) if config.residual else None

    def prepare(self, encoded: Encoded, its: Frame, distance: Tensor | None) -> PointerCache:
        """Project the embeddings.

        Args:
            encoded: of the encoder.
            its: units of the instances.
            distance: [B, N, N], where distances are taken off the scores.
        """
        nodes = encoded.nodes
        size, number, width = nodes.shape
        weight = self.keys.weight
        if self.widen is None:
            weight = torch.cat([weight[: 2 * width], self.out.weight.T @ weight[2 * width :]])
        keys, values, logit_keys = linear(nodes, weight).view(size, number, 3, width).unbind(2)
        query, origin = self.query(nodes), None
        if self.graph is not None:
            query = query + self.graph(real_mean(nodes, its.real))[:, None]
        if self.origin is not None:
            origin = self.origin(nodes[:, : its.n_doors])
            if its.n_doors == 1:
                query, origin = query + origin, None
        split_keys = self._split(keys).transpose(2, 3).contiguous().transpose(2, 3)  # as products with them want it
        split_values = self._split(values).contiguous()
        last = logit_keys.transpose(1, 2) * width**-0.5
        folded = None
        if self.widen is None and worth_folding(number, self.heads, width):
            folded = fold(query, origin, self.context.weight, split_keys, split_values, last)
        far = None if self.farness is None or distance is None else distance * self.farness
        return PointerCache(its, query, origin, split_keys, split_values, last, far, folded)

    def forward(self, cache: PointerCache, moment: Moment) -> Tensor:
        """Scores of all nodes, -inf where masked: [B, Q, N]."""
        scores = self._scores(cache, moment) if cache.folded is None else folded_scores(cache.folded, moment)
        if cache.farness is not None:
            scores = scores - rows(cache.farness, moment.node)
        return masked(scores.tanh() * self.clip, moment.mask)

    def _scores(self, cache: PointerCache, moment: Moment) -> Tensor:
        query = self._query(cache, moment)
        size, queries, width = query.shape
        seen = attend(self._split(query), cache.keys, cache.values, moment.mask)
        glance = seen.transpose(1, 2).reshape(size, queries, width)
        if self.widen is not None and self.narrow is not None:
            glance = self.out(glance) + query
            glance = glance + self.narrow(self.widen(glance))
        return glance @ cache.logit_keys

    def _query(self, cache: PointerCache, moment: Moment) -> Tensor:
        query = rows(cache.query, moment.node)
        if cache.origin is not None and moment.origin is not None:
            query = query + rows(cache.origin, moment.origin)
        shape = query.shape
        return torch.addmm(query.flatten(0, 1), moment.context.flatten(0, 1), self.context.weight).view(shape)

    def _split(self, values: Tensor) -> Tensor:
        """[B, M, d] to [B, H, M, d / H]."""
        return values.reshape(*values.shape[:2], self.heads, -1).transpose(1, 2)
