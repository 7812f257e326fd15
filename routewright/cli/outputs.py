"""Output paths: looked at before the work starts."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routewright.data.instance import Instance
    from routewright.data.schedule import Schedule
    from routewright.data.solution import Solution

ROUTES = (".sol", ".json")
PICTURES = (".png", ".svg", ".pdf", ".geojson", ".html")
TABLES = (".csv", ".json")


def check_outputs(outputs: Mapping[str, Path | None], inputs: Iterable[Path | None] = ()) -> None:
    """Refuse paths that could not be written, or would overwrite an input or each other.

    Args:
        outputs: by the option's name; None is an output that was not asked for.
        inputs: files that the command reads.

    Raises:
        FormatError: naming option, path and problem.
    """
    taken = {path.resolve(): f"the input {path}" for path in inputs if path is not None}
    for option, path in outputs.items():
        if path is None:
            continue
        _reject(option, path, _obstacle(path))
        other = taken.get(path.resolve())
        _reject(option, path, other and f"is also {other}")
        taken[path.resolve()] = option


def check_suffix(option: str, path: Path | None, suffixes: tuple[str, ...]) -> None:
    """Refuse a path whose ending tells no known format.

    Raises:
        FormatError: naming option, path and the endings that would do.
    """
    if path is not None and path.suffix.lower() not in suffixes:
        _reject(option, path, f"unknown ending {path.suffix!r}, must be one of {', '.join(suffixes)}")


def draw(instance: "Instance", solution: "Solution | None", path: Path) -> None:
    """Save a picture of the instance, or of the routes in it; ``.geojson`` and ``.html`` are maps."""
    from routewright.data.draw import plot, plot_map, save_figure, write_geojson
    from routewright.data.formats.atomic import atomic_write

    match path.suffix.lower():
        case ".geojson":
            write_geojson(instance, path, solution)
        case ".html":
            page = plot_map(instance, solution).get_root().render()
            with atomic_write(path) as stream:
                stream.write(page)
        case _:
            save_figure(plot(instance, solution), path)


def check_drawable(instance: "Instance", path: Path) -> None:
    """Refuse what ``draw`` could not draw, before the work starts.

    Raises:
        InstanceError: if the instance lacks the coordinates that the ending of ``path`` needs.
        MissingExtraError: if a package is missing.
    """
    from routewright.data.draw.geojson import degrees
    from routewright.data.draw.ground import positions
    from routewright.data.draw.web_map import folium_there

    suffix = path.suffix.lower()
    if suffix == ".html":
        folium_there()
    (degrees if suffix in (".geojson", ".html") else positions)(instance)


def tabulate(schedule: "Schedule", path: Path) -> None:
    """Save a timetable in the form that the ending names."""
    write = schedule.to_json if path.suffix.lower() == ".json" else schedule.to_csv
    write(path)


def _obstacle(path: Path) -> str | None:
    if path.is_dir():
        return "is a folder"
    if path.exists() and not path.is_file():  # renaming a file over /dev/null would replace the device
        return "is not an ordinary file"
    if not path.parent.is_dir():
        return f"cannot be written (there is no folder {path.parent})"
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        return "cannot be written (permission denied)"
    return None


def _reject(option: str, path: Path, problem: str | None) -> None:
    from routewright.data.errors import FormatError

    if problem:
        raise FormatError(f"{option} {path}", problem)
