"""One run of HGS-CVRP.

The instance is handed over as a matrix of its own raw distances, so that the rounding is ours, with
the coordinates beside it: HGS needs them for SWAP* and takes no negative ones, hence the shift, which
changes no distance.
"""

from importlib.metadata import version as installed
from math import inf
from typing import Any

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.absence import missing_package
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.plain import capacity, demand

LEAST_SECONDS = 0.01  # 0 means no limit to HGS
DEFAULT_SECONDS = 1.0
"""Where the stop has no limit on time: it knows no other."""


def version() -> str:
    """Version of the hygese package."""
    return installed("hygese")


def absent() -> str:
    """What must be installed first."""
    return missing_package("hygese", "hygese")


def run(
    instance: Instance, monitor: Monitor, *, seed: int, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Solve with HGS-CVRP until the CPU limit of ``monitor``; it takes one thread and no start."""
    from hygese import AlgorithmParameters, Solver

    limit = monitor.stop.seconds if monitor.stop.seconds < inf else DEFAULT_SECONDS
    parameters = AlgorithmParameters(timeLimit=max(LEAST_SECONDS, limit - monitor.cpu()), seed=seed)
    routes = Solver(parameters, verbose=False).solve_cvrp(_data(instance)).routes
    solution = Solution.from_routes(routes)  # without routes where it found nothing feasible
    if routes:
        monitor.improved(evaluate(instance, solution).cost, 0, solution)
    return Answer(solution, 0)


def _data(instance: Instance) -> dict[str, Any]:
    vehicle = instance.vehicle_types[0]
    data: dict[str, Any] = {
        "distance_matrix": instance.distance_matrix(),
        "demands": demand(instance),
        "vehicle_capacity": capacity(instance),
        "depot": 0,
    }
    if instance.coords is not None:
        shifted = instance.coords - instance.coords.min(axis=0)
        data |= {"x_coordinates": shifted[:, 0], "y_coordinates": shifted[:, 1]}
    if vehicle.count is not None:
        data["num_vehicles"] = vehicle.count
    elif vehicle.max_duration < inf or vehicle.max_distance < inf:  # the library thinks of loads alone
        data["num_vehicles"] = instance.n_clients
    if vehicle.max_duration < inf:
        data |= {"duration_limit": vehicle.max_duration, "service_times": instance.service}
    elif vehicle.max_distance < inf:
        data["duration_limit"] = vehicle.max_distance
    return data
