"""Routewright: solve, train and compare on vehicle routing problems.

The names below are loaded when they are first used, so that importing the package stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:  # what the table below says, for mypy and editors
    from routewright.compare.comparing import compare_solvers
    from routewright.compare.comparison import Comparison
    from routewright.data.batch import to_solution, to_tensordict
    from routewright.data.builder import InstanceBuilder
    from routewright.data.check import Violation, check
    from routewright.data.draw import (
        plot,
        plot_convergence,
        plot_map,
        plot_timetable,
        save_figure,
        to_geojson,
        write_geojson,
    )
    from routewright.data.errors import FormatError, InstanceError, RoutewrightError, UnsupportedError
    from routewright.data.evaluate import Evaluation, evaluate
    from routewright.data.explain import explain
    from routewright.data.formats.read import read, read_solution
    from routewright.data.formats.write import write
    from routewright.data.generators import generate
    from routewright.data.generators.packaged import packaged, packaged_names
    from routewright.data.instance import Instance
    from routewright.data.labels import Label, read_labels, write_labels
    from routewright.data.schedule import Schedule
    from routewright.data.solution import Route, Solution
    from routewright.data.vehicle import Battery, Break, VehicleType
    from routewright.envs import VRPEnv, check_env
    from routewright.policies.checkpoint import load_policy
    from routewright.policies.policy import Policy
    from routewright.policies.training.recipe import read_recipe
    from routewright.policies.training.run import train
    from routewright.solvers.batch import Failure, solve_batch
    from routewright.solvers.exact.bound import Bound, lower_bound
    from routewright.solvers.live import Changes, LiveDay
    from routewright.solvers.result import Result
    from routewright.solvers.solve import solve, supports
    from routewright.solvers.stop import Stop

_HOME = {
    "Battery": "routewright.data.vehicle",
    "Bound": "routewright.solvers.exact.bound",
    "Break": "routewright.data.vehicle",
    "Changes": "routewright.solvers.live",
    "Comparison": "routewright.compare.comparison",
    "Evaluation": "routewright.data.evaluate",
    "Failure": "routewright.solvers.batch",
    "FormatError": "routewright.data.errors",
    "Instance": "routewright.data.instance",
    "InstanceBuilder": "routewright.data.builder",
    "InstanceError": "routewright.data.errors",
    "Label": "routewright.data.labels",
    "LiveDay": "routewright.solvers.live",
    "Policy": "routewright.policies.policy",
    "Result": "routewright.solvers.result",
    "Route": "routewright.data.solution",
    "RoutewrightError": "routewright.data.errors",
    "Schedule": "routewright.data.schedule",
    "Solution": "routewright.data.solution",
    "Stop": "routewright.solvers.stop",
    "UnsupportedError": "routewright.data.errors",
    "VRPEnv": "routewright.envs",
    "VehicleType": "routewright.data.vehicle",
    "Violation": "routewright.data.check",
    "check": "routewright.data.check",
    "check_env": "routewright.envs",
    "compare_solvers": "routewright.compare.comparing",
    "evaluate": "routewright.data.evaluate",
    "explain": "routewright.data.explain",
    "generate": "routewright.data.generators",
    "load_policy": "routewright.policies.checkpoint",
    "lower_bound": "routewright.solvers.exact.bound",
    "packaged": "routewright.data.generators.packaged",
    "packaged_names": "routewright.data.generators.packaged",
    "plot": "routewright.data.draw",
    "plot_convergence": "routewright.data.draw",
    "plot_map": "routewright.data.draw",
    "plot_timetable": "routewright.data.draw",
    "read": "routewright.data.formats.read",
    "read_labels": "routewright.data.labels",
    "read_recipe": "routewright.policies.training.recipe",
    "read_solution": "routewright.data.formats.read",
    "save_figure": "routewright.data.draw",
    "solve": "routewright.solvers.solve",
    "solve_batch": "routewright.solvers.batch",
    "supports": "routewright.solvers.solve",
    "to_geojson": "routewright.data.draw",
    "to_solution": "routewright.data.batch",
    "to_tensordict": "routewright.data.batch",
    "train": "routewright.policies.training.run",
    "write": "routewright.data.formats.write",
    "write_geojson": "routewright.data.draw",
    "write_labels": "routewright.data.labels",
}

__all__ = [
    "Battery",
    "Bound",
    "Break",
    "Changes",
    "Comparison",
    "Evaluation",
    "Failure",
    "FormatError",
    "Instance",
    "InstanceBuilder",
    "InstanceError",
    "Label",
    "LiveDay",
    "Policy",
    "Result",
    "Route",
    "RoutewrightError",
    "Schedule",
    "Solution",
    "Stop",
    "UnsupportedError",
    "VRPEnv",
    "VehicleType",
    "Violation",
    "__version__",
    "check",
    "check_env",
    "compare_solvers",
    "evaluate",
    "explain",
    "generate",
    "load_policy",
    "lower_bound",
    "packaged",
    "packaged_names",
    "plot",
    "plot_convergence",
    "plot_map",
    "plot_timetable",
    "read",
    "read_labels",
    "read_recipe",
    "read_solution",
    "save_figure",
    "solve",
    "solve_batch",
    "supports",
    "to_geojson",
    "to_solution",
    "to_tensordict",
    "train",
    "write",
    "write_geojson",
    "write_labels",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value  # found at once from now on
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
