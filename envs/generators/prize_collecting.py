"""The prize-collecting TSP, with known or random prizes (Kool, van Hoof & Welling 2019, appendices E and F)."""

import torch
from tensordict import TensorDict

from routewright.envs.generators.lengths import usual_length
from routewright.envs.generators.neutral import neutral
from routewright.envs.generators.places import Places, drawing

PENALTY = 3.0


def prize_collecting(
    batch: int,
    n: int,
    generator: torch.Generator,
    *,
    stochastic: bool = False,
    length: float | None = None,
    places: str | Places = "uniform",
) -> TensorDict:
    """One vehicle; its way and the penalties of those it leaves out are minimised, prizes of 1 have to be collected.

    A prize is between 0 and 4 / n; as many clients as make up half of all prizes are enough. A penalty is between 0
    and 3 ``length`` / n, so that leaving out is worth about as much as visiting. Where prizes are ``stochastic``, what
    a visit brings is anything between 0 and twice the expected prize.

    Args:
        batch: number of instances.
        n: clients of each.
        generator: of all random numbers; the instances are made on its device.
        stochastic: whether prizes are known only after a visit.
        length: that penalties are in proportion to; None is 2, 3 and 4 for 20, 50 and 100 clients.
        places: a name of ``PLACES``, or a function.

    Returns:
        As ``to_tensordict``, where ``prize`` [B, N] is the penalty of a client left out, as everywhere; and what a
        visit brings in ``reward`` [B, N], is expected to bring in ``expected_reward`` [B, N], and has to add up to
        ``least_reward`` [B].

    Raises:
        InstanceError: if there is no usual length for n, or it is not positive.
    """
    scale = usual_length(n, length)
    drawn = neutral(drawing(places)(batch, n + 1, generator))

    def upto(most: float) -> torch.Tensor:
        lots = torch.rand((batch, n + 1), generator=generator, device=generator.device)
        return torch.where(drawn["clients"], most * lots, 0.0)

    drawn["prize"] = upto(PENALTY * scale / n)
    drawn["expected_reward"] = upto(4.0 / n)
    drawn["reward"] = upto(2.0) * drawn["expected_reward"] if stochastic else drawn["expected_reward"].clone()
    drawn["least_reward"] = torch.ones(batch, device=generator.device)
    drawn["required"][:] = False
    drawn["vehicles"][:] = 1.0
    return drawn
