"""Tours of one vehicle by Lin-Kernighan steps: see ``solver`` for the recipe."""

from routewright.solvers.lk.solver import prepare, run
from routewright.solvers.lk.support import reasons_against as supports
from routewright.solvers.search import version

__all__ = ["prepare", "run", "supports", "version"]
