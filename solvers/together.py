"""Many instances at once, with a solver that is quicker so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.solvers.answer import Answer
from routewright.solvers.interrupt import interruptible
from routewright.solvers.monitor import Monitor
from routewright.solvers.preparing import prepare
from routewright.solvers.registry import Together, choose, load
from routewright.solvers.result import Failure, Result
from routewright.solvers.solve import judge
from routewright.solvers.stop import Stop

JUDGING = 4e-5
"""Seconds for each client that evaluator and judge are given; they are part of the time limit."""

Outcome = tuple[int, Result | Failure]
"""The place of an instance, and what became of it."""


def solve_together(
    solver: str, instances: Sequence[Instance], stop: Stop, seed: int, threads: int
) -> Iterator[list[Outcome]]:
    """Solve group by group, and hand out each group whole.

    Ctrl-C ends the group at work with the best it has, and all; a second one while it is being judged loses it.

    Args:
        solver: whose module is a ``Together``.
        instances: the problems.
        stop: of each instance; a group has the sum of their times.
        seed: of the random numbers of each group.
        threads: of each group.
    """
    able = []
    for place, instance in enumerate(instances):
        try:
            choose(solver, instance)
            able.append(place)
        except RoutewrightError as error:
            yield [(place, Failure.of(error))]
    module = cast(Together, load(solver))
    for group in module.together([instances[place] for place in able]):
        places = [able[each] for each in group]
        monitors, outcomes = _solve(solver, [instances[place] for place in places], stop, seed, threads)
        yield list(zip(places, outcomes, strict=True))
        if monitors and monitors[0].interrupted:
            return


def _solve(
    name: str, group: Sequence[Instance], stop: Stop, seed: int, threads: int
) -> tuple[list[Monitor], list[Result | Failure]]:
    """One group, and the monitors that watched it."""
    module, monitors = load(name), list[Monitor]()
    try:
        prepare(module, group[0], stop)
        limit = _less_judging(stop, sum(instance.n_clients for instance in group) / len(group))
        monitors = [Monitor(limit, shared_by=len(group)) for _ in group]
        with interruptible(monitors[0]):
            answers = cast(Together, module).run_together(group, monitors, seed=seed, threads=threads)
            version = module.version()
            return monitors, [
                _judged(instance, answer, monitor, name, version, seed)
                for instance, answer, monitor in zip(group, answers, monitors, strict=True)
            ]
    except Exception as error:  # whatever breaks one group leaves the others
        return monitors, [Failure.of(error)] * len(group)


def _judged(
    instance: Instance, answer: Answer, monitor: Monitor, name: str, version: str, seed: int
) -> Result | Failure:
    try:
        return judge(instance, answer, monitor, name, version, seed)
    except Exception as error:  # an answer that cannot be judged leaves the others
        return Failure.of(error)


def _less_judging(stop: Stop, clients: float) -> Stop:
    """With time left to judge the answer of an instance, at most half of all."""
    kept = {name: getattr(stop, name) for name in ("wall", "cpu") if getattr(stop, name) is not None}
    return replace(stop, **{name: max(limit / 2, limit - JUDGING * clients) for name, limit in kept.items()})
