"""The travelling salesman: one vehicle that nothing limits (Kool, van Hoof & Welling 2019)."""

import torch
from tensordict import TensorDict

from routewright.data.generators.options import whole
from routewright.envs.generators.neutral import neutral
from routewright.envs.generators.places import Places, drawing


def tsp(batch: int, n: int, generator: torch.Generator, *, places: str | Places = "uniform") -> TensorDict:
    """Tours through n cities.

    Args:
        batch: number of instances.
        n: cities, the first of which is the depot: "TSP100" is n = 100.
        generator: of all random numbers; the instances are made on its device.
        places: a name of ``PLACES``, or a function.

    Raises:
        InstanceError: if there are fewer than two cities.
    """
    whole("n", n, least=2)
    drawn = neutral(drawing(places)(batch, n, generator))
    drawn["vehicles"][:] = 1.0
    return drawn
