"""Any mixture of the 48 combinations of attributes in the unit square."""

from collections.abc import Sequence

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.generators.attributes import DEPOTS
from routewright.data.generators.options import whole
from routewright.envs.generators.attributes import Ways, choose, count_depots, write
from routewright.envs.generators.neutral import neutral
from routewright.envs.generators.places import Places, drawing


def mtvrp(
    batch: int,
    n: int,
    generator: torch.Generator,
    *,
    variants: Sequence[str] = ("CVRP",),
    places: str | Places = "uniform",
    capacity: int | None = None,
    depots: int = DEPOTS,
) -> TensorDict:
    """Instances of variants drawn with equal probability, mixed in one batch.

    Args:
        batch: number of instances.
        n: clients of each.
        generator: of all random numbers; the instances are made on its device.
        variants: names such as VRPTW or MDOVRPMBLTW; ``data.generators.attributes.VARIANTS`` are all of them,
            beside TSP.
        places: how coordinates are drawn: a name of ``PLACES``, or a function.
        capacity: of a vehicle; None is what papers use for n.
        depots: where a variant has several.

    Returns:
        A batch as ``to_tensordict`` makes them, and ``variant`` [B] int64, the place of each row in
        ``VARIANTS``, one more for tours.

    Raises:
        InstanceError: if a name is unknown.
    """
    whole("n", n, least=1)
    flags = choose(variants, batch, generator)
    doors = count_depots(variants, depots)
    drawn = neutral(drawing(places)(batch, doors + n, generator), doors)
    coords = drawn["coords"].clone()
    write(drawn, flags, _ways(coords[:, :doors], coords[:, doors:]), capacity, generator)
    return drawn


def _ways(depots: Tensor, clients: Tensor) -> Ways:
    home = (depots[:, :, None] - clients[:, None, :]).norm(dim=-1)  # not torch.cdist, which loses digits

    def before(step: int) -> tuple[Tensor, Tensor]:
        way = (clients.roll(step, 1) - clients).norm(dim=-1)
        return way, way

    return Ways(home, home, home, home, before)
