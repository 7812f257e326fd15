"""Read any instance file: the format is found out by what stands in it."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from routewright.data.errors import FormatError
from routewright.data.formats.rounding import RoundingRule, check_rounding, describe_rounding
from routewright.data.formats.sniff import sniff
from routewright.data.formats.sol import read_solution
from routewright.data.formats.text import read_text
from routewright.data.formats.vrplib_reader import read_vrplib_with_rule
from routewright.data.instance import Instance, Objective

__all__ = ["read", "read_explained", "read_solution"]

_READERS = {
    "solomon": ("routewright.data.formats.solomon", "read_solomon"),
    "lilim": ("routewright.data.formats.lilim", "read_lilim"),
    "cordeau": ("routewright.data.formats.cordeau", "read_cordeau"),
    "schneider": ("routewright.data.formats.schneider", "read_schneider"),
    "json": ("routewright.data.formats.json_format", "read_json"),
    "vroom": ("routewright.data.formats.vroom_reader", "read_vroom"),
    "csv": ("routewright.data.formats.csv_clients", "read_csv"),
}


def read(
    path: str | Path,
    rounding: str = "auto",
    objective: Objective | None = None,
    durations: str | Path | None = None,
    *,
    capacity: float | None = None,
    vehicles: int | None = None,
    speed: float | None = None,
) -> Instance:
    """Read an instance in VRPLIB, TSPLIB, Solomon, Li & Lim, Cordeau, Schneider, JSON, VROOM or CSV form.

    Args:
        path: the file.
        rounding: one of ``routewright.data.distance.ROUNDINGS``, or ``auto`` for the convention of
            the file's family.
        objective: None is the format's own.
        durations: a second file of the same nodes whose distances are the travel times.
        capacity: of every vehicle; None is what the file says (a CSV of clients says nothing).
        vehicles: of each type; None is what the file says.
        speed: distance per unit of time; None is what the file says, as a rule 1 (VROOM: metres per
            second as the crow flies, 10).

    Raises:
        FormatError: naming file, line, field and value.
        InstanceError: if the arguments contradict the file.
    """
    return read_explained(path, rounding, objective, durations, capacity=capacity, vehicles=vehicles, speed=speed)[0]


def read_explained(
    path: str | Path,
    rounding: str = "auto",
    objective: Objective | None = None,
    durations: str | Path | None = None,
    *,
    capacity: float | None = None,
    vehicles: int | None = None,
    speed: float | None = None,
) -> tuple[Instance, str]:
    """Like ``read``, and one line that says which rounding was applied and why."""
    check_rounding(path, rounding)
    kind = sniff(path, read_text(path))
    if kind == "vrplib":
        instance, rule = read_vrplib_with_rule(path, rounding)
    else:
        instance, rule = _read_other(kind, path, rounding, speed)
    if objective is not None:
        instance = instance.replace(objective=objective)
    if durations is not None:
        instance = _with_durations(instance, path, durations, rounding)
    fleet = {"capacity": capacity, "count": vehicles, "speed": None if kind == "vroom" else speed}
    return _with_fleet(instance, fleet), describe_rounding(rule)


def _with_fleet(instance: Instance, fleet: dict[str, Any]) -> Instance:
    """Every vehicle type with the given fields; None is left as it is."""
    given = {name: value for name, value in fleet.items() if value is not None}
    if not given:
        return instance
    return instance.replace(vehicle_types=tuple(replace(vehicle, **given) for vehicle in instance.vehicle_types))


def _read_other(kind: str, path: str | Path, rounding: str, speed: float | None) -> tuple[Instance, RoundingRule]:
    module, name = _READERS[kind]
    reader = getattr(import_module(module), name)
    reason = "as asked" if rounding != "auto" else f"convention of {kind} files"
    if kind not in ("json", "vroom"):
        instance = reader(path, rounding=rounding)
        if instance.metric == "haversine":
            reason = f"kilometres on the globe, {reason}"
        return instance, RoundingRule(instance.rounding, instance.scale, reason)
    instance = reader(path, speed=speed) if kind == "vroom" else reader(path)
    if rounding not in ("auto", instance.rounding):
        raise FormatError(path, f"rounding is {instance.rounding} in the file, cannot be read as {rounding}")
    return instance, RoundingRule(instance.rounding, instance.scale, "as the file states")


def _with_durations(instance: Instance, path: str | Path, durations: str | Path, rounding: str) -> Instance:
    """The same nodes with the distances of a second file as travel times."""
    times = read(durations, rounding)
    if times.names != instance.names or times.n_nodes != instance.n_nodes:
        raise FormatError(durations, f"its nodes are not those of {path}")
    if times.distances is None or (times.scale, times.rounding) != (instance.scale, instance.rounding):
        raise FormatError(durations, f"durations must be explicit, with the rounding of {path}")
    return instance.replace(durations=times.distances)
