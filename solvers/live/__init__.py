"""A plan that is under way: see ``day``."""

from routewright.solvers.live.changes import Changes
from routewright.solvers.live.day import LiveDay

__all__ = ["Changes", "LiveDay"]
