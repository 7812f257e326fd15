"""Which instances optimality can be proved for: tours, and routes of equal vehicles within one limit on time."""

from math import inf

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.features import single_windows, soft
from routewright.solvers.lk.support import reasons_against
from routewright.solvers.plain import beyond_capacities, reasons

LARGEST = 127
"""Clients of routes."""
LONGEST = 200
"""Cities of a tour."""
KNOWN = {"time windows", "open routes", "a shift", "fixed or duration costs"}
"""More than capacities, and known all the same."""


def is_tour(instance: Instance) -> bool:
    """Whether one vehicle visits all clients, and that is all."""
    return not reasons_against(instance)


def beyond_routes(instance: Instance) -> list[str]:
    """Why routes of ``instance`` cannot be priced."""
    vehicle = instance.vehicle_types[0]
    timed = bool(np.isfinite(instance.windows[..., 1]).any() or instance.windows[..., 0].any())
    timed |= vehicle.shift != (0.0, inf)
    limits = [timed, vehicle.max_duration < inf, vehicle.max_distance < inf]
    rules = {name: there for name, there in beyond_capacities(instance).items() if name not in KNOWN} | {
        "duration costs": vehicle.duration_cost > 0,
        "several windows of a client": not single_windows(instance),
        "soft windows": soft(instance, range(instance.n_nodes)),
        "groups of clients": bool((instance.group >= 0).any()),
        "more than one of: time windows or a shift, a limit on duration, a limit on distance": sum(limits) > 1,
        f"more than {LARGEST} clients": instance.n_clients > LARGEST,
    }
    return reasons(rules)


def supports(instance: Instance) -> list[str]:
    """Reasons against."""
    if is_tour(instance):
        return [f"more than {LONGEST} places of a tour"] if instance.n_nodes > LONGEST else []
    return beyond_routes(instance)
