"""One run of PyVRP, watched by our monitor."""

import warnings
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.pyvrp.model import Model, build
from routewright.solvers.pyvrp.routes import from_pyvrp, holds, to_pyvrp
from routewright.solvers.stop import Stop

if TYPE_CHECKING:
    from pyvrp import IteratedLocalSearch, Result
    from pyvrp import Solution as TheirSolution

SEEDS = 2**32


def version() -> str:
    """Version of the pyvrp package."""
    return installed("pyvrp")


def prepare(instance: Instance, stop: Stop) -> None:
    """Import the library."""
    import pyvrp.search  # noqa: F401


def run(
    instance: Instance, monitor: Monitor, *, seed: int = 0, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Search until the monitor is done; PyVRP uses one thread."""
    if not instance.n_clients or monitor.done(0):
        return Answer(Solution(unserved=tuple(instance.clients)), 0)
    model = build(instance)
    watch = _Watch(model, monitor)
    start = None if initial_solution is None else to_pyvrp(model, initial_solution)
    try:
        _search(model, watch, seed, start)
    except KeyboardInterrupt:
        monitor.interrupt()
    best = Solution() if watch.best is None else from_pyvrp(model, watch.best)
    return Answer(best, watch.iterations)


def _search(model: Model, watch: "_Watch", seed: int, start: "TheirSolution | None") -> None:
    from pyvrp import IteratedLocalSearchParams, SolveParams, solve
    from pyvrp.exceptions import PenaltyBoundWarning

    params = SolveParams(ils=IteratedLocalSearchParams(callbacks=watch))  # type: ignore[arg-type]
    with warnings.catch_warnings():
        # Struggling for feasibility is for the judge to tell.
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        solve(model.data, watch, seed % SEEDS, collect_stats=False, params=params, initial_solution=start)


class _Watch:
    """PyVRP's stopping criterion and callbacks in one: it counts, reports and keeps the best."""

    def __init__(self, model: Model, monitor: Monitor) -> None:
        self.best: TheirSolution | None = None
        self.iterations = 0
        self._calls = 0
        self._model = model
        self._monitor = monitor

    def __call__(self, best_cost: float) -> bool:
        self.iterations = self._calls  # asked once before each iteration
        self._calls += 1
        return self._monitor.done(self.iterations)

    def on_start(self, search: "IteratedLocalSearch") -> None:
        self.on_best(search.initial_solution)

    def on_best(self, best: "TheirSolution") -> None:
        if not holds(best):
            return
        self.best = best
        if not self._model.complete:
            return
        if self._model.original.objective != "cost":
            self._report_ranked(best)
            return
        ours = from_pyvrp(self._model, best) if self._monitor.listened_to else None
        self._monitor.improved(self._cost(best), self._calls, ours)

    def _report_ranked(self, best: "TheirSolution") -> None:
        from routewright.data.evaluate import evaluate

        ours = from_pyvrp(self._model, best)
        judged = evaluate(self._model.original, ours)
        self._monitor.improved(judged.cost, self._calls, ours, key=judged.key)

    def on_iteration(self, *_: object) -> None: ...

    def on_restart(self, best: "TheirSolution") -> None: ...

    def on_end(self, result: "Result") -> None: ...

    def _cost(self, solution: "TheirSolution") -> float:
        units = (
            solution.distance_cost()
            + solution.duration_cost()
            + solution.fixed_vehicle_cost()
            + solution.uncollected_prizes()
            + self._model.constant
        )
        return (self._model.scaling.raw_cost(units) + self._model.offset) / self._model.instance.scale
