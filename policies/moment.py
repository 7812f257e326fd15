"""What a decoder is asked at one step: little enough to be kept for all steps of an episode."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor


class Moment(NamedTuple):
    """A query of each start; Q of them where steps were put side by side."""

    node: Tensor  # [B, Q] int64 where the vehicle is
    origin: Tensor | None  # [B, Q] int64 depot that its route began at; None where there is one depot
    context: Tensor  # [B, Q, features]
    mask: Tensor  # [B, Q, N] bool actions that may come next


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
