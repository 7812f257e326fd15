"""Floor 0: problems, answers, the judge, files and generators."""

from routewright.data.builder import InstanceBuilder
from routewright.data.errors import FormatError, InstanceError, RoutewrightError, UnsupportedError
from routewright.data.generators.packaged import packaged, packaged_names
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Battery, Break, VehicleType

__all__ = [
    "Battery",
    "Break",
    "FormatError",
    "Instance",
    "InstanceBuilder",
    "InstanceError",
    "Route",
    "RoutewrightError",
    "Solution",
    "UnsupportedError",
    "VehicleType",
    "packaged",
    "packaged_names",
]
