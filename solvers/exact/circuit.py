"""The shortest tour, proved by CP-SAT of OR-Tools, which knows circuits."""

from concurrent.futures import ThreadPoolExecutor, wait
from math import floor, inf, log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.exact.assignment import costs
from routewright.solvers.exact.kernel.labels import Floats
from routewright.solvers.exact.one_tree import Tree
from routewright.solvers.exact.too_long import longer_by
from routewright.solvers.monitor import Monitor

PATIENCE = 0.05
"""Seconds between looks at the monitor."""
FINEST = 1 << 40
"""Units of a whole tour where ways are no whole numbers."""


def shortest(instance: Instance, monitor: Monitor, start: Solution, tree: Tree, seed: int) -> Answer:
    """The best tour, and a bound on all tours.

    Args:
        instance: a tour, see ``lk.support``.
        monitor: an iteration is a better tour.
        start: a tour.
        tree: a 1-tree; where ways are the same there and back, those that it cannot afford are ruled out beforehand.
        seed: of CP-SAT.
    """
    from ortools.sat.python import cp_model

    cost = costs(instance)
    order = np.array([0, *(node - instance.clients.start + 1 for node in start.routes[0].stops)])
    kept = _affordable(instance, cost, evaluate(instance, start).raw, tree)
    kept[order, np.roll(order, -1)] = True
    unit = 1.0 if instance.exact else 2.0 ** floor(log2(FINEST / max(float(cost.max()) * len(cost), 1e-9)))
    model = cp_model.CpModel()
    arcs = [(int(i), int(j), model.new_bool_var("")) for i, j in np.argwhere(kept)]
    model.add_circuit(arcs)
    model.minimize(sum(round(float(cost[i, j] * unit)) * taken for i, j, taken in arcs))
    onward = dict(zip(order.tolist(), np.roll(order, -1).tolist(), strict=True))
    for i, j, taken in arcs:
        model.add_hint(taken, onward[i] == j)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # subtours are cut off in the linear program, too
    solver.parameters.random_seed = seed % (1 << 31)
    solver.parameters.catch_sigint_signal = False  # interrupts are for the monitor
    if monitor.seconds_left() < inf:
        solver.parameters.max_time_in_seconds = monitor.seconds_left()
    watch = _watch(cp_model.CpSolverSolutionCallback, instance, monitor, arcs)
    status = _solved(solver, model, watch, monitor)
    found = _better(instance, start, watch.found)
    cost_found = evaluate(instance, found).cost
    if status == cp_model.OPTIMAL:
        return Answer(found, watch.count, cost_found)
    slack = 0.0 if instance.exact else float(len(cost))
    proved = (solver.best_objective_bound - slack) / unit / instance.scale
    return Answer(found, watch.count, min(cost_found, max(tree.cost, proved)))


def _solved(solver: Any, model: Any, watch: Any, monitor: Monitor) -> Any:
    """The status of CP-SAT, which runs in a thread of its own, so that an interrupt or a target end it at once."""
    with ThreadPoolExecutor(1) as pool:
        status = pool.submit(solver.solve, model, watch)
        try:
            while not wait([status], timeout=PATIENCE).done:
                if monitor.done(watch.count):
                    solver.stop_search()
        except BaseException:  # an interrupt that nobody catches
            solver.stop_search()
            raise
        return status.result()


def _affordable(instance: Instance, cost: Floats, best: float, tree: Tree) -> NDArray[np.bool_]:
    """Ways that may be in a tour cheaper than the best one known."""
    kept = ~np.eye(len(cost), dtype=np.bool_)
    if not np.array_equal(cost, cost.T) or len(tree.penalty) != len(cost):
        return kept
    spare = best - tree.cost * instance.scale
    return np.asarray(kept & (longer_by(cost, tree.penalty) <= spare + 1e-6 * max(1.0, best)))


def _better(instance: Instance, start: Solution, found: Solution | None) -> Solution:
    if found is None or evaluate(instance, found).raw >= evaluate(instance, start).raw:
        return start
    return found


def _watch(callback: Any, instance: Instance, monitor: Monitor, arcs: list[tuple[int, int, Any]]) -> Any:
    """What CP-SAT calls at each better tour; made here because its base class is only imported on use."""

    class Watch(callback):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.count = 0
            self.found: Solution | None = None

        def on_solution_callback(self) -> None:
            self.count += 1
            onward = {i: j for i, j, taken in arcs if self.boolean_value(taken)}
            order = [onward[0]]
            while order[-1]:
                order.append(onward[order[-1]])
            self.found = Solution.from_routes([[place + instance.clients.start - 1 for place in order[:-1]]])
            monitor.improved(evaluate(instance, self.found).cost, self.count, self.found)
            if monitor.done(self.count):
                self.stop_search()

    return Watch()
