"""One run of the routing library, watched by our monitor."""

from collections.abc import Iterator
from copy import copy
from importlib.metadata import version as installed
from itertools import count, repeat
from math import inf
from typing import Any

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.ortools.fleet import only_load
from routewright.solvers.ortools.model import Model, build
from routewright.solvers.ortools.routes import read_routes, start_from
from routewright.solvers.ortools.wishes import first_strategy
from routewright.solvers.ortools.wishes import metaheuristic as chosen_metaheuristic
from routewright.solvers.stop import Stop

LONGEST = 10**6
"""Seconds: the library's limit where ours does not look at the wall."""

PERIOD = 1024
"""The library asks whether to stop some 100,000 times a second; every so often the clocks are read."""

PATIENCE = 2_000
"""Periods without any solution after which a run without a limit on time gives up."""


def version() -> str:
    """Version of the ortools package."""
    return installed("ortools")


def prepare(instance: Instance, stop: Stop) -> None:
    """Import the library."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2  # noqa: F401


def run(
    instance: Instance,
    monitor: Monitor,
    *,
    seed: int = 0,
    threads: int = 1,
    initial_solution: Solution | None = None,
    strategy: str = "",
    metaheuristic: str = "",
) -> Answer:
    """Search until the monitor is done; the library uses one thread.

    Args:
        instance: the problem.
        monitor: clock and stop.
        seed: shuffles the clients, unless it is 0.
        threads: of no account.
        initial_solution: where to start.
        strategy: the library's word for how a first solution is built, in small letters; empty is our choice.
        metaheuristic: likewise what leads out of local optima.

    Raises:
        RoutewrightError: if the library knows no such word.
    """
    if not instance.n_clients or monitor.done(0):
        return Answer(Solution(unserved=tuple(instance.clients)), 0)
    model = build(instance, seed)
    watch = _Watch(model, monitor)
    model.routing.AddAtSolutionCallback(watch)
    # A generator: several times faster than a function that counts its calls.
    model.routing.AddSearchMonitor(model.routing.solver().CustomLimit(watch.checks().__next__))
    parameters = _parameters(instance, monitor)
    if strategy:
        parameters.first_solution_strategy = first_strategy(strategy)
    if metaheuristic:
        parameters.local_search_metaheuristic = chosen_metaheuristic(metaheuristic)
    model.routing.CloseModelWithParameters(parameters)
    given = initial_solution or model.start
    start = None if given is None else start_from(model, given)
    if start is None:
        found = model.routing.SolveWithParameters(parameters)
    else:
        found = model.routing.SolveFromAssignmentWithParameters(start, parameters)
    if watch.error is not None:
        raise watch.error
    if found is None:
        return Answer(Solution(), watch.iterations)
    best = read_routes(model, lambda index: int(found.Value(model.routing.NextVar(index))))
    return Answer(best, watch.iterations)


def _parameters(instance: Instance, monitor: Monitor) -> Any:
    from ortools.constraint_solver import pywrapcp
    from ortools.constraint_solver import routing_enums_pb2 as words

    parameters = pywrapcp.DefaultRoutingSearchParameters()
    first = words.FirstSolutionStrategy
    # The library's usual start, arc by arc, can dead-end in time windows and then search for minutes.
    parameters.first_solution_strategy = first.SAVINGS if only_load(instance) else first.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = words.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    seconds = monitor.remaining()
    parameters.time_limit.FromMilliseconds(int(1000 * (LONGEST if seconds == inf else max(seconds, 0.001))))
    return parameters


class _Watch:
    """Called at each solution of the library: it counts, reports and stops.

    The library swallows what a callback raises, so errors are kept for later.
    """

    def __init__(self, model: Model, monitor: Monitor) -> None:
        self.iterations = 0
        self.error: BaseException | None = None
        self._model = model
        self._monitor = monitor
        self._best: int | None = None

    def __call__(self) -> None:
        try:
            self._look()
        except KeyboardInterrupt:
            self._monitor.interrupt()
        except BaseException as error:
            self.error = error
        if self.error is not None or self._monitor.done(self.iterations):
            self._model.routing.solver().FinishCurrentSearch()

    def checks(self) -> Iterator[bool]:
        """Whether to stop, for each time that the library asks between two solutions."""
        still = repeat(False, PERIOD - 1)
        timeless = self._monitor.stop.wall is None and self._monitor.stop.cpu is None
        for period in count():
            yield from copy(still)
            hopeless = timeless and self._best is None and period >= PATIENCE
            yield hopeless or self._monitor.done(self.iterations)

    def _look(self) -> None:
        self.iterations += 1
        objective = int(self._model.routing.CostVar().Value())
        if self._best is not None and objective >= self._best:
            return
        self._best = objective
        if not self._model.complete:
            return
        if self._model.original.objective != "cost":
            self._report_ranked()
        else:
            ours = self._solution() if self._monitor.listened_to else None
            self._monitor.improved(self._model.prices.reported(objective), self.iterations, ours)

    def _report_ranked(self) -> None:
        from routewright.data.evaluate import evaluate

        solution = self._solution()
        judged = evaluate(self._model.original, solution)
        self._monitor.improved(judged.cost, self.iterations, solution, key=judged.key)

    def _solution(self) -> Solution:
        routing = self._model.routing
        return read_routes(self._model, lambda index: int(routing.NextVar(index).Value()))
