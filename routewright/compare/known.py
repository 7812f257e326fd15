"""The project's own solvers as a benchmark sees them."""

from routewright.compare.job import SolverSpec
from routewright.data.errors import RoutewrightError

ANYTIME = frozenset({"pyvrp", "ortools"})
"""Solvers that work the same whatever their budget. ``search`` cools down with it."""


def known_solver(name: str) -> SolverSpec:
    """The solver registered as ``name``.

    Raises:
        RoutewrightError: if there is none of that name.
    """
    from routewright.solvers.registry import SOLVERS

    if name not in SOLVERS:
        raise RoutewrightError(f"solver is {name!r}, must be one of {', '.join(SOLVERS)}")
    return SolverSpec(name, SOLVERS[name], anytime=name in ANYTIME)
