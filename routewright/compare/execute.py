"""Run one job in this process: load, warm up, solve under a CPU clock, judge."""

import math
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, cast

from routewright.compare.job import Job
from routewright.compare.machine import keep_to_one_thread, peak_memory_mib
from routewright.compare.record import MIN_SHARE, Outcome
from routewright.compare.reference import best_known
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read
from routewright.data.instance import Instance
from routewright.solvers.monitor import Monitor
from routewright.solvers.registry import Solver
from routewright.solvers.stop import Stop

WARM_UP_SECONDS = 0.05
SHOWN_VIOLATIONS = 3
DIGITS = 6  # of seconds


def execute(job: Job) -> Outcome:
    """Solve one instance once. Reading, compiling and importing are not on the clock."""
    instance = read(job.instance, rounding=job.rounding)
    solver = load_solver(job.solver.module)
    facts: dict[str, Any] = {
        "version": solver.version(),
        "rounding": instance.rounding,
        "scale": instance.scale,
        "nodes": instance.n_nodes,
    }
    reasons = solver.supports(instance)
    if reasons:
        return Outcome(unsupported=tuple(reasons), **facts)
    facts["reference"], facts["reference_source"] = best_known(job.instance, instance)
    warm_up(solver, instance, dict(job.solver.options))
    # A new object: whatever the reading of the reference computed and kept is not a gift to the solver.
    return _timed(job, solver, read(job.instance, rounding=job.rounding), facts)


def _timed(job: Job, solver: Solver, instance: Instance, facts: dict[str, Any]) -> Outcome:
    monitor = Monitor(stop_for(job.budget))
    answer = solver.run(
        instance, monitor, **{"seed": job.seed, "threads": 1, "initial_solution": None} | dict(job.solver.options)
    )
    wall, cpu = monitor.wall(), monitor.cpu()
    peak = peak_memory_mib()
    judged = evaluate(instance, answer.solution)
    violations = check(instance, answer.solution, judged.cost)
    return Outcome(
        cost=_finite(judged.cost),
        raw=_finite(judged.raw),
        vehicles=len(answer.solution),
        feasible=not violations,
        violations=tuple(map(str, violations[:SHOWN_VIOLATIONS])),
        wall=round(wall, DIGITS),
        cpu=round(cpu, DIGITS),
        iterations=answer.iterations,
        bound=answer.bound,
        trajectory=tuple((round(point.cpu, DIGITS), float(point.cost)) for point in monitor.trajectory),
        peak_mib=peak,
        **facts,
    )


def stop_for(budget: float) -> Stop:
    """The stop of a run of ``budget`` CPU seconds.

    The limit on the clock is for solvers that know no other. A run that reaches it first had less
    than ``MIN_SHARE`` of its core and is discarded, so it never shortens a run that counts.
    """
    return Stop(cpu=budget, wall=budget / MIN_SHARE)


def load_solver(module: str) -> Solver:
    """The solver module of a dotted name or of a ``.py`` file.

    Raises:
        RoutewrightError: if there is no such file.
    """
    if not module.endswith(".py"):
        return cast(Solver, import_module(module))
    path = Path(module)
    found = spec_from_file_location(path.stem, path)
    if found is None or found.loader is None or not path.exists():
        raise RoutewrightError(f"solver module {module}: no such file")
    loaded = module_from_spec(found)
    found.loader.exec_module(loaded)
    return cast(Solver, loaded)


def warm_up(solver: Solver, instance: Instance, options: dict[str, Any]) -> None:
    """Compile and import everything: ``prepare`` where a solver has one, then a moment on a toy."""
    if hasattr(solver, "prepare"):
        solver.prepare(instance)
    toy = toy_like(instance)
    if not solver.supports(toy):
        call = {"seed": 0, "threads": 1, "initial_solution": None} | options
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
