"""Ruin-and-recreate search with compiled kernels: see ``solver`` for the recipe."""

from routewright.solvers.search.solver import run
from routewright.solvers.search.support import reasons_against as supports
from routewright.solvers.search.warm import prepare, warm

__all__ = ["prepare", "run", "supports", "version", "warm"]


def version() -> str:
    """Of Routewright."""
    from routewright import __version__

    return __version__
