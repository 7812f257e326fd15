"""The seven demand distributions of X-style instances (Uchoa et al. 2017, section 4.3), on the device."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from routewright.data.generators.xstyle_demands import DEMANDS, RANGES, SMALL_SHARE
from routewright.data.generators.xstyle_places import GRID

LOW_HALF, SMALL, LARGE = (1, 50), (1, 10), (50, 100)


def demands(
    kind: Int64[Tensor, " batch"], clients: Float[Tensor, "batch clients 2"], generator: torch.Generator
) -> Float[Tensor, "batch clients"]:
    """Whole demands of clients on the grid, by each row's place in ``DEMANDS``."""
    batch, n, _ = clients.shape
    device, dtype = clients.device, clients.dtype
    spans = RANGES | {"quadrant": LOW_HALF, "small-large": SMALL}
    low, high = torch.tensor([spans[name] for name in DEMANDS], device=device, dtype=dtype)[kind, :, None].unbind(1)
    large = _few(batch, n, generator) & (kind == DEMANDS.index("small-large"))[:, None]
    low, high = torch.where(large, LARGE[0], low), torch.where(large, LARGE[1], high)
    lots = torch.rand((batch, n), generator=generator, device=device, dtype=dtype)
    drawn = low + (lots * (high - low + 1)).floor()
    far = clients >= GRID / 2
    odd = (far[..., 0] == far[..., 1]) & (kind == DEMANDS.index("quadrant"))[:, None]  # lower left and upper right
    return torch.where(odd, drawn + LOW_HALF[1], drawn)


def _few(batch: int, n: int, generator: torch.Generator) -> Tensor:
    """[B, n] bool, 5 to 30 % of the clients."""
    least, most = SMALL_SHARE
    share = least + (most - least) * torch.rand((batch, 1), generator=generator, device=generator.device)
    rank = torch.rand((batch, n), generator=generator, device=generator.device).argsort(1).argsort(1)
    return rank >= (share * n).round()
