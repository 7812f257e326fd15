"""What our model for OR-Tools cannot express."""

from routewright.data.instance import Instance
from routewright.solvers.features import beyond_any_library, unloaded_backhaul


def supports(instance: Instance) -> list[str]:
    """Why the model cannot express ``instance``; empty where it can."""
    fleet = instance.vehicle_types
    missing = beyond_any_library(instance) | {
        "objective max_route": instance.objective == "max_route",
        "breaks": any(v.breaks for v in fleet),
        "reloads": any(v.reload_depots for v in fleet),
        "release times": bool(instance.release.any()),
        "negative prizes": bool((instance.prize < 0).any()),
        "negative preferences": any(price < 0 for v in fleet for _, price in v.preference),
        "classic backhauls with clients that have no load": unloaded_backhaul(instance),
    }
    return [name for name, present in missing.items() if present]
