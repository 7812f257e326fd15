"""What PyVRP's model cannot express."""

from math import inf

from routewright.data.instance import Instance
from routewright.solvers.features import beyond_any_library, plain_pairs, single_windows, soft, unloaded_backhaul


def supports(instance: Instance) -> list[str]:
    """Why PyVRP cannot express ``instance``; empty where it can."""
    fleet = instance.vehicle_types
    missing = beyond_any_library(instance) | {
        f"objective {instance.objective}": instance.objective != "cost",
        "soft time windows": soft(instance, range(instance.n_nodes)),
        "several time windows of a client": not single_windows(instance),
        "breaks": any(v.breaks for v in fleet),
        "pairs with further loads, releases or groups": not plain_pairs(instance),
        "negative prizes": bool((instance.prize < 0).any()),
        "several time windows of a reload depot": _split_reload_windows(instance),
        "preferences together with a distance limit": any(v.preference and v.max_distance < inf for v in fleet),
        "negative preferences": any(price < 0 for v in fleet for _, price in v.preference),
        "classic backhauls with clients that have no load": unloaded_backhaul(instance),
        "classic backhauls with pairs": instance.backhaul == "classic" and len(instance.pairs) > 0,
    }
    return [name for name, present in missing.items() if present]


def _split_reload_windows(instance: Instance) -> bool:
    reloads = {depot for vehicle in instance.vehicle_types for depot in vehicle.reload_depots}
    return any(bool((instance.windows[depot] != instance.windows[depot, :1]).any()) for depot in reloads)
