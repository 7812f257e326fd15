"""The best of several episodes."""

from typing import NamedTuple

from jaxtyping import Float, Int64
from torch import Tensor

from routewright.policies.rollout import Rollout


class Decoded(NamedTuple):
    """One answer for each instance."""

    actions: Int64[Tensor, "batch steps"]  # depot 0 after the end
    cost: Float[Tensor, " batch"]  # inf where every episode failed


def best(rollout: Rollout, together: int = 1) -> Decoded:
    """The cheapest episode of each instance.

    Args:
        rollout: S episodes of each row.
        together: rows next to each other that are the same instance, as augmentation makes them.
    """
    steps = rollout.actions.shape[-1]
    cost = rollout.cost.reshape(-1, together * rollout.cost.shape[1])
    actions = rollout.actions.reshape(*cost.shape, steps)
    lowest, which = cost.min(-1)
    return Decoded(actions.take_along_dim(which[:, None, None], dim=1)[:, 0], lowest)
