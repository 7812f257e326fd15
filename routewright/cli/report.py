"""What `solve` says about its answer, to people and to programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from routewright.cli.features import loads_are_free
from routewright.cli.lines import plural
from routewright.cli.numbers import gap, percent, plain, tidy

if TYPE_CHECKING:
    from routewright.data.check import Violation
    from routewright.data.instance import Instance
    from routewright.data.solution import Route
    from routewright.solvers.monitor import TrajectoryPoint
    from routewright.solvers.result import Result

SHOWN = 10
"""Violations listed for people; programs get them all."""
NO_CAPACITY = "no vehicle has a capacity, so that demands limit nothing; --capacity gives one"


def as_rows(result: "Result", distances: str, best_known: float | None) -> list[tuple[str, str]]:
    """The answer as labelled lines for people; ``distances`` says how those were made."""
    name = result.instance.name or "unnamed"
    reference = "" if best_known is None else f"{percent(gap(result.cost, best_known))} to {plain(best_known)}"
    rows = [
        ("instance", f"{name}, {plural(result.instance.n_clients, 'client')}"),
        ("distances", distances),
        ("solver", f"{result.solver} {result.version}, seed {result.seed}"),
        ("cost", plain(result.cost)),
        ("gap", reference),
        ("lower bound", _bound(result)),
        ("routes", str(result.vehicles)),
        ("left out", _names(result, result.solution.unserved)),
        ("feasible", "yes, checked" if result.feasible else "no"),
        ("seconds", f"{result.seconds:.1f} (processor {result.cpu_seconds:.1f})"),
        ("iterations", str(result.iterations)),
        ("note", NO_CAPACITY if loads_are_free(result.instance) else ""),
    ]
    return [(label, text) for label, text in rows if text]


def violation_lines(violations: "Sequence[Violation]", told: "Instance | None" = None) -> list[str]:
    """The first few violations, one line each, and how many more there are.

    Args:
        violations: of the judge.
        told: the instance, where each is to be explained.
    """
    from routewright.data.explain import explain

    lines = [str(violation) if told is None else explain(violation, told) for violation in violations[:SHOWN]]
    rest = len(violations) - len(lines)
    return [*lines, f"… and {rest} more"] if rest else lines


def as_json(result: "Result", best_known: float | None) -> dict[str, Any]:
    """The answer as one object of plain JSON types; nodes are indices, depots first."""
    instance = result.instance
    return {
        "instance": instance.name,
        "clients": instance.n_clients,
        "rounding": instance.rounding,
        "scale": instance.scale,
        "objective": instance.objective,
        "solver": result.solver,
        "version": result.version,
        "seed": result.seed,
        "cost": tidy(result.cost),
        "best_known": tidy(best_known),
        "gap_percent": None if best_known is None else tidy(gap(result.cost, best_known)),
        "bound": tidy(result.bound),
        "optimal": result.optimal,
        "feasible": result.feasible,
        "violations": violations_json(result.violations),
        "vehicles": result.vehicles,
        "routes": [route_json(route) for route in result.solution.routes],
        "unserved": list(result.solution.unserved),
        "seconds": round(result.seconds, 3),
        "cpu_seconds": round(result.cpu_seconds, 3),
        "iterations": result.iterations,
        "trajectory": [_point_json(point) for point in result.trajectory],
    }


def violations_json(violations: "Sequence[Violation]", told: "Instance | None" = None) -> list[dict[str, Any]]:
    """Violations as plain JSON types, explained where ``told`` is the instance."""
    from routewright.data.explain import explain

    rows: list[dict[str, Any]] = [
        {"kind": v.kind, "route": v.route, "node": v.node, "message": str(v)} for v in violations
    ]
    if told is not None:
        for row, violation in zip(rows, violations, strict=True):
            row["explanation"] = explain(violation, told)
    return rows


def route_json(route: "Route") -> dict[str, Any]:
    """A route as plain JSON types, without what was left to the evaluator."""
    return {name: value for name, value in asdict(route).items() if value is not None and value != ()}


def _point_json(point: "TrajectoryPoint") -> dict[str, Any]:
    seconds = {"seconds": round(point.wall, 3), "cpu_seconds": round(point.cpu, 3)}
    return {**seconds, "cost": tidy(point.cost), "iterations": point.iterations}


def _bound(result: "Result") -> str:
    if result.bound is None or result.gap is None:
        return ""
    return f"{plain(result.bound)}, {'optimal' if result.optimal else f'gap {percent(result.gap)}'}"


def _names(result: "Result", nodes: tuple[int, ...]) -> str:
    labels = [result.instance.label(node) for node in nodes[:SHOWN]]
    rest = len(nodes) - len(labels)
    return ", ".join(labels) + (f" and {rest} more" if rest else "")
