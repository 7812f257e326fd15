"""The best-known cost that a gap refers to."""

from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routewright.data.instance import Instance

SIBLING = "sol"


def best_known_cost(wanted: str | None, file: Path, instance: "Instance") -> float | None:
    """The cost meant by ``--best-known``.

    Args:
        wanted: a number, the path of a ``.sol`` file, or ``sol`` for the one beside ``file``; None
            is no reference.
        file: the instance's file.
        instance: what was read from it.

    Raises:
        FormatError: if it is neither, or the solution file claims no cost and cannot be costed.
    """
    from routewright.data.errors import FormatError

    if wanted is None:
        return None
    if wanted == SIBLING:
        return _claimed(_sibling(file), instance)
    if Path(wanted).is_file():
        return _claimed(Path(wanted), instance)
    try:
        cost = float(wanted)
    except ValueError:
        cost = nan
    if not isfinite(cost):
        raise FormatError("--best-known", f"{wanted!r} is no number, no file and not {SIBLING!r}")
    return cost


def _sibling(file: Path) -> Path:
    """X.sol beside X.vrp, or X.vrp.sol as some collections name it."""
    beside = [file.with_suffix(".sol"), file.with_name(f"{file.name}.sol")]
    return next((path for path in beside if path.is_file()), beside[0])


def _claimed(path: Path, instance: "Instance") -> float:
    """The cost that the file claims, in reported units where the judge can tell; else what its routes cost."""
    from routewright.cli.claim import judge
    from routewright.data.evaluate import evaluate
    from routewright.data.formats.read import read_solution

    solution, claimed = read_solution(path, instance)
    if claimed is None:
        return evaluate(instance, solution).cost
    _, confirmed, _ = judge(instance, solution, claimed)
    return claimed if confirmed is None else confirmed
