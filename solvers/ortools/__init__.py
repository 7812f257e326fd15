"""OR-Tools' routing library: guided local search (Voudouris & Tsang 1999) from a quick first solution.

An iteration is a solution that the library reports: the first one and each local optimum of the
guided search. Limits other than that on the wall are looked at between two iterations, which is
also when Ctrl-C is heard. The library draws no random numbers; a seed other than 0 shuffles the
clients, which breaks ties differently.
"""

from routewright.solvers.ortools.run import prepare, run, version
from routewright.solvers.ortools.supports import supports

__all__ = ["prepare", "run", "supports", "version"]
