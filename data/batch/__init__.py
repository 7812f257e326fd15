"""Instances as one batch of tensors, and actions back as solutions."""

from routewright.data.batch.actions import to_actions, to_solution
from routewright.data.batch.features import features
from routewright.data.batch.fields import to_tensordict
from routewright.data.batch.support import unsupported

__all__ = ["features", "to_actions", "to_solution", "to_tensordict", "unsupported"]
