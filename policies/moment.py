"""What a decoder is asked at one step: little enough to be kept for all steps of an episode."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int64
from torch import Tensor


class Moment(NamedTuple):
    """A query of each start; Q of them where steps were put side by side."""

    node: Int64[Tensor, "batch queries"]  # where the vehicle is
    origin: Int64[Tensor, "batch queries"] | None  # depot that its route began at; None where there is one depot
    context: Float[Tensor, "batch queries features"]
    mask: Bool[Tensor, "batch queries nodes"]  # actions that may come next


def side_by_side(moments: Sequence[Moment]) -> Moment:
    """T moments of S queries as one of S * T: all steps of a start follow each other."""

    def joined(parts: Sequence[Tensor]) -> Tensor:
        return torch.stack(tuple(parts), dim=2).flatten(1, 2)

    origins = [moment.origin for moment in moments if moment.origin is not None]
    return Moment(
        joined([moment.node for moment in moments]),
        joined(origins) if origins else None,
        joined([moment.context for moment in moments]),
        joined([moment.mask for moment in moments]),
    )
