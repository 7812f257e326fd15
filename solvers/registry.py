"""Which solvers there are and who can take which instance."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from routewright.data.errors import RoutewrightError, UnsupportedError
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.auto import ORDER
from routewright.solvers.monitor import Monitor
from routewright.solvers.naming import taken_apart
from routewright.solvers.optioned import Optioned

SOLVERS: dict[str, str] = {
    "search": "routewright.solvers.search",
    "lk": "routewright.solvers.lk",
    "mcts": "routewright.solvers.mcts",
    "exact": "routewright.solvers.exact",
    "pyvrp": "routewright.solvers.pyvrp",
    "ortools": "routewright.solvers.ortools",
    "neural": "routewright.solvers.neural",
    "hybrid": "routewright.solvers.hybrid",
    "hygese": "routewright.solvers.hygese",
    "vroom": "routewright.solvers.vroom",
    "fasttsp": "routewright.solvers.fasttsp",
    "lkh": "routewright.solvers.lkh",
}
"""Module of each solver, imported on use."""


class Solver(Protocol):
    """What the module of a solver offers.

    It may also have ``prepare(instance, stop)``, which imports and compiles what ``run`` will need under these limits;
    that happens before the clock starts. ``configured(words)`` gives the solver that ``NAME:words`` names. Keyword
    arguments of ``run`` beside those below are options, which ``NAME:option=value`` sets. ``absent()`` says what must
    be installed first, and nothing if all is there. One that is quicker with many instances at once is a ``Together``.
    """

    def supports(self, instance: Instance) -> list[str]:
        """Why it cannot express ``instance``; empty where it can."""

    def version(self) -> str:
        """Of the solver or of the library behind it."""

    def run(
        self, instance: Instance, monitor: Monitor, *, seed: int, threads: int, initial_solution: Solution | None
    ) -> Answer:
        """Search until ``monitor.done``, telling ``monitor.improved`` on the way."""


@runtime_checkable
class Together(Protocol):
    """What a solver offers beside, if ``solve_batch`` is to hand it many instances at once."""

    def together(self, instances: Sequence[Instance]) -> list[list[int]]:
        """Which of them ``run_together`` should be given at once, by their places; it supports each of them."""

    def run_together(
        self, instances: Sequence[Instance], monitors: Sequence[Monitor], *, seed: int, threads: int
    ) -> Sequence[Answer]:
        """An answer for each; the clock of the first monitor, and its interrupts, are those of all."""


def load(name: str) -> Solver:
    """The module of the solver ``name``; of ``NAME:words`` what it makes of the words, and with the options named.

    Raises:
        RoutewrightError: if there is none of that name, or words or options are nothing to it.
    """
    named = taken_apart(name)
    if named.own not in SOLVERS:
        raise RoutewrightError(f"solver {named.own!r} is unknown; there are auto, {', '.join(SOLVERS)}")
    solver = configured(cast(Solver, import_module(SOLVERS[named.own])), named.own, named.words)
    return Optioned(solver, named.options, named.own) if named.options else solver


def configured(solver: Solver, name: str, words: str) -> Solver:
    """What the solver makes of words; itself without any.

    Raises:
        RoutewrightError: if words are nothing to it.
    """
    if not words:
        return solver
    if not hasattr(solver, "configured"):
        raise RoutewrightError(f"solver {name!r} takes no further words; given: {words!r}")
    return cast(Solver, solver.configured(words))


def absent(solver: Solver) -> str:
    """What must be installed before ``solver`` can run, in one line; empty where nothing is missing."""
    return cast(str, solver.absent()) if hasattr(solver, "absent") else ""


def supports(solver: str, instance: Instance) -> list[str]:
    """Why ``solver`` cannot express ``instance``, in plain words; empty where it can.

    ``auto`` has reasons only where no solver can.

    Raises:
        RoutewrightError: if there is no such solver.
    """
    if solver != "auto":
        module = load(solver)
        lacking = absent(module)
        return [lacking] if lacking else module.supports(instance)
    reasons = []
    for name in _automatic():
        against = supports(name, instance)
        if not against:
            return []
        reasons.append(f"{name} does not know {', '.join(against)}")
    return reasons


def choose(solver: str, instance: Instance) -> str:
    """The name of the solver to run; for ``auto`` the first of its order that can.

    Raises:
        RoutewrightError: if there is no such solver.
        UnsupportedError: if it cannot express the instance; the message has the reasons.
    """
    if solver == "auto":
        for name in _automatic():
            if not supports(name, instance):
                return name
        raise UnsupportedError(f"no solver supports this instance: {'; '.join(supports('auto', instance))}")
    lacking = absent(load(solver))
    if lacking:
        raise UnsupportedError(f"solver {solver!r} is not there: {lacking}")
    reasons = supports(solver, instance)
    if reasons:
        raise UnsupportedError(f"{solver} does not know {', '.join(reasons)}")
    return solver


def _automatic() -> list[str]:
    return [name for name in ORDER if name in SOLVERS]
