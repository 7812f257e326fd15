"""PyVRP (Wouda, Lan & Kool 2024), an iterated local search: our instances in, its routes out.

An iteration is one of its local searches. A plan that breaks a limit is not handed out; where it
finds none that does not, the answer has no routes. Its very first local search cannot be
interrupted: about half a second on 1,000 clients, some seconds on 3,000.
"""

from routewright.solvers.pyvrp.running import prepare, run, version
from routewright.solvers.pyvrp.supports import supports

__all__ = ["prepare", "run", "supports", "version"]
