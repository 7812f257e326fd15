"""A batch without any rule, for generators to write theirs into."""

import torch
from jaxtyping import Float
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import InstanceError


def neutral(coords: Float[Tensor, "batch nodes 2"], depots: int = 1) -> TensorDict:
    """Instances at ``coords``, of which the first are ``depots``: one load, no limits, unlimited fleets.

    The fields are those of ``routewright.data.batch.to_tensordict``.

    Raises:
        InstanceError: if there is no client.
    """
    batch, nodes = coords.shape[:2]
    if not 0 < depots < nodes:
        raise InstanceError(f"{depots} depots among {nodes} nodes: there must be a depot and a client")
    device, dtype = coords.device, coords.dtype

    def filled(*shape: int, value: float = 0.0) -> Tensor:
        return torch.full((batch, *shape), value, dtype=dtype, device=device)

    def flags(*shape: int, value: bool = False) -> Tensor:
        return torch.full((batch, *shape), value, dtype=torch.bool, device=device)

    clients = flags(nodes, value=True)
    clients[:, :depots] = False

    def always(*shape: int) -> Tensor:
        return torch.stack([filled(*shape), filled(*shape, value=torch.inf)], dim=-1)

    extent = (coords.amax(1) - coords.amin(1)).amax(-1)
    return TensorDict(
        {
            "clients": clients,
            "doors": torch.full((batch,), depots, dtype=torch.int64, device=device),
            "coords": coords,
            "unit": torch.where(extent > 0, extent, 1.0),
            "delivery": filled(nodes, 1),
            "pickup": filled(nodes, 1),
            "required": clients.clone(),
            "prize": filled(nodes),
            "windows": always(nodes),
            "service": filled(nodes),
            "vehicles": filled(depots, value=torch.inf),
            "capacity": filled(depots, 1, value=torch.inf),
            "max_distance": filled(depots, value=torch.inf),
            "max_duration": filled(depots, value=torch.inf),
            "shift": always(depots),
            "speed": filled(depots, value=1.0),
            "fixed_cost": filled(depots),
            "distance_cost": filled(depots, value=1.0),
            "open": flags(depots),
            "profile": torch.zeros((batch, depots), dtype=torch.int64, device=device),
            "classic": flags(),
            "max_route": flags(),
            "vehicles_first": flags(),
            "exact": flags(),
            "scale": filled(value=1.0),
        },
        batch_size=[batch],
        device=device,
    )
