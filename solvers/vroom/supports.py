"""What VROOM's model, as it is written here, cannot express."""

from math import inf

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.features import beyond_any_library, plain_pairs, soft
from routewright.solvers.plain import reasons


def supports(instance: Instance) -> list[str]:
    """Why VROOM cannot express ``instance``; empty where it can."""
    fleet = instance.vehicle_types
    depots = instance.windows[: instance.depots]
    rules = beyond_any_library(instance) | {
        f"objective {instance.objective}": instance.objective != "cost",
        "soft time windows": soft(instance, range(instance.n_nodes)),
        "optional clients": not bool(instance.required[instance.clients.start : instance.clients.stop].all()),
        "classic backhauls": instance.backhaul == "classic",
        "pairs with further loads, releases or groups": not plain_pairs(instance),
        "release times": bool(instance.release.any()),
        "service at a depot": bool(instance.service[: instance.depots].any()),
        "windows of a depot": bool(np.isfinite(depots[..., 1]).any() and (depots != depots[:1, :1]).any()),
        "several time windows of a depot": bool((depots != depots[:, :1]).any()),
        "costs of duration": any(v.duration_cost > 0 for v in fleet),
        "vehicle types that differ in cost of distance": len({v.distance_cost for v in fleet}) > 1,
        "duration limits": any(v.max_duration < inf for v in fleet),
        "reloads": any(v.reload_depots for v in fleet),
        "batteries": any(v.battery is not None for v in fleet),
        "breaks": any(v.breaks for v in fleet),
        "clients for some vehicles": any(v.allowed is not None or v.preference for v in fleet),
        "vehicle types that differ in distances or speed": len({(v.profile, v.speed) for v in fleet}) > 1,
        "no clients": instance.n_clients < 1,
    }
    return reasons(rules)
