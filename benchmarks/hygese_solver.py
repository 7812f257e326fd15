"""HGS-CVRP (Vidal 2022, Computers & Operations Research 140) through hygese, for comparison only.

The instance is handed over as a matrix of its own raw distances, so that the rounding is ours, with
the coordinates beside it: HGS needs them for SWAP* and takes no negative ones, hence the shift, which
changes no distance. Its limit is a CPU clock, as ours, started when it is called.
"""

from importlib.metadata import version as installed
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.evaluate import evaluate
from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor

LEAST_SECONDS = 0.01  # 0 means no limit to HGS
MAGNITUDES = (0.1, 100_000.0)
"""Largest distance and demand that HGS-CVRP takes; beyond them, as with too small a fleet, its C
interface does not raise but ends the process. It never returns from a single client."""


def version() -> str:
    """Version of the hygese package."""
    return installed("hygese")


def supports(instance: Instance) -> list[str]:
    """What HGS-CVRP does not know about this instance; empty if it can take it."""
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
        "a single client": instance.n_clients < 2,
        f"more than {MATRIX_LIMIT} nodes": instance.n_nodes > MATRIX_LIMIT,
    }
    reasons = [rule for rule, present in rules.items() if present]
    return reasons or _fatal(instance)


def run(
    instance: Instance, monitor: Monitor, *, seed: int, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Solve with HGS-CVRP until the CPU limit of ``monitor``; it takes one thread and no start."""
    from hygese import AlgorithmParameters, Solver

    data = _data(instance)
    seconds = max(LEAST_SECONDS, (monitor.stop.cpu or monitor.stop.wall or 1.0) - monitor.cpu())
    parameters = AlgorithmParameters(timeLimit=seconds, seed=seed)
    routes = Solver(parameters, verbose=False).solve_cvrp(data).routes
    solution = Solution.from_routes(routes)  # without routes where it found nothing feasible
    if routes:
        monitor.improved(evaluate(instance, solution).cost, 0, solution)
    return Answer(solution, 0)


def _data(instance: Instance) -> dict[str, Any]:
    vehicle = instance.vehicle_types[0]
    data: dict[str, Any] = {
        "distance_matrix": instance.distance_matrix(),
        "demands": _demand(instance),
        "vehicle_capacity": _capacity(instance),
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


def _fatal(instance: Instance) -> list[str]:
    """What hygese could express, but would end the process for."""
    vehicle, demand = instance.vehicle_types[0], _demand(instance)
    reasons = []
    for name, largest in (("distance", instance.distance_matrix().max()), ("demand", demand.max())):
        if not MAGNITUDES[0] <= largest <= MAGNITUDES[1]:
            reasons.append(f"a largest {name} of {largest:g}")
    if vehicle.count is not None and vehicle.count * _capacity(instance) < demand.sum():
        reasons.append("a fleet that cannot hold all demand")
    return reasons


def _demand(instance: Instance) -> NDArray[np.float64]:
    return instance.delivery[:, 0] if instance.n_loads else np.zeros(instance.n_nodes)


def _capacity(instance: Instance) -> float:
    limit = instance.capacities[0, 0] if instance.n_loads else inf
    return float(limit) if limit < inf else max(float(_demand(instance).sum()), 1.0)
