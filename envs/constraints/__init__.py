"""The rules that routes keep, one class each."""

from routewright.envs.constraints.access import Access
from routewright.envs.constraints.backhaul import ClassicBackhaul
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.constraints.battery import Battery
from routewright.envs.constraints.capacity import Capacity
from routewright.envs.constraints.distance_limit import DistanceLimit
from routewright.envs.constraints.duration_limit import DurationLimit
from routewright.envs.constraints.fleet import Fleet
from routewright.envs.constraints.groups import Groups
from routewright.envs.constraints.least_reward import LeastReward
from routewright.envs.constraints.longest_route import LongestRoute
from routewright.envs.constraints.pairs import Pairs
from routewright.envs.constraints.releases import Releases
from routewright.envs.constraints.split_delivery import SplitDelivery
from routewright.envs.constraints.trips import Trips
from routewright.envs.constraints.vehicle_count import VehicleCount
from routewright.envs.constraints.windows import Windows

CONSTRAINTS: tuple[type[Constraint], ...] = (
    Capacity,
    SplitDelivery,
    ClassicBackhaul,
    Pairs,
    Access,
    Groups,
    Battery,
    Trips,
    DistanceLimit,
    Windows,
    Releases,
    DurationLimit,
    Fleet,
    LeastReward,
    LongestRoute,
    VehicleCount,
)
"""All there are; an environment takes those that its batch needs."""

__all__ = [
    "CONSTRAINTS", "Access", "Battery", "Capacity", "ClassicBackhaul", "Constraint", "DistanceLimit", "DurationLimit",
    "Fields", "Fleet", "Groups", "LeastReward", "LongestRoute", "Move", "Pairs", "Releases", "SplitDelivery", "Trips",
    "VehicleCount", "Windows",
]  # fmt: skip
