"""Solvers by name, as ``solve`` names them, and by whatever else a user has: files and functions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from routewright.compare.functions import function_spec
from routewright.compare.job import SolverSpec, content_hash
from routewright.compare.loading import load_solver
from routewright.data.errors import RoutewrightError
from routewright.solvers.naming import taken_apart

ANYTIME = frozenset({"pyvrp", "ortools"})
"""Solvers that work the same whatever their budget. ``search`` cools down with it."""

POLICIES = frozenset({"neural", "hybrid"})
"""Solvers whose words are a policy."""

AUTO = "routewright.compare.automatic"


def spec_of(solver: str | SolverSpec | Callable[..., Any], name: str = "") -> SolverSpec:
    """A solver by its name, by a ``.py`` file that is one, as a function, or as it is.

    Args:
        solver: ``auto``, ``NAME:words:option=value`` as in ``solve``, ``FILE.py``, or a callable (``functions.py``).
        name: how tables call it, where it has no name of its own.

    Raises:
        RoutewrightError: if there is no such solver, or it lacks something on this machine.
    """
    if isinstance(solver, SolverSpec):
        return solver
    if callable(solver):
        return function_spec(solver, name)
    return known_solver(solver)


def known_solver(name: str) -> SolverSpec:
    """The solver that ``name`` names.

    Raises:
        RoutewrightError: if there is none of that name, it does not know an option, or lacks something here.
    """
    from routewright.solvers.registry import SOLVERS, load

    named = taken_apart(name)
    if named.own.endswith(".py"):
        return _of_file(Path(named.own), dict(named.options))
    if named.own == "auto":
        return _automatic(name)
    if named.own not in SOLVERS:
        raise RoutewrightError(f"solver is {named.own!r}, must be one of auto, {', '.join(SOLVERS)} or a .py file")
    if named.words or named.options:
        load(name)  # complains of what it does not know
    shown = f"{named.own}:{_short(Path(named.words))}" if named.words else named.own
    anytime, options = named.own in ANYTIME, dict(named.options)
    mark = ""
    if named.words and named.own in POLICIES:
        mark = _weights_mark(named.words)
    elif named.words and Path(named.words).is_file():  # an executable
        mark = content_hash(Path(named.words))[:8]
    return SolverSpec(shown, SOLVERS[named.own], anytime, options, named.words, mark)


def _short(path: Path) -> str:
    """Its last part, and the folder where that says more: a trained policy is ``runs/NAME/policy``."""
    return "/".join(path.parts[-2:]) if path.stem == "policy" else path.name


def must_be_there(spec: SolverSpec) -> None:
    """Complain of a solver that lacks something on this machine.

    Raises:
        RoutewrightError: saying what must be installed.
    """
    from routewright.solvers.registry import SOLVERS, absent

    if spec.module in SOLVERS.values():
        lacking = absent(load_solver(spec))
        if lacking:
            raise RoutewrightError(f"solver {spec.name!r} is not there: {lacking}")


def _automatic(name: str) -> SolverSpec:
    if name != "auto":
        raise RoutewrightError(f"solver {name!r}: auto takes no words and no options")
    return SolverSpec("auto", AUTO)


def _of_file(path: Path, options: dict[str, Any]) -> SolverSpec:
    if not path.is_file():
        raise RoutewrightError(f"solver module {path}: no such file")
    return SolverSpec(path.stem, str(path.resolve()), options=options, fingerprint=content_hash(path)[:8])


def _weights_mark(words: str) -> str:
    from routewright.policies.cards import found_at, read_card, weights_file

    read_card(words)  # complains with the names of those that ship
    return content_hash(weights_file(found_at(words)))[:8]
