"""The same instances seen from other sides: whatever moves the plane leaves distances as they are."""

from collections.abc import Sequence

import torch
from jaxtyping import Int64
from tensordict import TensorDict
from torch import Tensor

from routewright.policies.frame import real_nodes


def eightfold(batch: TensorDict, sides: Sequence[int] = range(8)) -> TensorDict:
    """Flips and quarter turns of the bounding box: Kwon et al. (2020, POMO), table 1.

    Args:
        batch: instances.
        sides: which of the eight; 0 leaves an instance as it is.

    Returns:
        A batch of a row for each instance and side, those of an instance next to each other.
    """
    which = torch.tensor(sides, device=batch["coords"].device)
    return from_side(repeated(batch, len(sides)), which.repeat(batch.batch_size[0]))


def from_side(batch: TensorDict, sides: Int64[Tensor, " batch"]) -> TensorDict:
    """Each instance from one of the eight sides, a new batch."""
    low, high = _corners(batch)
    bits = sides[:, None, None] & torch.tensor([1, 2], device=sides.device) > 0
    seen = torch.where(bits, low + high - batch["coords"], batch["coords"])
    turned = batch.copy()
    turned["coords"] = torch.where((sides & 4 > 0)[:, None, None], seen.flip(-1), seen)
    return turned


def rotated(batch: TensorDict, times: int, generator: torch.Generator) -> TensorDict:
    """Random turns around the middle of each instance.

    Args:
        batch: instances.
        times: rows of each instance; the first is as it was.
        generator: of the angles, on the device of the batch.

    Returns:
        A batch of ``times`` B rows, those of an instance next to each other; ``unit`` is the new extent.
    """
    many = repeated(batch, times)
    low, high = _corners(many)
    middle = (low + high) / 2
    size, device, dtype = many.batch_size[0], middle.device, middle.dtype
    angle = torch.rand(size, generator=generator, device=device, dtype=dtype) * (2 * torch.pi)
    turn = torch.stack([angle.cos(), -angle.sin(), angle.sin(), angle.cos()], dim=-1).view(size, 2, 2)
    moved = torch.arange(size, device=device) % times > 0
    places = (many["coords"] - middle) @ turn + middle
    many["coords"] = torch.where(moved[:, None, None], places, many["coords"])
    low, high = _corners(many)
    extent = (high - low).amax((1, 2))
    many["unit"] = torch.where(moved & (extent > 0), extent, many["unit"])
    return many


def repeated(batch: TensorDict, times: int) -> TensorDict:
    """Each row ``times`` times, next to each other; a new batch whose fields may be replaced."""
    rows = torch.arange(batch.batch_size[0], device=batch["clients"].device).repeat_interleave(times)
    return batch[rows]


def _corners(batch: TensorDict) -> tuple[Tensor, Tensor]:
    """Lower left and upper right, [B, 1, 2] each, of the nodes that are no padding."""
    places, padded = batch["coords"], ~real_nodes(batch)[..., None]
    low = places.masked_fill(padded, torch.inf).amin(1, keepdim=True)
    return low, places.masked_fill(padded, -torch.inf).amax(1, keepdim=True)
