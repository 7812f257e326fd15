"""Reading an instance the way that the options ask for."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routewright.cli.options import Objective, Rounding

if TYPE_CHECKING:
    from routewright.data.instance import Instance


def load(
    file: Path,
    rounding: Rounding = "auto",
    objective: Objective | None = None,
    durations: Path | None = None,
    capacity: float | None = None,
    vehicles: int | None = None,
) -> tuple["Instance", str]:
    """The instance, and one line that says how its distances are made.

    Args:
        file: to be read.
        rounding: rule for the distances.
        objective: None is what the file's family minimises.
        durations: second file, whose distances are travel times.
        capacity: None is what the file says; a table of clients says nothing.
        vehicles: of each type; None is what the file says.

    Raises:
        RoutewrightError: if the file cannot be read, or contradicts the options.
    """
    from routewright.data.formats.read import read_explained

    instance, distances = read_explained(file, rounding, objective, durations)
    changes: dict[str, Any] = {"capacity": capacity, "count": vehicles}
    given = {name: value for name, value in changes.items() if value is not None}
    if given:
        types = tuple(replace(vehicle, **given) for vehicle in instance.vehicle_types)
        instance = instance.replace(vehicle_types=types)
    return instance, distances
