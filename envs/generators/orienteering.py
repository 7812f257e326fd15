"""The orienteering problem: collect prizes on a tour of limited length (Kool, van Hoof & Welling 2019, appendix D)."""

import torch
from tensordict import TensorDict

from routewright.envs.generators.lengths import usual_length
from routewright.envs.generators.neutral import neutral
from routewright.envs.generators.places import Places, drawing


def orienteering(
    batch: int, n: int, generator: torch.Generator, *, length: float | None = None, places: str | Places = "uniform"
) -> TensorDict:
    """One vehicle, prizes that grow with the distance from the depot, and nothing to pay for the way.

    Prizes are 1 to 100 hundredths: 1 + floor(99 d / max d), over 100. The cost of a tour is the prizes left behind.

    Args:
        batch: number of instances.
        n: clients of each.
        generator: of all random numbers; the instances are made on its device.
        length: longest tour; None is 2, 3 and 4 for 20, 50 and 100 clients.
        places: a name of ``PLACES``, or a function.

    Raises:
        InstanceError: if there is no usual length for n, or it is not positive.
    """
    longest = usual_length(n, length)
    drawn = neutral(drawing(places)(batch, n + 1, generator))
    away = (drawn["coords"] - drawn["coords"][:, :1]).norm(dim=-1)
    share = away / away.amax(-1, keepdim=True).clamp(min=torch.finfo(away.dtype).tiny)
    drawn["prize"] = torch.where(drawn["clients"], 1 + (99 * share).floor(), 0.0) / 100
    drawn["required"][:] = False
    drawn["vehicles"][:] = 1.0
    drawn["distance_cost"][:] = 0.0
    drawn["max_distance"][:] = longest
    return drawn
