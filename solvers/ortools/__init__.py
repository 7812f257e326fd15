"""OR-Tools' routing library: guided local search (Voudouris & Tsang 1999) from a quick first solution.

An iteration is a solution that the library reports: the first one and each local optimum of the
guided search. Without a limit on time a run that finds nothing gives up after two million steps of
the library. The library draws no random numbers; a seed other than 0 shuffles the
clients, which breaks ties differently.
"""

from routewright.solvers.ortools.running import prepare, run, version
from routewright.solvers.ortools.supports import supports

__all__ = ["prepare", "run", "supports", "version"]
