"""VROOM (Vehicle Routing Open-source Optimization Machine) through the package pyvroom.

It plans once, with local search whose depth is ``exploration`` (1 to 5), and does not go on for as long as there is
time: it mostly ends long before its limit. It draws no random numbers, tells of nothing on the way and counts no
iterations. ``vroom:exploration=2`` sets the depth.
"""

from routewright.solvers.vroom.running import absent, run, version
from routewright.solvers.vroom.supports import supports

__all__ = ["absent", "run", "supports", "version"]
