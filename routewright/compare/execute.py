"""Run one job in this process: load, warm up, solve under a CPU clock, judge."""

import json
import math
import os
from contextlib import suppress
from typing import Any

from routewright.compare.job import Job
from routewright.compare.loading import load_solver
from routewright.compare.machine import for_one_run, keep_to_one_thread, peak_memory_mib
from routewright.compare.objective import VEHICLES_FIRST, value, value_at
from routewright.compare.record import Outcome
from routewright.compare.reference import reference_of
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.formats.json_solution import solution_to_json
from routewright.data.formats.read import read
from routewright.data.instance import Instance
from routewright.solvers.monitor import Monitor
from routewright.solvers.preparing import prepare
from routewright.solvers.registry import Solver
from routewright.solvers.stop import Stop

WARM_UP_SECONDS = 0.05
LONGEST = (4.0, 2.0)
"""Budgets, and seconds beside them, on the wall clock after which a run ends, whatever processor time it had."""

SHOWN_VIOLATIONS = 3
DIGITS = 6  # of seconds


def execute(job: Job) -> Outcome:
    """Solve one instance, or one batch, once. Reading, compiling and importing are not on the clock."""
    if job.batch:
        from routewright.compare.batch import execute_batch

        return execute_batch(job)
    instance = read(job.instance, rounding=job.rounding)
    solver = load_solver(job.solver)
    facts: dict[str, Any] = {
        "version": solver.version(),
        "rounding": instance.rounding,
        "scale": instance.scale,
        "nodes": instance.n_nodes,
        "objective": instance.objective,
    }
    reasons = solver.supports(instance)
    if reasons:
        return Outcome(unsupported=tuple(reasons), **facts)
    facts["reference"], facts["reference_source"] = reference_of(job.instance, instance)
    warm_up(solver, instance, stop_for(job.budget), dict(job.solver.options))
    # A new object: whatever the reading of the reference computed and kept is not a gift to the solver.
    return _timed(job, solver, read(job.instance, rounding=job.rounding), facts)


def _timed(job: Job, solver: Solver, instance: Instance, facts: dict[str, Any]) -> Outcome:
    children = children_cpu()
    monitor = Monitor(stop_for(job.budget))
    answer = solver.run(
        instance, monitor, **{"seed": job.seed, "threads": 1, "initial_solution": None} | dict(job.solver.options)
    )
    wall, cpu = monitor.wall(), monitor.cpu() + children_cpu() - children
    peak = peak_memory_mib()
    judged = evaluate(instance, answer.solution)
    violations = check(instance, answer.solution, judged.cost)
    return Outcome(
        cost=_finite(value(judged)),
        raw=_finite(judged.raw),
        vehicles=len(answer.solution),
        feasible=not violations,
        violations=tuple(map(str, violations[:SHOWN_VIOLATIONS])),
        wall=round(wall, DIGITS),
        cpu=round(cpu, DIGITS),
        iterations=answer.iterations,
        bound=answer.bound,
        trajectory=tuple((round(point.cpu, DIGITS), value_at(instance, point)) for point in monitor.trajectory),
        fleets=_fleets(instance, monitor),
        peak_mib=peak,
        solution=None if violations else json.loads(solution_to_json(answer.solution)),
        **facts,
    )


def _fleets(instance: Instance, monitor: Monitor) -> tuple[tuple[float, int], ...]:
    if instance.objective != VEHICLES_FIRST:
        return ()
    return tuple((round(point.cpu, DIGITS), int(point.key[1])) for point in monitor.trajectory if point.key)


def children_cpu() -> float:
    """CPU seconds of processes that this one began and that have ended: some solvers are executables.

    Only in a process for one run: elsewhere other runs may be among them.
    """
    if not for_one_run():
        return 0.0
    times = os.times()
    return times.children_user + times.children_system


def stop_for(budget: float) -> Stop:
    """The stop of a run of ``budget`` CPU seconds.

    The limit on the clock only ends what would wait for its core for ever. A run that reaches it first had less than
    ``MIN_SHARE`` of its core and is run again, so it never shortens a run that counts.
    """
    return Stop(cpu=budget, wall=LONGEST[0] * budget + LONGEST[1])


def warm_up(solver: Solver, instance: Instance, stop: Stop, options: dict[str, Any]) -> None:
    """Compile and import everything: ``prepare`` where a solver has one, then a moment on a toy."""
    prepare(solver, instance, stop)
    toy = toy_like(instance)
    if not solver.supports(toy):
        call = {"seed": 0, "threads": 1, "initial_solution": None} | options
        with suppress(Exception):  # what is broken says so in the run itself
            solver.run(toy, Monitor(Stop(cpu=WARM_UP_SECONDS, wall=1.0)), **call)
    keep_to_one_thread()


def toy_like(instance: Instance) -> Instance:
    """Eight clients on a circle, with wide time windows where the instance has windows."""
    angles = [math.pi * step / 4 for step in range(8)]
    coords = [(0.0, 0.0), *((round(100 * math.cos(a)), round(100 * math.sin(a))) for a in angles)]
    windows = [(0.0, 1e5)] * len(coords) if math.isfinite(instance.windows[..., 1].min()) else None
    return Instance.build(
        coords=coords, rounding="round", delivery=[0] + [1] * 8, capacity=4, windows=windows, name="toy"
    )


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
