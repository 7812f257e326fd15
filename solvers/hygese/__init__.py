"""HGS-CVRP (Vidal 2022, Computers & Operations Research 140) through the package hygese.

It minimises distance under a capacity and, at most, one limit on distance or duration. It tells of nothing on the way,
counts no iterations, and its limit is a CPU clock: on a busy machine it ends late by the clock on the wall.
"""

from routewright.solvers.hygese.running import absent, run, version
from routewright.solvers.hygese.supports import supports

__all__ = ["absent", "run", "supports", "version"]
