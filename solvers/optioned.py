"""A solver whose ``run`` is always given some options."""

from collections.abc import Mapping, Sequence
from inspect import signature
from typing import TYPE_CHECKING, Any

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.solvers import preparing

if TYPE_CHECKING:
    from routewright.solvers.answer import Answer
    from routewright.solvers.monitor import Monitor
    from routewright.solvers.registry import Solver
    from routewright.solvers.stop import Stop

GIVEN = ("instance", "monitor", "seed", "threads", "initial_solution")
"""What every ``run`` takes, and nobody sets by name."""


class Optioned:
    """Another solver with options.

    Args:
        solver: that takes them.
        options: keyword arguments of its ``run``.
        name: what errors call it.

    Raises:
        RoutewrightError: if it has no such option.
    """

    def __init__(self, solver: "Solver", options: Mapping[str, Any], name: str) -> None:
        check_options(solver, options, name)
        self._solver, self._options = solver, options

    def supports(self, instance: Instance) -> list[str]:
        """As the solver does."""
        return self._solver.supports(instance)

    def version(self) -> str:
        """Of the solver."""
        return self._solver.version()

    def absent(self) -> str:
        """As the solver says, if it does."""
        return str(self._solver.absent()) if hasattr(self._solver, "absent") else ""

    def prepare(self, instance: Instance, stop: "Stop") -> None:
        """As the solver does, if it does."""
        preparing.prepare(self._solver, instance, stop)

    def run(self, instance: Instance, monitor: "Monitor", **given: Any) -> "Answer":
        """The solver's own, with the options."""
        return self._solver.run(instance, monitor, **given, **self._options)


def check_options(solver: "Solver", options: Mapping[str, Any], name: str) -> None:
    """Refuse options that ``solver.run`` does not have.

    Raises:
        RoutewrightError: naming the option and those that there are.
    """
    known = _options(solver)
    for option in options:
        if option not in known:
            there = f"it has {', '.join(known)}" if known else "it has none"
            raise RoutewrightError(f"solver {name!r} has no option {option!r}; {there}")


def _options(solver: "Solver") -> Sequence[str]:
    return [name for name in signature(solver.run).parameters if name not in GIVEN]
