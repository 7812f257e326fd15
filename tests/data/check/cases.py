"""Small instances whose numbers can be followed in the head."""

from collections.abc import Iterable
from typing import Any

from routewright.data.check import Violation, check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType


def line(*places: float, **fields: Any) -> Instance:
    """Nodes on a line at whole places, so that every distance is a difference; the first is the depot."""
    return Instance.build(coords=[(place, 0.0) for place in places], rounding="round", **fields)


def fleet(**fields: Any) -> dict[str, Any]:
    """One vehicle type, to be handed to ``line``."""
    return {"vehicle_types": [VehicleType(**fields)]}


def one(*stops: int, **fields: Any) -> Solution:
    """One route of one trip."""
    return Solution((Route((stops,), **fields),))


def kinds(violations: Iterable[Violation]) -> list[str]:
    """What was found, in order."""
    return [violation.kind for violation in violations]


def cost(instance: Instance, solution: Solution) -> float:
    """Raw cost, as the judge states it when it rejects a claim that cannot be true."""
    found = check(instance, solution, float("nan"))
    assert kinds(found) == ["cost"], list(map(str, found))
    return float(str(found[0]).rsplit(" ", 1)[1]) * instance.scale
