"""A learned policy: instances are encoded once, then every step asks for scores of all nodes."""

from dataclasses import dataclass, replace

import torch
from jaxtyping import Float
from tensordict import TensorDict
from torch import Tensor, nn

from routewright.data.errors import RoutewrightError
from routewright.envs.shapes import PerNode
from routewright.envs.state import State
from routewright.policies.config import PolicyConfig
from routewright.policies.context import CONTEXT, context_features
from routewright.policies.features import known
from routewright.policies.frame import Frame, frame
from routewright.policies.moment import Moment
from routewright.policies.networks.columns import Columns
from routewright.policies.networks.encoder import encoder
from routewright.policies.networks.heatmap import EdgeHead
from routewright.policies.networks.pointer import Pointer, PointerCache
from routewright.policies.networks.relations import distances
from routewright.policies.rows import masked, rows


@dataclass(frozen=True, eq=False)
class HeatCache:
    """Scores that depend only on where the vehicle is."""

    frame: Frame
    heat: Float[Tensor, "batch nodes nodes"]

    def detached(self) -> "HeatCache":
        """The same numbers without their history."""
        return replace(self, heat=self.heat.detach())

    def leaf(self) -> Float[Tensor, "batch nodes nodes"]:
        """What active search adjusts."""
        return self.heat

    def with_leaf(self, leaf: Float[Tensor, "batch nodes nodes"]) -> "HeatCache":
        """The same with another ``leaf``."""
        return replace(self, heat=leaf)

    def log_probs(self) -> Tensor:
        """Log-probability of node j after node i where nothing else is known, [B, N, N]."""
        heat = self.heat.clone()
        heat.diagonal(dim1=1, dim2=2).fill_(-torch.inf)
        if self.frame.real is not None:
            heat = heat.masked_fill(~self.frame.real[:, None, :], -torch.inf)
        return heat.log_softmax(-1)


Cache = PointerCache | HeatCache


class Policy(nn.Module):
    """Scores of the nodes that may come next.

    Args:
        config: of the networks.
        seed: of the first weights.

    Example:
        >>> import torch
        >>> from routewright.envs import VRPEnv
        >>> from routewright.envs.generators import mtvrp
        >>> policy = Policy(PolicyConfig(width=16, heads=2, layers=1, hidden=32))
        >>> batch = mtvrp(2, 5, torch.Generator().manual_seed(1))
        >>> cache = policy.encode(batch)
        >>> policy.scores(cache, VRPEnv().reset(batch, starts=3)).shape
        torch.Size([2, 3, 6])
    """

    def __init__(self, config: PolicyConfig, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        with torch.random.fork_rng(devices=[]):  # layers draw their first weights from the global stream
            torch.manual_seed(seed)
            self.encoder = encoder(config)
            pointer = config.decoder == "pointer"
            self.decoder: nn.Module = Pointer(config) if pointer else EdgeHead(config.width)

    def encode(self, batch: TensorDict) -> Cache:
        """What all steps of an episode share."""
        its = frame(batch)
        encoded = self.encoder(batch, its)
        if isinstance(self.decoder, Pointer):
            far = None
            if self.config.logit_bias:
                far = distances(batch, its) if encoded.ways is None else encoded.ways.distance
            return self.decoder.prepare(encoded, its, far)
        return HeatCache(its, self.decoder(encoded.edges, encoded.near, encoded.ways.distance))

    def observe(self, cache: Cache, state: State) -> Moment:
        """What the decoder sees of a state."""
        fields, its = state.fields, cache.frame
        names = self.decoder.context.names if isinstance(self.decoder, Pointer) else ()
        context = context_features(its, state, names) if names else its.coords.new_zeros(*state.problem.shape, 0)
        return Moment(fields["node"], None if its.n_doors == 1 else fields["origin"], context, fields["mask"])

    def scores_at(self, cache: Cache, moment: Moment) -> Float[Tensor, "batch queries nodes"]:
        """Scores for queries, -inf where masked."""
        if isinstance(cache, PointerCache):
            answer: Tensor = self.decoder(cache, moment)
            return answer
        return masked(rows(cache.heat, moment.node), moment.mask)

    def scores(self, cache: Cache, state: State) -> PerNode:
        """Scores of the nodes that may come next, -inf where masked."""
        return self.scores_at(cache, self.observe(cache, state))

    def forward(self, batch: TensorDict, state: State) -> PerNode:
        """Scores of one state, for those who ask once."""
        return self.scores(self.encode(batch), state)

    def heatmap(self, batch: TensorDict) -> Float[Tensor, "batch nodes nodes"]:
        """Log-probability of node j after node i where nothing else is known.

        Raises:
            RoutewrightError: if the policy has another decoder.
        """
        cache = self.encode(batch)
        if not isinstance(cache, HeatCache):
            raise RoutewrightError(f"decoder is {self.config.decoder!r}: only 'heatmap' has heat")
        return cache.log_probs()

    def extended(
        self, *, doors: tuple[str, ...] = (), clients: tuple[str, ...] = (), context: tuple[str, ...] = ()
    ) -> "Policy":
        """The same function with more inputs, whose weights are zero, for training on new attributes.

        Raises:
            RoutewrightError: if a name is unknown, or in use already.
        """
        config = self.config.but(
            doors=(*self.config.doors, *doors),
            clients=(*self.config.clients, *clients),
            context=(*self.config.context, *context),
        )
        wider = Policy(config)
        known(context, CONTEXT, "context")
        sources = dict(self.named_modules())
        with torch.no_grad():
            for name, module in wider.named_modules():
                source = sources[name]
                if isinstance(module, Columns) and isinstance(source, Columns):
                    module.load_state_dict(source.widened(module.names[len(source.names) :]).state_dict())
                else:
                    for key, value in module.named_parameters(recurse=False):
                        value.copy_(source.get_parameter(key))
                    for key, value in module.named_buffers(recurse=False):
                        value.copy_(source.get_buffer(key))
        return wider.to(next(self.parameters())).train(self.training)
