"""Costs that no solution can beat, without looking for solutions."""

from typing import NamedTuple

from routewright.data.errors import UnsupportedError
from routewright.data.instance import Instance
from routewright.solvers.exact.routes import Proof
from routewright.solvers.exact.solver import prepare
from routewright.solvers.exact.support import beyond_routes, is_tour
from routewright.solvers.exact.tours import longest_tree
from routewright.solvers.interrupt import interruptible
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop


class Bound(NamedTuple):
    """A bound on the reported cost of all solutions.

    Attributes:
        cost: that none of them beats; None where there was no time for a bound.
        method: in words.
        seconds: by the clock.
    """

    cost: float | None
    method: str
    seconds: float


def lower_bound(instance: Instance, *, time_limit: float = 10.0) -> Bound:
    """The best bound in a time.

    Tours are bounded by 1-trees with penalties (Held & Karp 1970), and by assignments where ways differ there and back:
    mostly less than 1 % below the best tour. Routes of equal vehicles are bounded by a linear program over ng-routes
    with rounded capacity cuts: mostly 0 to 3 % below the best solution.

    Args:
        instance: the problem.
        time_limit: seconds by the clock.

    Raises:
        UnsupportedError: if neither fits, with the reasons.
    """
    tour = is_tour(instance)
    reasons = [] if tour else beyond_routes(instance)
    if reasons:
        raise UnsupportedError(f"no bound is known for {', '.join(reasons)}")
    stop = Stop(wall=time_limit)
    prepare(instance, stop)
    monitor = Monitor(stop)
    with interruptible(monitor):
        if tour:
            return Bound(longest_tree(instance, monitor).cost, "1-trees", monitor.wall())
        return Bound(Proof(instance, monitor, None).root(), "ng-routes with capacity cuts", monitor.wall())
