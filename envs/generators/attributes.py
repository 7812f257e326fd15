"""The 48 combinations of attributes (Berto et al. 2024), written into batches on the device.

The recipe is that of ``data/generators/attributes.py``, where its source and what is different here are told. Only
the delivery that each classic backhaul has of its own is looked for in a way that a device can follow: not by
matching, but among the ``TRIES`` clients before it in number, which are random ones.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int64
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import InstanceError
from routewright.data.generators.attributes import (
    BACKHAULS,
    HORIZON,
    LARGEST_LOAD,
    LONGEST,
    SERVICE,
    VARIANTS,
    WIDTH,
    attributes,
)
from routewright.data.generators.options import whole
from routewright.data.generators.uniform import usual_capacity

TRIES = 40
"""Deliveries looked at for each backhaul: with windows, one pair in seven fits."""


class Flags(NamedTuple):
    """Attributes of each row, and its place in ``VARIANTS``, after whose last one tours come."""

    depots: Bool[Tensor, " batch"]
    open: Bool[Tensor, " batch"]
    classic: Bool[Tensor, " batch"]
    mixed: Bool[Tensor, " batch"]
    limit: Bool[Tensor, " batch"]
    windows: Bool[Tensor, " batch"]
    tour: Bool[Tensor, " batch"]
    variant: Int64[Tensor, " batch"]
    any_classic: bool  # whether a row may have classic backhauls


class Ways(NamedTuple):
    """How far clients are from depots, which every number of an instance is drawn from."""

    there: Float[Tensor, "batch doors clients"]  # distance from depots to clients
    back: Float[Tensor, "batch doors clients"]  # from clients to depots
    time_there: Float[Tensor, "batch doors clients"]
    time_back: Float[Tensor, "batch doors clients"]
    before: Callable[[int], tuple[Tensor, Tensor]]  # distance and time [B, n] from so many places before each client
    distance_unit: Float[Tensor, " batch"] | float = 1.0  # what a distance of 1 in the unit square corresponds to
    time_unit: Float[Tensor, " batch"] | float = 1.0


def count_depots(variants: Sequence[str], several: int) -> int:
    """Depots of a batch: ``several`` where any of the variants has more than one."""
    whole("depots", several, least=1)
    return several if any(attributes(name).depots for name in variants) else 1


def choose(variants: Sequence[str], batch: int, generator: torch.Generator) -> Flags:
    """Variants of a batch, each with equal probability.

    Raises:
        InstanceError: if a name is unknown, or there is none.
    """
    whole("batch", batch, least=1)
    wanted = [attributes(name) for name in variants]
    if not wanted:
        raise InstanceError("variants is empty, must name at least one")
    device = generator.device
    chosen = torch.randint(len(wanted), (batch,), generator=generator, device=device)
    columns = [
        [each.depots for each in wanted],
        [each.open for each in wanted],
        [each.backhaul == "classic" for each in wanted],
        [each.backhaul == "mixed" for each in wanted],
        [each.limit for each in wanted],
        [each.windows for each in wanted],
        [each.tour for each in wanted],
        [len(VARIANTS) if each.tour else VARIANTS.index(each.name) for each in wanted],
    ]
    depots, opened, classic, mixed, limit, windows, tour, variant = (
        torch.tensor(column, device=device)[chosen] for column in columns
    )
    any_classic = any(each.backhaul == "classic" for each in wanted)
    return Flags(depots, opened, classic, mixed, limit, windows, tour, variant, any_classic)


def write(drawn: TensorDict, flags: Flags, ways: Ways, capacity: int | None, generator: torch.Generator) -> None:
    """Write depots, loads, windows and limits into neutral instances.

    Args:
        drawn: changed in place.
        flags: attributes of each row.
        ways: between depots and clients.
        capacity: of a vehicle; None is what papers use.
        generator: of all random numbers.

    Raises:
        InstanceError: if a vehicle cannot carry every client's load.
    """
    device, dtype = drawn.device, ways.there.dtype
    batch, doors, n = ways.there.shape
    load = usual_capacity(n) if capacity is None else capacity
    whole("capacity", load, least=LARGEST_LOAD)
    drawn["doors"] = torch.where(flags.depots, doors, 1)
    real = torch.arange(doors, device=device)[:, None] < drawn["doors"][:, None, None]  # [B, D, 1]
    drawn["vehicles"].masked_fill_(~real[..., 0], 0.0)
    drawn["coords"][:, :doors].masked_fill_(~real, 0.0)
    drawn["vehicles"].masked_fill_(real[..., 0] & flags.tour[:, None], 1.0)
    drawn["capacity"][:] = torch.where(flags.tour, torch.inf, load)[:, None, None]
    drawn["open"][:] = flags.open[:, None]
    drawn["classic"], drawn["variant"] = flags.classic, flags.variant

    def between(low: float | Tensor, high: float | Tensor, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand((batch, *shape), generator=generator, device=device, dtype=dtype)

    loads = torch.randint(1, LARGEST_LOAD + 1, (batch, n), generator=generator, device=device).to(dtype)
    lots = between(0.0, 1.0, n)
    day, road = (torch.as_tensor(unit, device=device, dtype=dtype) for unit in (ways.time_unit, ways.distance_unit))
    service, width = (between(*span, n) * day[..., None] for span in (SERVICE, WIDTH))
    first = ways.time_there.masked_fill(~real, 0.0).amax(1)
    last = HORIZON * day[..., None] - service - width - ways.time_back.masked_fill(~real, 0.0).amax(1)
    opens = first + between(0.0, 1.0, n) * (last - first).clamp(min=0.0)
    closes = opens + width
    least = (ways.there + ways.back).masked_fill(~real, 0.0).amax((1, 2))
    limit = torch.where(flags.limit, between(least, torch.maximum(least, LONGEST * road)), torch.inf)

    timed = flags.windows[:, None]
    windows = torch.stack([opens, closes], dim=-1)
    drawn["windows"][:, doors:] = torch.where(timed[..., None], windows, drawn["windows"][:, doors:])
    drawn["windows"][:, :doors, 1] = torch.where(timed, HORIZON * day[..., None], torch.inf)
    drawn["service"][:, doors:] = torch.where(timed, service, 0.0)
    drawn["max_distance"][:] = limit[:, None]

    stay = torch.where(timed, service, 0.0)[:, None]
    leave = torch.maximum(ways.time_there, torch.where(timed, opens, 0.0)[:, None]) + stay
    late = torch.where(timed, closes, torch.inf)
    classic = lots < BACKHAULS["classic"]
    if flags.any_classic:
        classic = _accompanied(classic, ways, leave, late, limit, real)
    gives = torch.where(flags.classic[:, None], classic, lots < BACKHAULS["mixed"])
    gives &= (flags.classic | flags.mixed)[:, None]
    drawn["delivery"][:, doors:, 0] = torch.where(gives | flags.tour[:, None], 0.0, loads)
    drawn["pickup"][:, doors:, 0] = torch.where(gives, loads, 0.0)


def _accompanied(gives: Tensor, ways: Ways, leave: Tensor, late: Tensor, limit: Tensor, real: Tensor) -> Tensor:
    """Those who give, [B, n], for whom a delivery of their own is found that a route can serve before them."""
    n = gives.shape[1]
    free, found = ~gives, torch.zeros_like(gives)
    for step in range(1, min(TRIES, n - 1) + 1):
        # Clients and those so many places before them: everyone stands once on either side.
        distance, time = (way[:, None] for way in ways.before(step))
        in_time = leave.roll(step, -1) + time <= late[:, None]
        near = ways.there.roll(step, -1) + distance + ways.back <= limit[:, None, None]
        match = gives & ~found & free.roll(step, 1) & (in_time & near & real).any(1)
        found |= match
        free &= ~match.roll(-step, 1)
    return found
