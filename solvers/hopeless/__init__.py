"""Clients that no vehicle can serve, whatever the rest of the plan, and fleets that are too small.

What is said here is proven: times, distances and energy are those of shortest ways over all nodes, so
that it holds without the triangle inequality too. It is a necessary condition only; other clients
may be impossible for reasons that this does not see.
"""

from routewright.solvers.hopeless.clients import hopeless, hopeless_groups
from routewright.solvers.hopeless.fleet import shortage

__all__ = ["hopeless", "hopeless_groups", "shortage"]
