"""Tours by the package fast-tsp: Or-opt on nearest neighbours with perturbations, for one vehicle that serves all.

It tells of nothing on the way, counts no iterations, draws random numbers of its own, and its limit is the clock on
the wall. It keeps distances in 16 bits: where they are not whole or larger than 65,535 it sees them scaled and
rounded.
"""

from routewright.solvers.fasttsp.running import absent, run, supports, version

__all__ = ["absent", "run", "supports", "version"]
