"""Run one batch job in this process: many instances in so many seconds together.

A solver that is quicker with many at once, as policies are, gets all of them and all of the time; the others solve one
after the other, each with its share. Both have one core, and policies the accelerator where there is one: then the
clock on the wall counts, for its work is not processor time.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, cast

from routewright.compare.execute import DIGITS, SHOWN_VIOLATIONS, children_cpu, stop_for, warm_up
from routewright.compare.job import Job
from routewright.compare.loading import load_solver
from routewright.compare.machine import peak_memory_mib
from routewright.compare.objective import value
from routewright.compare.record import CPU, Outcome
from routewright.compare.reference import reference_of
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read
from routewright.data.instance import Instance
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.preparing import prepare
from routewright.solvers.registry import Solver, Together
from routewright.solvers.stop import Stop


@dataclass(frozen=True)
class _Clocks:
    wall: float
    cpu: float


def execute_batch(job: Job) -> Outcome:
    """Solve the files of a batch. Reading, compiling, importing and judging are not on the clock."""
    solver = load_solver(job.solver)
    instances = [read(path, rounding=job.rounding) for path in job.files]
    facts: dict[str, Any] = {"version": solver.version(), "nodes": sum(each.n_nodes for each in instances)}
    facts["rounding"] = ", ".join(sorted({each.rounding for each in instances}))
    reasons = sorted({reason for each in instances for reason in solver.supports(each)})
    if reasons:
        return Outcome(unsupported=tuple(reasons), **facts)
    references = [reference_of(path, each)[0] for path, each in zip(job.files, instances, strict=True)]
    stop = stop_for(job.budget / len(instances))
    warm_up(solver, instances[0], stop, dict(job.solver.options))
    for each in instances[1:]:
        prepare(solver, each, stop)
    device = accelerator() if isinstance(solver, Together) else CPU
    if device != CPU:
        stop = Stop(wall=job.budget / len(instances))
    answers, clocks = _solved(job, solver, [read(path, rounding=job.rounding) for path in job.files], stop)
    peak = peak_memory_mib()
    costs = [_judged(each, answer) for each, answer in zip(instances, answers, strict=True)]
    names = [path.stem for path in job.files]
    unsolved = [name for name, cost in zip(names, costs, strict=True) if cost is None]
    known = [cost for cost in costs if cost is not None]
    return Outcome(
        cost=None if unsolved else sum(known) / len(known),
        feasible=not unsolved,
        violations=tuple(f"{name}: no feasible answer" for name in unsolved[:SHOWN_VIOLATIONS]),
        wall=round(clocks.wall, DIGITS),
        cpu=round(clocks.cpu, DIGITS),
        iterations=sum(answer.iterations for answer in answers),
        peak_mib=peak,
        device=device,
        parts=tuple(zip(names, costs, references, strict=True)),
        **facts,
    )  # fmt: skip


def accelerator() -> str:
    """The GPU that torch sees, once something has loaded torch; else the processor."""
    torch = sys.modules.get("torch")
    return torch.cuda.get_device_name() if torch is not None and torch.cuda.is_available() else CPU


def _solved(job: Job, solver: Solver, instances: Sequence[Instance], stop: Stop) -> tuple[list[Answer], _Clocks]:
    wall, cpu = time.perf_counter(), time.process_time() + children_cpu()
    if isinstance(solver, Together):
        answers = _at_once(solver, instances, stop, job.seed)
    else:
        answers = _in_turn(solver, instances, stop, job)
    return answers, _Clocks(time.perf_counter() - wall, time.process_time() + children_cpu() - cpu)


def _at_once(solver: Together, instances: Sequence[Instance], stop: Stop, seed: int) -> list[Answer]:
    found: dict[int, Answer] = {}
    for group in solver.together(instances):
        monitors = [Monitor(stop, shared_by=len(group)) for _ in group]
        answers = solver.run_together([instances[place] for place in group], monitors, seed=seed, threads=1)
        found |= dict(zip(group, answers, strict=True))
    return [found[place] for place in range(len(instances))]


def _in_turn(solver: Solver, instances: Sequence[Instance], stop: Stop, job: Job) -> list[Answer]:
    given = {"seed": job.seed, "threads": 1, "initial_solution": None} | dict(job.solver.options)
    return [solver.run(instance, Monitor(stop), **cast(Any, given)) for instance in instances]


def _judged(instance: Instance, answer: Answer) -> float | None:
    """Reported cost, if the judge accepts the answer."""
    try:
        evaluated = evaluate(instance, answer.solution)
    except RoutewrightError:  # not even a solution
        return None
    wrong = evaluated.cost == inf or check(instance, answer.solution, evaluated.cost)
    return None if wrong else value(evaluated)
