"""The published JSON form of a solution, version 1: routes as the fields of ``Route``."""

from pathlib import Path
from typing import Any

from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.json_text import layout, parse, plain, validated
from routewright.data.formats.text import read_text
from routewright.data.solution import Route, Solution

FORMAT, VERSION = "routewright-solution", 1


def solution_to_json(solution: Solution, *, cost: float | None = None, instance: str = "") -> str:
    """``solution`` as text.

    Args:
        solution: what to write.
        cost: reported cost (raw / scale) it is said to have, for people and ``check``.
        instance: name of the instance it belongs to.
    """
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if instance:
        document["instance"] = instance
    if cost is not None:
        document["cost"] = plain(cost)
    document["routes"] = plain(solution.routes)
    if solution.unserved:
        document["unserved"] = plain(solution.unserved)
    return layout(document)


def solution_from_json(text: str, path: str | Path = "solution") -> Solution:
    """The solution in ``text``; ``path`` is what errors call it.

    Raises:
        FormatError: naming the field and the value that are wrong.
    """
    return claim_from_json(text, path)[0]


def claim_from_json(text: str, path: str | Path = "solution") -> tuple[Solution, float | None]:
    """The solution in ``text`` and the cost it claims, if any.

    Raises:
        FormatError: naming the field and the value that are wrong.
    """
    from routewright.data.formats.json_models import SolutionModel

    model = validated(path, SolutionModel, parse(path, text))
    routes = (route.model_dump() for route in model.routes)
    return Solution(tuple(Route(**_tuples(route)) for route in routes), tuple(model.unserved)), model.cost


def _tuples(route: dict[str, Any]) -> dict[str, Any]:
    """Lists become tuples all the way down, for routes compare by value."""
    return {name: _tuple(value) for name, value in route.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def read_solution_json(path: str | Path) -> Solution:
    """Read a solution.

    Raises:
        FormatError: naming the field and the value that are wrong.
    """
    return solution_from_json(read_text(path), path)


def write_solution_json(solution: Solution, path: str | Path, *, cost: float | None = None, instance: str = "") -> None:
    """Write ``solution``; ``read_solution_json`` gives back an equal one."""
    text = solution_to_json(solution, cost=cost, instance=instance)
    with atomic_write(path) as stream:
        stream.write(text)
