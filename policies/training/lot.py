"""What one step learns from."""

from typing import NamedTuple

from tensordict import TensorDict
from torch import Tensor


class Lot(NamedTuple):
    """Instances and, where routes are imitated, these.

    Attributes:
        batch: [B] instances.
        actions: [B, S, T] to imitate.
        both_ways: [B] bool whose routes may be turned round at the same cost.
    """

    batch: TensorDict
    actions: Tensor | None = None
    both_ways: Tensor | None = None
