"""The best known cost of a public instance, and where it came from."""

import csv
from pathlib import Path

from routewright.compare.objective import value
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read_solution
from routewright.data.instance import Instance

TABLE = "bks_verified.csv"
CONVENTIONS = {"round (nint)": "round", "dimacs (trunc 1 decimal)": "trunc1", "exact": "none"}
"""Words of the table for the roundings; a row under another rounding than the instance's is no reference."""


def best_known(path: Path, instance: Instance) -> tuple[float | None, str]:
    """Reported cost of the best known solution of the instance in ``path``, and the file it stands in.

    Published routes beside the instance (``NAME.sol``, or ``NAME.vrp.sol``) count when ``check``
    accepts them, and at the cost our evaluator gives them under the instance's rounding, whatever
    unit their file uses. Otherwise a row of ``bks_verified.csv`` in the folder or up to two above.

    Returns:
        The cost and the name of its file, or (None, "").

    Raises:
        RoutewrightError: if one of these files cannot be read as what it should be.
    """
    for file in sources(path):
        cost = _from_table(file, path.stem, instance) if file.name == TABLE else _cost_of_routes(file, instance)
        if cost is not None:
            return cost, file.name
    return None, ""


def reference_of(path: Path, instance: Instance) -> tuple[float | None, str]:
    """The same, where files that are broken tell nothing."""
    try:
        return best_known(path, instance)
    except RoutewrightError:
        return None, ""


def sources(path: Path) -> list[Path]:
    """The files that may tell the best known cost of the instance in ``path``: routes beside it, then a table."""
    routes = (path.with_suffix(".sol"), path.with_name(f"{path.name}.sol"))
    tables = [folder / TABLE for folder in path.resolve().parents[:3]]
    return [file for file in dict.fromkeys([*routes, *tables]) if file != path and file.exists()]


def _cost_of_routes(path: Path, instance: Instance) -> float | None:
    solution, *_ = read_solution(path, instance)
    return None if check(instance, solution) else value(evaluate(instance, solution))


def _from_table(table: Path, name: str, instance: Instance) -> float | None:
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["instance"] == name and CONVENTIONS.get(row["convention"]) == instance.rounding:
                return float(row["bks"])
    return None
