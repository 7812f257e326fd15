"""A network that says what an instance will cost."""

import torch
from jaxtyping import Float
from tensordict import TensorDict
from torch import Tensor, nn

from routewright.policies.config import PolicyConfig
from routewright.policies.frame import frame
from routewright.policies.networks.critic import ValueHead
from routewright.policies.networks.encoder import encoder


class Critic(nn.Module):
    """An encoder of its own and a head: Kool, van Hoof & Welling (2019), appendix B.

    Args:
        config: of the encoder.
        seed: of the first weights.
    """

    def __init__(self, config: PolicyConfig, seed: int = 1) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.encoder = encoder(config)
            self.head = ValueHead(config.width, config.hidden)

    def forward(self, batch: TensorDict) -> Float[Tensor, " batch"]:
        """Estimates, in the units of ``env.cost``."""
        its = frame(batch)
        value: Tensor = self.head(self.encoder(batch, its).nodes, its.real)
        scale: Tensor = batch["scale"]
        return value * its.distance[:, 0] / scale
