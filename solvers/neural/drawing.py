"""Actions by chance."""

import torch
from torch import Tensor

from routewright.policies.decoding import Sampling
from routewright.policies.rollout import Choose

TEMPERATURES = (1.0, 0.6, 0.35)
"""Where instances are much larger than those that a policy was trained on: it is less sure there than it should be."""


def drawing(generator: torch.Generator, starts: int, *, strange: bool) -> Choose:
    """Draws by the policy's probabilities; on strange instances each start at one of the temperatures.

    Args:
        generator: of the random numbers.
        starts: of each instance.
        strange: whether the policy was trained on much smaller instances.
    """
    sampling = Sampling(generator)
    if not strange:
        return sampling
    turns = torch.tensor(TEMPERATURES, device=generator.device).repeat(-(-starts // len(TEMPERATURES)))[:starts, None]

    def choose(scores: Tensor) -> Tensor:
        return sampling(scores / turns)

    return choose
