"""Values of vehicle types, looked up by the door that a route leaves from."""

import torch
from jaxtyping import Shaped
from torch import Tensor

from routewright.envs.shapes import Node


class ByDoor:
    """A value of each door of each instance; where all doors of an instance agree, no step looks anything up.

    Args:
        values: of each door.
    """

    def __init__(self, values: Shaped[Tensor, "batch doors ..."]) -> None:
        first = values[:, :1]
        self._agreed = first if bool((values == first).all()) else None
        self._flat = values.flatten(0, 1)
        self._first = torch.arange(values.shape[0], device=values.device)[:, None] * values.shape[1]

    def at(self, door: Node) -> Shaped[Tensor, " batch #starts ..."]:
        """Those of ``door``, [B, S, ...]; or [B, 1, ...] where doors agree. To be read only."""
        if self._agreed is not None:
            return self._agreed
        picked = self._flat.index_select(0, (self._first + door).flatten())
        return picked.view(*door.shape, *self._flat.shape[1:])
