"""Any mixture of the 48 combinations of attributes (Berto et al. 2024), drawn on the device.

The recipe is that of ``data/generators/attributes.py``, where its source and what is different here are told. Only
the delivery that each classic backhaul has of its own is looked for in a way that a device can follow: not by
matching, but among the ``TRIES`` clients before it in number, which are random ones.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import InstanceError
from routewright.data.generators.attributes import (
    BACKHAULS,
    DEPOTS,
    HORIZON,
    LARGEST_LOAD,
    LONGEST,
    SERVICE,
    VARIANTS,
    WIDTH,
    Attributes,
    attributes,
)
from routewright.data.generators.uniform import usual_capacity
from routewright.envs.generators.neutral import neutral
from routewright.envs.generators.places import PLACES, Places

TRIES = 40
"""Deliveries looked at for each backhaul: with windows, one pair in seven fits."""


class Flags(NamedTuple):
    """Attributes of each row, [B] bool."""

    depots: Tensor
    open: Tensor
    classic: Tensor
    mixed: Tensor
    limit: Tensor
    windows: Tensor


class Ways(NamedTuple):
    """Distances, which are times too."""

    home: Tensor  # [B, D, n] between depots and clients
    farthest: Tensor  # [B, n] of ``home``, over the depots that a row has
    places: Tensor  # [B, n, 2] of clients


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
        variants: names such as VRPTW or MDOVRPMBLTW; ``VARIANTS`` are all of them.
        places: how coordinates are drawn: a name of ``PLACES``, or a function.
        capacity: of a vehicle; None is what papers use for n.
        depots: where a variant has several.

    Returns:
        A batch as ``to_tensordict`` makes them, and ``variant`` [B] int64, the place of each row in ``VARIANTS``.

    Raises:
        InstanceError: if a name is unknown.
    """
    wanted = [attributes(name) for name in variants]
    if not wanted:
        raise InstanceError("variants is empty, must name at least one")
    device = generator.device
    doors = depots if any(each.depots for each in wanted) else 1
    chosen = torch.randint(len(wanted), (batch,), generator=generator, device=device)
    drawn = neutral(_draw(places)(batch, doors + n, generator), doors)
    flags = _flags(wanted, chosen)
    drawn["depots"] = torch.where(flags.depots, doors, 1)
    drawn["vehicles"][torch.arange(doors, device=device) >= drawn["depots"][:, None]] = 0.0
    drawn["capacity"][:] = usual_capacity(n) if capacity is None else capacity
    drawn["open"], drawn["classic"] = flags.open, flags.classic
    numbers = torch.tensor([VARIANTS.index(each.name) for each in wanted], device=device)
    drawn["variant"] = numbers[chosen]
    _fill(drawn, flags, _ways(drawn, doors), generator)
    return drawn


def _draw(places: str | Places) -> Places:
    if callable(places):
        return places
    if places not in PLACES:
        raise InstanceError(f"places is {places!r}, must be one of {', '.join(PLACES)}")
    return PLACES[places]


def _flags(wanted: Sequence[Attributes], chosen: Tensor) -> Flags:
    columns = zip(
        *((a.depots, a.open, a.backhaul == "classic", a.backhaul == "mixed", a.limit, a.windows) for a in wanted),
        strict=True,
    )
    return Flags(*(torch.tensor(column, device=chosen.device)[chosen] for column in columns))


def _ways(drawn: TensorDict, doors: int) -> Ways:
    depots, clients = drawn["coords"][:, :doors], drawn["coords"][:, doors:]
    home = torch.cdist(depots, clients)
    real = torch.arange(doors, device=home.device)[:, None] < drawn["depots"][:, None, None]
    return Ways(home, home.masked_fill(~real, 0.0).amax(1), clients)


def _fill(drawn: TensorDict, flags: Flags, ways: Ways, generator: torch.Generator) -> None:
    """Write loads, windows and limits."""
    device = generator.device
    batch, doors, n = ways.home.shape

    def between(low: float | Tensor, high: float | Tensor, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand((batch, *shape), generator=generator, device=device)

    loads = torch.randint(1, LARGEST_LOAD + 1, (batch, n), generator=generator, device=device).to(ways.home.dtype)
    lots = torch.rand((batch, n), generator=generator, device=device)
    service, width = between(*SERVICE, n), between(*WIDTH, n)
    last = HORIZON - service - width - ways.farthest
    opens = ways.farthest + torch.rand((batch, n), generator=generator, device=device) * (last - ways.farthest).clamp(0)
    least = 2.0 * ways.farthest.amax(-1)
    limit = torch.where(flags.limit, between(least, least.clamp(min=LONGEST)), torch.inf)
    closes = opens + width

    timed = flags.windows[:, None]
    windows = torch.stack([opens, closes], dim=-1)
    drawn["windows"][:, doors:] = torch.where(timed[..., None], windows, drawn["windows"][:, doors:])
    drawn["windows"][:, :doors, 1] = torch.where(timed, HORIZON, torch.inf)
    drawn["service"][:, doors:] = torch.where(timed, service, 0.0)
    drawn["max_distance"] = limit

    stay = torch.where(timed, service, 0.0)[:, None]
    leave = torch.maximum(ways.home, torch.where(timed, opens, 0.0)[:, None]) + stay
    late = torch.where(timed, closes, torch.inf)
    classic = _accompanied(lots < BACKHAULS["classic"], ways, leave, late, limit, drawn["depots"])
    gives = torch.where(flags.classic[:, None], classic, lots < BACKHAULS["mixed"])
    gives &= (flags.classic | flags.mixed)[:, None]
    drawn["delivery"][:, doors:, 0] = torch.where(gives, 0.0, loads)
    drawn["pickup"][:, doors:, 0] = torch.where(gives, loads, 0.0)


def _accompanied(gives: Tensor, ways: Ways, leave: Tensor, late: Tensor, limit: Tensor, depots: Tensor) -> Tensor:
    """Those who give, [B, n], for whom a delivery of their own is found that a route can serve before them."""
    doors, n = ways.home.shape[1:]
    real = torch.arange(doors, device=late.device)[:, None] < depots[:, None, None]
    free, found = ~gives, torch.zeros_like(gives)
    for step in range(1, min(TRIES, n - 1) + 1):
        # Clients and those so many places before them: everyone stands once on either side.
        before = ways.places.roll(step, 1)
        way = (before - ways.places).norm(dim=-1)[:, None]
        in_time = leave.roll(step, -1) + way <= late[:, None]
        near = ways.home.roll(step, -1) + way + ways.home <= limit[:, None, None]
        match = gives & ~found & free.roll(step, 1) & (in_time & near & real).any(1)
        found |= match
        free &= ~match.roll(-step, 1)
    return found
