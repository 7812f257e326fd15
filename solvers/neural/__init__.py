"""Trained policies (Kool et al. 2019, POMO, RouteFinder): each builds routes node by node, many times over.

An iteration is one episode, a whole set of routes. The first one takes the action with the highest score at each step.
Then every client in turn begins the first route, and the plane is seen from eight sides; after that, actions are drawn
by their probability for as long as there is time. ``checkpoints`` tells how the policy is chosen that plays an
instance; ``neural:NAME`` and ``neural:PATH`` name one. It runs on a GPU where there is one.

A step takes some milliseconds however few episodes take part, and an episode has more steps than clients: a limit that
the first episode does not keep to leaves no routes.
"""

from routewright.solvers.neural.solver import Neural

_any = Neural()
supports, version, prepare, run = _any.supports, _any.version, _any.prepare, _any.run
together, run_together = _any.together, _any.run_together
configured = Neural

__all__ = ["configured", "prepare", "run", "run_together", "supports", "together", "version"]
