"""A policy begins, the search goes on.

Routes of a policy and routes of savings (of insertion where windows or vehicles matter) are polished to local optima
of the classical moves; the better ones are where the search starts. An iteration is one ruin and recreate of the
search; the policy's episodes are not counted.

Many instances at once share one clock. The usual starts of all come first; on a CPU the policy plays those that
they leave unsolved, on a GPU all. What is left of the time is the same for each. A policy that does not end an
episode in its share of the time is done without.

``hybrid:NAME`` names a policy as ``neural:NAME`` does.
"""

from routewright.solvers.hybrid.solver import Hybrid

_any = Hybrid()
supports, version, prepare, run = _any.supports, _any.version, _any.prepare, _any.run
together, run_together = _any.together, _any.run_together
configured = Hybrid

__all__ = ["configured", "prepare", "run", "run_together", "supports", "together", "version"]
