"""Tours by walks that a heatmap guides: see ``solver`` for the recipe."""

from routewright.solvers.mcts.solver import prepare, run, supports
from routewright.solvers.search import version

__all__ = ["prepare", "run", "supports", "version"]
