"""HGS-CVRP (Vidal 2022, Computers & Operations Research 140) through hygese, for comparison only.

The instance is handed over as a matrix of its own raw distances, so that the rounding is ours, with
the coordinates beside it: HGS needs them for SWAP* and takes no negative ones, hence the shift, which
changes no distance. Its limit is a CPU clock, as ours, started when it is called.
"""

from importlib.metadata import version as installed
from math import inf
from typing import Any

import numpy as np

from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.solution import Solution
from routewright.solvers.monitor import Monitor
from routewright.solvers.result import Answer

LEAST_SECONDS = 0.01  # 0 means no limit to HGS


def version() -> str:
    """Version of the hygese package."""
    return installed("hygese")


def supports(instance: Instance) -> list[str]:
    """Why HGS-CVRP cannot express this instance; empty if it can."""
    vehicle = instance.vehicle_types[0]
    limits = [vehicle.max_distance < inf, vehicle.max_duration < inf]
    rules = {
        "several depots": instance.depots > 1,
        "charging stations": instance.stations > 0 or vehicle.battery is not None,
        "several vehicle types": len(instance.vehicle_types) > 1,
        "several load dimensions": instance.n_loads > 1,
        "pickups": bool(instance.pickup.any()),
        "pairs": len(instance.pairs) > 0,
        "time windows": bool(np.isfinite(instance.windows[..., 1]).any() or instance.windows[..., 0].any()),
        "release times": bool(instance.release.any()),
        "optional clients": not bool(instance.required[instance.clients.start : instance.clients.stop].all()),
        "split deliveries": instance.split,
        "time-dependent travel": instance.speed_periods is not None,
        f"objective {instance.objective}": instance.objective != "cost",
        "fixed or duration costs": vehicle.fixed_cost != 0 or vehicle.duration_cost != 0,
        "open routes": vehicle.end is None,
        "reloads": bool(vehicle.reload_depots),
        "a shift": vehicle.shift != (0.0, inf),
        "a distance and a duration limit": all(limits),
        "durations unlike distances": limits[1] and (instance.durations is not None or vehicle.speed != 1.0),
        "overtime": vehicle.max_overtime > 0,
        "clients for some vehicles": vehicle.allowed is not None or bool(vehicle.preference),
        "breaks": bool(vehicle.breaks),
        f"more than {MATRIX_LIMIT} nodes (it holds a matrix)": instance.n_nodes > MATRIX_LIMIT,
    }
    reasons = [f"hygese has no {rule}" for rule, present in rules.items() if present]
    if not reasons and instance.distances is not None and not _symmetric(instance):
        reasons.append("hygese has no asymmetric distances")
    return reasons


def run(
    instance: Instance, monitor: Monitor, *, seed: int, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Solve with HGS-CVRP until the CPU limit of ``monitor``; it takes one thread and no start."""
    from hygese import AlgorithmParameters, Solver

    data = _data(instance)
    seconds = max(LEAST_SECONDS, (monitor.stop.cpu or monitor.stop.wall or 1.0) - monitor.cpu())
    parameters = AlgorithmParameters(timeLimit=seconds, seed=seed)
    try:
        routes = Solver(parameters, verbose=False).solve_cvrp(data).routes
    except TypeError:  # what hygese raises on a null pointer: no feasible solution was found
        return Answer(Solution(unserved=tuple(instance.clients)), 0)
    solution = Solution.from_routes(routes)
    monitor.improved(_cost(instance, solution), 0, solution)
    return Answer(solution, 0)


def _data(instance: Instance) -> dict[str, Any]:
    vehicle = instance.vehicle_types[0]
    demand = instance.delivery[:, 0] if instance.n_loads else np.zeros(instance.n_nodes)
    limited = vehicle.capacity and vehicle.capacity[0] < inf
    data: dict[str, Any] = {
        "distance_matrix": instance.distance_matrix(),
        "demands": demand,
        "vehicle_capacity": vehicle.capacity[0] if limited else max(float(demand.sum()), 1.0),
        "depot": 0,
    }
    if instance.coords is not None:
        shifted = instance.coords - instance.coords.min(axis=0)
        data |= {"x_coordinates": shifted[:, 0], "y_coordinates": shifted[:, 1]}
    if vehicle.count is not None:
        data["num_vehicles"] = vehicle.count
    if vehicle.max_duration < inf:
        data |= {"duration_limit": vehicle.max_duration, "service_times": instance.service}
    elif vehicle.max_distance < inf:
        data["duration_limit"] = vehicle.max_distance
    return data


def _symmetric(instance: Instance) -> bool:
    matrix = instance.distance_matrix()
    return bool(np.array_equal(matrix, matrix.T))


def _cost(instance: Instance, solution: Solution) -> float:
    from routewright.data.evaluate import evaluate

    return float(evaluate(instance, solution).cost)
