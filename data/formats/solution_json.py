"""Solutions as JSON: every field, also those that CVRPLIB's form cannot say."""

import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.text import read_text
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution

_FIELDS = tuple(item.name for item in fields(Route))


@cache
def _schema() -> Any:
    """Model of a file: the fields of Route and Solution, and the claimed cost."""
    from pydantic import ConfigDict, create_model

    rules = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    types = {item.name: (item.type, item.default if item.name != "trips" else ...) for item in fields(Route)}
    route = create_model("Route", __config__=rules, **types)  # type: ignore[call-overload]
    return create_model(
        "Solution",
        __config__=rules,
        routes=(tuple[route, ...], ...),  # type: ignore[valid-type]
        unserved=(tuple[int, ...], ()),
        cost=(float | None, None),
    )


def read_solution_json(path: str | Path, instance: Instance) -> tuple[Solution, float | None]:
    """Read a solution and its claimed cost, if there is one.

    Raises:
        FormatError: naming file, field and value.
    """
    from pydantic import ValidationError

    try:
        found = _schema().model_validate_json(read_text(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        value = "" if isinstance(first["input"], dict | str) and not place else f" ({place} is {first['input']!r:.60})"
        raise FormatError(path, f"{first['msg']}{value}") from None
    routes = tuple(Route(**{name: getattr(route, name) for name in _FIELDS}) for route in found.routes)
    solution = Solution(routes, found.unserved)
    _check_known(path, solution, instance)
    return solution, found.cost


def _check_known(path: str | Path, solution: Solution, instance: Instance) -> None:
    """Raise FormatError at a node, depot or vehicle type that the instance does not have."""
    for index, route in enumerate(solution.routes):
        depots = [depot for depot in (route.start, route.end, *route.reloads) if depot is not None]
        limits = {"node": (route.stops, instance.n_nodes), "depot": (depots, instance.depots)}
        limits["vehicle_type"] = ([route.vehicle_type], len(instance.vehicle_types))
        for what, (numbers, end) in limits.items():
            for number in numbers:
                if not 0 <= number < end:
                    raise FormatError(path, f"routes.{index}: {what} {number} does not exist (there are {end})")
    for node in solution.unserved:
        if not 0 <= node < instance.n_nodes:
            raise FormatError(path, f"unserved: node {node} does not exist (there are {instance.n_nodes})")


def write_solution_json(solution: Solution, path: str | Path, cost: float | None = None) -> None:
    """Write a solution; fields of a route that are at their neutral value are left out."""
    neutral = Route(())
    content: dict[str, Any] = {} if cost is None else {"cost": float(cost)}
    content["routes"] = [
        {
            name: getattr(route, name)
            for name in _FIELDS
            if name == "trips" or getattr(route, name) != getattr(neutral, name)
        }
        for route in solution.routes
    ]
    content["unserved"] = list(solution.unserved)
    with atomic_write(path) as stream:
        json.dump(content, stream)
        stream.write("\n")
