"""The units that an instance is measured by.

Places are taken from the lower left corner and divided by the instance's extent, distances and times by units that
correspond to it, loads by the largest capacity.
"""

from dataclasses import dataclass

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import UnsupportedError
from routewright.data.generators.attributes import MEAN_DISTANCE


@dataclass(frozen=True, eq=False)
class Frame:
    """What features are measured by.

    Legend: B instances, N nodes, the first D of which are doors (depots with what their vehicles can), K load
    dimensions, S starts.

    Attributes:
        real: [B, N] bool nodes that are no padding, or None where there is no padding.
        coords: [B, N, 2] in units of the extent, from the lower left corner.
        distance, time: [B, 1] units.
        capacity: [B, D, K] of the vehicles of each door.
        largest: [B, K] largest finite capacity, or inf.
        limit: [B, D] longest distance of a route.
        clients, required: [B, 1] how many there are, at least 1.
        loaded, timed, spanned, few, min_max: [B, 1] 1 where the instance itself, whatever its batch, has a capacity
            that can be exceeded, windows, a longest time, a fleet that may be too small, and the longest route as
            objective.
        opened: [B, D] whether routes end at their last client.
        first_door: [B, 1] index of each row's first door among those of all rows.
    """

    real: Tensor | None
    coords: Tensor
    distance: Tensor
    time: Tensor
    capacity: Tensor
    largest: Tensor
    limit: Tensor
    clients: Tensor
    required: Tensor
    loaded: Tensor
    timed: Tensor
    spanned: Tensor
    few: Tensor
    min_max: Tensor
    opened: Tensor
    first_door: Tensor

    @property
    def n_doors(self) -> int:
        """D."""
        return self.capacity.shape[1]


def frame(batch: TensorDict) -> Frame:
    """Units and limits of a batch.

    Raises:
        UnsupportedError: if vehicles of the batch may reload, of which policies know nothing.
    """
    if "reloads" in batch:
        raise UnsupportedError("policies do not know several trips: max_trips=1 makes vehicles do without reloads")
    clients: Tensor = batch["clients"]
    size, doors = batch["vehicles"].shape
    real, coords = real_nodes(batch), batch["coords"]
    low = coords.masked_fill(~real[..., None], torch.inf).amin(1, keepdim=True)
    placed = ((coords - low) / batch["unit"][:, None, None]).masked_fill(~real[..., None], 0.0)
    distance, time = _units(batch, placed, real)
    capacity = batch["capacity"]
    padded = ~real_doors(batch)
    bounded = capacity.masked_fill(capacity.isinf() | padded[..., None], 0.0).amax(1)
    return Frame(
        real=None if bool(real.all()) else real,
        coords=placed,
        distance=distance,
        time=time,
        capacity=capacity,
        largest=torch.where(bounded > 0, bounded, torch.inf),
        limit=batch["max_distance"],
        clients=clients.sum(-1, keepdim=True).clamp(min=1),
        required=batch["required"].sum(-1, keepdim=True).clamp(min=1),
        **_rules(batch, capacity, padded),
        opened=batch["open"],
        first_door=(torch.arange(size, device=clients.device) * doors)[:, None],
    )


def real_nodes(batch: TensorDict) -> Tensor:
    """[B, N] bool, which nodes are no padding."""
    real: Tensor = batch["clients"].clone()
    real[:, : batch["vehicles"].shape[1]] = real_doors(batch)
    if "stations" in batch:
        real[:, real.shape[1] - batch["stations"].shape[1] :] = batch["stations"]
    return real


def first_profile(batch: TensorDict, name: str) -> Tensor:
    """``distances`` or ``durations`` [B, N, N]; of the first profile where vehicle types differ."""
    matrix: Tensor = batch[name]
    return matrix if matrix.dim() == 3 else matrix[:, 0]


def _rules(batch: TensorDict, capacity: Tensor, padded: Tensor) -> dict[str, Tensor]:
    """Which rules each instance has, [B, 1] numbers; those of the batch's mates must not matter to it."""
    loads = (batch["delivery"] + batch["pickup"].abs()).sum(1)[:, None]
    shift, windows = batch["shift"], batch["windows"]
    found = {
        "loaded": ((loads > capacity).any(-1) & ~padded).any(-1),
        "timed": windows[..., 1].isfinite().any(-1) | (shift[..., 1].isfinite() & ~padded).any(-1),
        "spanned": (batch["max_duration"].isfinite() & ~padded).any(-1),
        "few": ((batch["vehicles"] < batch["clients"].sum(-1, keepdim=True)) & ~padded).any(-1),
        "min_max": batch["max_route"],
    }
    return {name: flag[:, None].to(capacity.dtype) for name, flag in found.items()}


def real_doors(batch: TensorDict) -> Tensor:
    """[B, D] bool, which doors are no padding."""
    doors = torch.arange(batch["vehicles"].shape[1], device=batch["clients"].device)
    real: Tensor = doors < batch["doors"][:, None]
    return real


def _units(batch: TensorDict, placed: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
    """Units [B, 1] of distance and of time.

    Matrices are compared with the plane: the units make the mean way as long as that between coordinates in units of
    the extent, so that rounded distances are measured like exact ones and kilometres like metres.
    """
    distance = batch["unit"][:, None]
    if "distances" in batch:
        distance = _matching(first_profile(batch, "distances"), placed, real)
    if "durations" in batch:
        return distance, _matching(first_profile(batch, "durations"), placed, real)
    return distance, distance / batch["speed"][:, :1]


def _matching(matrix: Tensor, placed: Tensor, real: Tensor) -> Tensor:
    pairs = real[:, :, None] & real[:, None, :]
    plane = (placed[:, :, None] - placed[:, None]).square().sum(-1).sqrt()
    number = pairs.sum((1, 2))
    mean, usual = (each.masked_fill(~pairs, 0.0).sum((1, 2)) / number for each in (matrix, plane))
    usual = torch.where(usual > 0, usual, MEAN_DISTANCE)
    unit = mean / usual
    return torch.where(unit > 0, unit, 1.0)[:, None]


def finite(value: Tensor) -> Tensor:
    """With 0 instead of numbers that are not finite, which say that there is no such limit."""
    return value.nan_to_num(nan=0.0, posinf=0.0, neginf=0.0)
