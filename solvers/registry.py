"""Which solvers there are and who can take which instance."""

from importlib import import_module
from typing import Protocol, cast

from routewright.data.errors import RoutewrightError, UnsupportedError
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor

SOLVERS: dict[str, str] = {
    "search": "routewright.solvers.search",
    "pyvrp": "routewright.solvers.pyvrp",
    "ortools": "routewright.solvers.ortools",
}
"""Module of each solver, imported on use. ``auto`` takes the first that supports the instance."""


class Solver(Protocol):
    """What the module of a solver offers.

    It may also have ``prepare(instance)``, which imports and compiles what ``run`` will need; that
    happens before the clock starts.
    """

    def supports(self, instance: Instance) -> list[str]:
        """Why it cannot express ``instance``; empty where it can."""

    def version(self) -> str:
        """Of the solver or of the library behind it."""

    def run(
        self, instance: Instance, monitor: Monitor, *, seed: int, threads: int, initial_solution: Solution | None
    ) -> Answer:
        """Search until ``monitor.done``, telling ``monitor.improved`` on the way."""


def load(name: str) -> Solver:
    """The module of the solver ``name``.

    Raises:
        RoutewrightError: if there is none of that name.
    """
    if name not in SOLVERS:
        raise RoutewrightError(f"solver {name!r} is unknown; there are auto, {', '.join(SOLVERS)}")
    return cast(Solver, import_module(SOLVERS[name]))


def supports(solver: str, instance: Instance) -> list[str]:
    """Why ``solver`` cannot express ``instance``, in plain words; empty where it can.

    ``auto`` has reasons only where no solver can.

    Raises:
        RoutewrightError: if there is no such solver.
    """
    if solver != "auto":
        return load(solver).supports(instance)
    reasons = []
    for name in SOLVERS:
        against = supports(name, instance)
        if not against:
            return []
        reasons.append(f"{name} does not know {', '.join(against)}")
    return reasons


def choose(solver: str, instance: Instance) -> str:
    """The name of the solver to run; for ``auto`` the first of ``SOLVERS`` that can.

    Raises:
        RoutewrightError: if there is no such solver.
        UnsupportedError: if it cannot express the instance; the message has the reasons.
    """
    if solver == "auto":
        for name in SOLVERS:
            if not supports(name, instance):
                return name
        raise UnsupportedError(f"no solver supports this instance: {'; '.join(supports('auto', instance))}")
    reasons = supports(solver, instance)
    if reasons:
        raise UnsupportedError(f"{solver} does not know {', '.join(reasons)}")
    return solver
