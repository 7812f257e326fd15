"""What a solver does before the clock starts."""

from routewright.data.instance import Instance
from routewright.solvers.stop import Stop


def prepare(solver: object, instance: Instance, stop: Stop) -> None:
    """Let ``solver`` import and compile what it will need under these limits, if it has such a ``prepare``."""
    own = getattr(solver, "prepare", None)
    if own is not None:
        own(instance, stop)
