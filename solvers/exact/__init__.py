"""Answers that are proved to be the best: see ``solver``; ``lower_bound`` where a bound is enough."""

from routewright.solvers.exact.bound import Bound, lower_bound
from routewright.solvers.exact.solver import prepare, run, version
from routewright.solvers.exact.support import supports

__all__ = ["Bound", "lower_bound", "prepare", "run", "supports", "version"]
