"""What PyVRP's model cannot express."""

from math import inf

from routewright.data.instance import Instance
from routewright.solvers.equivalent import Equivalent
from routewright.solvers.features import (
    beyond_any_library,
    duration_matters,
    plain_pairs,
    single_windows,
    soft,
    unloaded_backhaul,
)
from routewright.solvers.pyvrp.ranked import ranks_fit


def supports(instance: Instance) -> list[str]:
    """Why PyVRP cannot express ``instance``; empty where it can."""
    instance = Equivalent.of(instance).instance
    fleet = instance.vehicle_types
    several = not single_windows(instance)
    missing = beyond_any_library(instance) | {
        "objective max_route": instance.objective == "max_route",
        "objective vehicles_first with numbers this large": not ranks_fit(instance),
        "soft time windows": soft(instance, range(instance.n_nodes)),
        "several time windows where duration matters": several and duration_matters(instance),
        "several time windows of clients in pairs": several and not single_windows(instance, paired=True),
        "breaks": any(v.breaks for v in fleet),
        "batteries": any(v.battery for v in fleet),
        "pairs with further loads, releases or groups": not plain_pairs(instance),
        "several time windows of a reload depot": _split_reload_windows(instance),
        "preferences or negative prizes together with a distance limit": any(
            v.preference and v.max_distance < inf for v in fleet
        ),
        "classic backhauls with clients that have no load": unloaded_backhaul(instance),
        "classic backhauls with pairs": instance.backhaul == "classic" and len(instance.pairs) > 0,
    }
    return [name for name, present in missing.items() if present]


def _split_reload_windows(instance: Instance) -> bool:
    reloads = {depot for vehicle in instance.vehicle_types for depot in vehicle.reload_depots}
    return any(bool((instance.windows[depot] != instance.windows[depot, :1]).any()) for depot in reloads)
