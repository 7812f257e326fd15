"""Read any instance file: the format is found out by what stands in it."""

from importlib import import_module
from pathlib import Path

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
    "csv": ("routewright.data.formats.csv_clients", "read_csv"),
}


def read(
    path: str | Path,
    rounding: str = "auto",
    objective: Objective | None = None,
    durations: str | Path | None = None,
) -> Instance:
    """Read an instance in VRPLIB, TSPLIB, Solomon, Li & Lim, Cordeau, Schneider, JSON or CSV form.

    Args:
        path: the file.
        rounding: one of ``routewright.data.distance.ROUNDINGS``, or ``auto`` for the convention of
            the file's family.
        objective: None is the format's own.
        durations: a second file of the same nodes whose distances are the travel times.

    Raises:
        FormatError: naming file, line, field and value.
    """
    return read_explained(path, rounding, objective, durations)[0]


def read_explained(
    path: str | Path,
    rounding: str = "auto",
    objective: Objective | None = None,
    durations: str | Path | None = None,
) -> tuple[Instance, str]:
    """Like ``read``, and one line that says which rounding was applied and why."""
    check_rounding(path, rounding)
    kind = sniff(path, read_text(path))
    if kind == "vrplib":
        instance, rule = read_vrplib_with_rule(path, rounding)
    else:
        instance, rule = _read_other(kind, path, rounding)
    if objective is not None:
        instance = instance.replace(objective=objective)
    if durations is not None:
        instance = _with_durations(instance, path, durations, rounding)
    return instance, describe_rounding(rule)


def _read_other(kind: str, path: str | Path, rounding: str) -> tuple[Instance, RoundingRule]:
    module, name = _READERS[kind]
    reader = getattr(import_module(module), name)
    reason = "as asked" if rounding != "auto" else f"convention of {kind} files"
    if kind != "json":
        instance = reader(path, rounding=rounding)
        return instance, RoundingRule(instance.rounding, instance.scale, reason)
    instance = reader(path)
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
