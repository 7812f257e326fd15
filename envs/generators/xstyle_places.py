"""Where depots and clients of X-style instances stand (Uchoa et al. 2017, sections 4.1 and 4.2), on the device.

The recipe is that of ``data/generators/xstyle_places.py``. There, places of the whole grid are accepted by the sum of
2^(-d / 40) over their distances to all seeds. Here a client picks a seed and a way off it, of density 2^(-d / 40),
which is the same mixture, and no row waits for the last client of another one: each tries ``TRIES`` places for each
client, ``SPARE`` more, and takes the first that are on the grid and free. Should those not be enough, which takes
thousands of clients in a corner, some clients share a place.
"""

from math import log
from typing import get_args

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from routewright.data.errors import InstanceError
from routewright.data.generators.options import one_of, whole
from routewright.data.generators.xstyle import CLUSTERS, MOST_CLIENTS
from routewright.data.generators.xstyle_places import DECAY, GRID, Customers, Depot

TRIES = 6
"""A seed in a corner keeps a quarter of them."""
SPARE = 64
NOWHERE = -1


def scattered(
    batch: int,
    points: int,
    generator: torch.Generator,
    *,
    depot: Depot | None = None,
    customers: Customers | None = None,
    clusters: int | None = None,
) -> Float[Tensor, "{batch} {points} 2"]:
    """A depot and clients of X-style instances, scaled to the unit square; see ``xstyle`` for the options.

    Where a variant has several depots, the others stand where clients might.
    """
    return grid_places(batch, points, generator, depot=depot, customers=customers, clusters=clusters) / GRID


def grid_places(
    batch: int,
    points: int,
    generator: torch.Generator,
    *,
    depot: Depot | None,
    customers: Customers | None,
    clusters: int | None,
) -> Float[Tensor, "{batch} {points} 2"]:
    """A depot and clients in random order, whole numbers 0 … 1000; all places of a row differ.

    Raises:
        InstanceError: if there is no client, or an option is out of range.
    """
    whole("batch", batch, least=1)
    n = points - 1
    whole("n", n, least=1, most=MOST_CLIENTS)
    home = _depot(either("depot", depot, get_args(Depot), batch, generator), generator)
    kind = either("customers", customers, get_args(Customers), batch, generator)
    seeds = _clusters(n, kind, customers, clusters, generator)
    spread = torch.randint((GRID + 1) ** 2, (batch, n + n // 10 + SPARE), generator=generator, device=generator.device)
    found = _first(torch.cat([home, spread], 1), n)
    if customers != "random":
        alone = _by_customers(kind, {"random": n, "clustered": 0, "random-clustered": n // 2})
        column = torch.arange(n, device=generator.device)
        own = torch.where(column < (alone + seeds)[:, None], found, NOWHERE)  # seeds first, which are clients too
        found = _first(torch.cat([home, own, _near(found, seeds, n, generator)], 1), n)
    order = torch.rand((batch, n), generator=generator, device=generator.device).argsort(1)
    key = torch.cat([home, found.gather(1, order)], 1)
    return torch.stack([key // (GRID + 1), key % (GRID + 1)], dim=-1).to(torch.get_default_dtype())


def either(
    name: str, wanted: str | None, choices: tuple[str, ...], batch: int, generator: torch.Generator
) -> Int64[Tensor, " {batch}"]:
    """What each row has, as places in ``choices``: all the wanted one, or each drawn.

    Raises:
        InstanceError: if the wanted one is none of them.
    """
    if wanted is None:
        return torch.randint(len(choices), (batch,), generator=generator, device=generator.device)
    one_of(name, wanted, choices)
    return torch.full((batch,), choices.index(wanted), device=generator.device)


def _depot(kind: Tensor, generator: torch.Generator) -> Tensor:
    """Key [B, 1] of its place: central, eccentric or random."""
    drawn = torch.randint((GRID + 1) ** 2, kind.shape, generator=generator, device=kind.device)
    central, eccentric, _ = (kind == place for place in range(3))
    return drawn.masked_fill(central, _key(GRID // 2, GRID // 2)).masked_fill(eccentric, 0)[:, None]


def _clusters(n: int, kind: Tensor, customers: str | None, wanted: int | None, generator: torch.Generator) -> Tensor:
    """Seeds [B] of each row, 0 where clients are random."""
    room = {"random": 0, "clustered": n, "random-clustered": n - n // 2}  # seeds are clients themselves
    if wanted is None:
        fewest, most = CLUSTERS
        drawn = torch.randint(fewest, most + 1, kind.shape, generator=generator, device=kind.device)
        return torch.minimum(drawn, _by_customers(kind, room))
    if customers is None or not room[customers]:
        raise InstanceError(f"clusters is {wanted}: give customers clustered or random-clustered with it")
    whole("clusters", wanted, least=1, most=room[customers])
    return torch.full_like(kind, wanted)


def _near(places: Tensor, seeds: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """Keys [B, M] around the first ``seeds`` [B] of ``places`` [B, n]; nowhere if off the grid."""
    tries = (len(places), TRIES * n + SPARE)
    which, first, second, turn = torch.rand((4, *tries), generator=generator, device=places.device).unbind()
    seed = places.gather(1, (which * seeds[:, None]).long())
    # In the plane, distances have density d 2^(-d / 40): the sum of two exponential variables.
    away = -(torch.log1p(-first) + torch.log1p(-second)) * (DECAY / log(2))
    turn = turn * (2 * torch.pi)
    x = (seed // (GRID + 1) + away * turn.cos()).round().long()
    y = (seed % (GRID + 1) + away * turn.sin()).round().long()
    inside = (x >= 0) & (x <= GRID) & (y >= 0) & (y <= GRID)
    return torch.where(inside, x * (GRID + 1) + y, NOWHERE)


def _first(keys: Tensor, count: int) -> Tensor:
    """The first different keys [B, count] of each row of ``keys`` [B, M], of which the very first is the depot's."""
    ordered = keys.sort(dim=1, stable=True)
    repeats = torch.zeros_like(keys).scatter(1, ordered.indices[:, 1:], ordered.values.diff(dim=1).eq(0).long())
    rank = repeats.masked_fill(keys == NOWHERE, 2)
    rank[:, 0] = 2
    return keys.gather(1, rank.argsort(dim=1, stable=True)[:, :count]).clamp(min=0)


def _by_customers(kind: Tensor, numbers: dict[str, int]) -> Tensor:
    return torch.tensor([numbers[name] for name in get_args(Customers)], device=kind.device)[kind]


def _key(x: int, y: int) -> int:
    return x * (GRID + 1) + y
