"""The rules that routes keep, one class each."""

from routewright.envs.constraints.backhaul import ClassicBackhaul
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.constraints.capacity import Capacity
from routewright.envs.constraints.distance_limit import DistanceLimit
from routewright.envs.constraints.duration_limit import DurationLimit
from routewright.envs.constraints.fleet import Fleet
from routewright.envs.constraints.longest_route import LongestRoute
from routewright.envs.constraints.pairs import Pairs
from routewright.envs.constraints.windows import Windows

CONSTRAINTS: tuple[type[Constraint], ...] = (
    Capacity,
    ClassicBackhaul,
    Pairs,
    DistanceLimit,
    Windows,
    DurationLimit,
    Fleet,
    LongestRoute,
)
"""All there are; an environment takes those that its batch needs."""

__all__ = [
    "CONSTRAINTS", "Capacity", "ClassicBackhaul", "Constraint", "DistanceLimit", "DurationLimit", "Fields", "Fleet",
    "LongestRoute", "Move", "Pairs", "Windows",
]  # fmt: skip
