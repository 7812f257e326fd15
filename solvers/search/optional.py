"""Clients that may be left out: serve as many as can be, then leave out what does not pay.

To leave out one client after the other is easy; to find all clients of a route that none of them is worth is not. So
a run begins with everybody on routes, and makes these good before it asks what they are worth.
"""

from dataclasses import replace

import numpy as np

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import COOLING, Pace, Span, mean_arc
from routewright.solvers.search.kernel.model import FAR, Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.session import begun

SHARE = 0.15
"""Of a run, until leaving out is allowed."""
ENOUGH = 200
"""Iterations per client after which it is allowed in any case."""


def with_everybody(model: Model, start: Nodes, monitor: Monitor, seed: int) -> tuple[Nodes, int]:
    """Routes annealed for a while as if everybody had to be served, and iterations; ``start`` where everybody has."""
    if not model.has_optional:
        return start, 0
    everybody = replace(model, problem=model.problem._replace(prize=np.full_like(model.problem.prize, FAR)))
    session = begun(everybody, seed, start)
    unit, pace, span, done = mean_arc(session), Pace(monitor), Span(monitor, 0, SHARE), 0
    most = ENOUGH * model.n_visits
    while done < most and not monitor.done(done) and (share := span.share(done, most)) < 1.0:
        done += pace.run(session, done, unit * COOLING.at(share))
    return session.best_flat, done
