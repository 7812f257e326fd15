"""The recipe of the X instances (Uchoa et al. 2017), many at once on the device."""

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.generators.options import between
from routewright.data.generators.xstyle import ROUTE_SIZE
from routewright.data.generators.xstyle_demands import DEMANDS, Demand
from routewright.data.generators.xstyle_places import Customers, Depot
from routewright.envs.generators.neutral import neutral
from routewright.envs.generators.xstyle_demands import demands
from routewright.envs.generators.xstyle_places import either, grid_places


def xstyle(
    batch: int,
    n: int,
    generator: torch.Generator,
    *,
    depot: Depot | None = None,
    customers: Customers | None = None,
    demand: Demand | None = None,
    route_size: float | None = None,
    clusters: int | None = None,
    rounded: bool = True,
) -> TensorDict:
    """CVRPs on the 1000 x 1000 grid; whatever is None is drawn for each row by itself.

    The recipe is that of ``data/generators/xstyle.py``, where its sources are told.

    Args:
        batch: number of instances.
        n: clients of each.
        generator: of all random numbers; the instances are made on its device.
        depot: central (500, 500), eccentric (0, 0) or random.
        customers: random, clustered, or random-clustered, half of each.
        demand: unit, 1-10, 5-10, 1-100, 50-100, quadrant or small-large.
        route_size: r, the desired clients per route; None: triangular between 3 and 25, mode 6.
        clusters: S, seeds that clustered clients gather around; None: 3 … 8; given only with clustered customers.
        rounded: distances to the nearest whole number, as in the published instances, which are written out as
            matrices; without, they are computed from coordinates.

    Returns:
        A batch as ``to_tensordict`` makes them, of capacity ceil(r * sum of demands / n), or the largest demand where
        that is more.

    Raises:
        InstanceError: if an option is out of range.
    """
    coords = grid_places(batch, n + 1, generator, depot=depot, customers=customers, clusters=clusters)
    kind = either("demand", demand, DEMANDS, batch, generator)
    load = demands(kind, coords[:, 1:], generator)
    drawn = neutral(coords)
    drawn["delivery"][:, 1:, 0] = load
    drawn["capacity"][:, 0, 0] = _capacity(load, _route_size(batch, n, route_size, generator))
    if rounded:
        drawn["distances"] = (_ways(coords) + 0.5).floor()
        drawn["exact"][:] = True
    return drawn


def _route_size(batch: int, n: int, wanted: float | None, generator: torch.Generator) -> Tensor:
    """Of each row, [B] float64."""
    if wanted is not None:
        between("route_size", wanted, 1.0, float(n))
        return torch.full((batch,), wanted, dtype=torch.float64, device=generator.device)
    least, mode, most = ROUTE_SIZE
    lot = torch.rand((batch,), generator=generator, dtype=torch.float64, device=generator.device)
    rising = least + (lot * (most - least) * (mode - least)).sqrt()
    falling = most - ((1 - lot) * (most - least) * (most - mode)).sqrt()
    return torch.where(rising < mode, rising, falling).round(decimals=2).clamp(max=n)


def _capacity(load: Tensor, size: Tensor) -> Tensor:
    """Q [B] of section 4.4 for ``load`` [B, n], in double precision as whole numbers are wanted."""
    wanted = (size * load.double().sum(1) / load.shape[1]).ceil()
    return torch.maximum(load.amax(1), wanted.to(load.dtype))


def _ways(coords: Tensor) -> Tensor:
    x, y = ((axis[:, :, None] - axis[:, None, :]).square_() for axis in coords.unbind(-1))
    return x.add_(y).sqrt_()
