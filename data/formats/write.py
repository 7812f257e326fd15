"""Write an instance or a solution; the file's suffix says in which form."""

from collections.abc import Callable
from pathlib import Path

from routewright.data.errors import FormatError
from routewright.data.formats.json_solution import write_solution_json
from routewright.data.formats.sol import write_solution
from routewright.data.formats.vrplib_writer import write_vrplib
from routewright.data.instance import Instance
from routewright.data.solution import Solution

VROOM = ".vroom.json"


def write(
    thing: Instance | Solution, path: str | Path, *, instance: Instance | None = None, cost: float | None = None
) -> None:
    """Write ``thing`` to ``path``.

    Args:
        thing: an Instance (.vrp, .tsp, .atsp, .json, .csv, .txt in Solomon's form, .geojson, or .vroom.json in
            VROOM's form) or a Solution (.sol, .json, .geojson, .vroom.json).
        path: file to write; it appears whole or not at all.
        instance: of a solution: needed where there are several vehicle types or reloads, and for the last two forms.
        cost: of a solution: its reported cost; None is computed for a .sol where ``instance`` is given.

    Raises:
        FormatError: for a suffix that no form has, or naming what the form cannot express.
    """
    suffix = suffix_of(path)
    if isinstance(thing, Solution):
        _write_solution(thing, path, suffix, instance, cost)
        return
    if not isinstance(thing, Instance):
        raise TypeError(f"cannot write {type(thing).__name__}, only Instance and Solution")
    _instance_writer(path, suffix)(thing, path)


def suffix_of(path: str | Path) -> str:
    """The ending that names the form: the last suffix, or ``.vroom.json``."""
    name = Path(path).name.lower()
    return VROOM if name.endswith(VROOM) else Path(name).suffix


def _write_solution(
    solution: Solution, path: str | Path, suffix: str, instance: Instance | None, cost: float | None
) -> None:
    if suffix == ".sol":
        write_solution(solution, path, instance, cost)
    elif suffix == ".json":
        write_solution_json(solution, path, cost=cost, instance=instance.name if instance else "")
    elif suffix in (VROOM, ".geojson"):
        _write_with_instance(solution, path, suffix, instance)
    else:
        raise FormatError(path, f"suffix is {suffix!r}; a solution is written as .sol, .json, .geojson or {VROOM}")


def _write_with_instance(solution: Solution, path: str | Path, suffix: str, instance: Instance | None) -> None:
    if instance is None:
        raise FormatError(path, f"a solution is written as {suffix} only with its instance (instance=…)")
    if suffix == VROOM:
        from routewright.data.formats.vroom_solution import write_vroom_solution

        write_vroom_solution(solution, path, instance)
    else:
        from routewright.data.draw.geojson import write_geojson

        write_geojson(instance, path, solution)


def _instance_writer(path: str | Path, suffix: str) -> Callable[[Instance, str | Path], None]:
    if suffix in (".vrp", ".tsp", ".atsp"):
        return write_vrplib
    if suffix == ".json":
        from routewright.data.formats.json_format import write_json

        return write_json
    if suffix == VROOM:
        from routewright.data.formats.vroom_writer import write_vroom

        return write_vroom
    if suffix == ".geojson":
        from routewright.data.draw.geojson import write_geojson

        return write_geojson
    if suffix == ".csv":
        from routewright.data.formats.csv_clients import write_csv

        return write_csv
    if suffix == ".txt":
        from routewright.data.formats.solomon import write_solomon

        return write_solomon
    raise FormatError(
        path,
        f"suffix is {suffix!r}; an instance is written as .vrp, .tsp, .atsp, .json, .csv, .txt, .geojson or {VROOM}",
    )
