"""The best known cost of a public instance, and where it came from."""

import csv
from pathlib import Path

from routewright.data.check import check
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
    """
    for sibling in (path.with_suffix(".sol"), path.with_name(f"{path.name}.sol")):
        if sibling != path and sibling.exists():
            cost = _cost_of_routes(sibling, instance)
            if cost is not None:
                return cost, sibling.name
    return _from_table(path, instance)


def _cost_of_routes(path: Path, instance: Instance) -> float | None:
    solution, *_ = read_solution(path, instance)
    return None if check(instance, solution) else float(evaluate(instance, solution).cost)


def _from_table(path: Path, instance: Instance) -> tuple[float | None, str]:
    for folder in path.resolve().parents[:3]:
        table = folder / TABLE
        if table.exists():
            with table.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    if row["instance"] == path.stem and CONVENTIONS.get(row["convention"]) == instance.rounding:
                        return float(row["bks"]), TABLE
    return None, ""
