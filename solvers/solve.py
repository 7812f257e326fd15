"""One door to every solver."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.interrupt import interruptible
from routewright.solvers.monitor import ROUNDED_UP, TARGET_TOLERANCE, Monitor, Progress
from routewright.solvers.preparing import prepare
from routewright.solvers.registry import SOLVERS, choose, load, supports
from routewright.solvers.result import Result
from routewright.solvers.start import check_start
from routewright.solvers.stop import Stop

if TYPE_CHECKING:
    from routewright.data.check import Violation

__all__ = ["DEFAULT_SECONDS", "SOLVERS", "solve", "supports"]

DEFAULT_SECONDS = 10.0


def solve(
    instance: Instance,
    *,
    solver: str = "auto",
    time_limit: float | None = None,
    stop: Stop | None = None,
    seed: int = 0,
    threads: int = 1,
    initial_solution: Solution | None = None,
    on_improvement: Callable[[Progress], None] | None = None,
) -> Result:
    """Solve ``instance`` and judge the answer.

    Ctrl-C ends the run early; the result is the best so far. Equal seeds give equal answers under
    an iteration stop with one thread.

    Args:
        instance: the problem.
        solver: a name of ``SOLVERS``, or ``auto`` for the one that measurements put first (``auto.ORDER``) of those
            that know every feature of the instance; ``neural:`` or ``hybrid:`` and a name or path names a policy,
            ``ortools:strategy=savings`` and the like set options.
        time_limit: seconds from the call to the answer, without imports and first compilation;
            10 where no stop is given either.
        stop: further limits; the run ends at the first.
        seed: of the random numbers.
        threads: to use, where the solver can use several.
        initial_solution: where to start; the answer is not worse, if this one is feasible.
        on_improvement: called with the progress at each better solution.

    Raises:
        UnsupportedError: if the solver cannot express the instance, with the reasons.
        RoutewrightError: if an argument makes no sense.
    """
    stop = check_arguments(time_limit, stop, seed, threads)
    if initial_solution is not None:
        check_start(instance, initial_solution)
    name = choose(solver, instance)
    module = load(name)
    prepare(module, instance, stop)
    monitor = Monitor(stop, on_improvement, tolerance=TARGET_TOLERANCE if instance.exact else ROUNDED_UP)
    with interruptible(monitor):
        answer = module.run(instance, monitor, seed=seed, threads=threads, initial_solution=initial_solution)
    answer = _not_worse(instance, answer, initial_solution)
    return judge(instance, answer, monitor, name, module.version(), seed)


def check_arguments(time_limit: float | None, stop: Stop | None, seed: int, threads: int) -> Stop:
    """All limits together, if they and the numbers make sense.

    Raises:
        RoutewrightError: if one of them does not.
    """
    check_whole("seed", seed, 0)
    check_whole("threads", threads, 1)
    return _stop(time_limit, stop)


def _stop(time_limit: float | None, stop: Stop | None) -> Stop:
    if time_limit is None and stop is None:
        time_limit = DEFAULT_SECONDS
    joined = (stop or Stop()) | Stop(wall=time_limit)
    if not joined.ends:
        raise RoutewrightError("stop: it may never come; add a limit on time or iterations (inf for none)")
    return joined


def check_whole(name: str, value: object, least: int) -> None:
    """Reject what is no whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise RoutewrightError(f"{name} is {value!r}, must be a whole number >= {least}")


def _not_worse(instance: Instance, answer: Answer, start: Solution | None) -> Answer:
    from routewright.data.check import check
    from routewright.data.evaluate import evaluate

    if start is None or check(instance, start):
        return answer
    if evaluate(instance, start).key < evaluate(instance, answer.solution).key or check(instance, answer.solution):
        return replace(answer, solution=start)
    return answer


def judge(instance: Instance, answer: Answer, monitor: Monitor, solver: str, version: str, seed: int) -> Result:
    """What the judge says of an answer, with all that is known of how it came about."""
    from routewright.data.check import check
    from routewright.data.evaluate import evaluate

    judged = evaluate(instance, answer.solution)
    violations = check(instance, answer.solution, judged.cost)
    return Result(
        instance=instance,
        solution=answer.solution,
        cost=judged.cost,
        feasible=not violations,
        seconds=monitor.wall(),
        cpu_seconds=monitor.cpu(),
        iterations=answer.iterations,
        trajectory=monitor.trajectory,
        bound=answer.bound,
        seed=seed,
        solver=solver,
        version=version,
        violations=_explained(instance, violations),
    )


def _explained(instance: Instance, violations: "list[Violation]") -> "tuple[Violation, ...]":
    """The violations, those first that no vehicle could have avoided, with the reason."""
    from routewright.solvers.hopeless import hopeless, hopeless_groups, shortage

    kinds = {violation.kind for violation in violations}
    if not kinds & {"missing client", "group"}:
        return tuple(violations)
    reasons, short = hopeless(instance), shortage(instance)
    groups = {f"group {group}:": reason for group, reason in hopeless_groups(instance).items()}
    impossible, others = [], []
    for violation in violations:
        reason = None
        if violation.kind == "missing client":
            reason = reasons.get(-1 if violation.node is None else violation.node)
        elif violation.kind == "group" and violation.node is None:
            reason = next((words for start, words in groups.items() if violation.message.startswith(start)), None)
        if reason:
            impossible.append(replace(violation, message=reason))
        elif violation.kind == "missing client" and short:
            others.append(replace(violation, message=f"{violation.message}: {short}"))
            short = None  # once is enough
        else:
            others.append(violation)
    return (*impossible, *others)
