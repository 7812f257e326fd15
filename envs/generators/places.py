"""Places in the unit square."""

from collections.abc import Callable
from functools import partial
from typing import get_args

import torch
from jaxtyping import Float
from torch import Tensor

from routewright.data.errors import InstanceError
from routewright.data.generators.xstyle_places import Customers
from routewright.envs.generators.xstyle_places import scattered

Places = Callable[[int, int, torch.Generator], Float[Tensor, "batch points 2"]]
"""(batch, points, generator) to coordinates on the generator's device."""


def uniform(batch: int, points: int, generator: torch.Generator) -> Float[Tensor, "{batch} {points} 2"]:
    """Anywhere (Kool, van Hoof & Welling 2019)."""
    return torch.rand((batch, points, 2), generator=generator, device=generator.device)


def heaps(
    batch: int, points: int, generator: torch.Generator, *, modes: int, spread: float
) -> Float[Tensor, "{batch} {points} 2"]:
    """Gaussians of unit variance around centres in a square of side ``spread``, scaled to the unit square.

    Zhou, Wu, Song, Cao & Zhang (2023), "Towards Omni-generalizable Neural Methods for Vehicle Routing Problems". The
    paper splits the points over the modes by a multinomial draw, which is a mode drawn for each point.
    """
    device = generator.device
    centres = spread * torch.rand((batch, modes, 2), generator=generator, device=device)
    mode = torch.randint(modes, (batch, points, 1), generator=generator, device=device).expand(-1, -1, 2)
    drawn = centres.gather(1, mode) + torch.randn((batch, points, 2), generator=generator, device=device)
    low, high = drawn.amin(1, keepdim=True), drawn.amax(1, keepdim=True)
    return (drawn - low) / (high - low).clamp(min=1e-9)


PLACES: dict[str, Places] = {
    "uniform": uniform,
    "gaussian": partial(heaps, modes=1, spread=1.0),
    **{
        f"heaps-{modes}-{spread}": partial(heaps, modes=modes, spread=float(spread))
        for modes in (3, 5, 7)
        for spread in (10, 30, 50)
    },
    "xstyle": scattered,
    **{f"xstyle-{customers}": partial(scattered, customers=customers) for customers in get_args(Customers)},
}
"""By name: the eleven distributions of Zhou et al. (2023), and those of Uchoa et al. (2017), by their customers."""


def drawing(places: str | Places) -> Places:
    """The function that a name of ``PLACES`` stands for, or the function itself.

    Raises:
        InstanceError: if the name is unknown.
    """
    if callable(places):
        return places
    if places not in PLACES:
        raise InstanceError(f"places is {places!r}, must be one of {', '.join(PLACES)}")
    return PLACES[places]
