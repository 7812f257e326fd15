"""What our model for OR-Tools cannot express."""

from routewright.data.instance import Instance
from routewright.solvers.equivalent import Equivalent
from routewright.solvers.features import beyond_any_library, priced_time, unloaded_backhaul


def supports(instance: Instance) -> list[str]:
    """Why the model cannot express ``instance``; empty where it can."""
    instance = Equivalent.of(instance).instance
    fleet = instance.vehicle_types
    missing = beyond_any_library(instance) | {
        "several breaks of a vehicle": any(len(v.breaks) > 1 for v in fleet),
        "breaks where time has a price": any(v.breaks for v in fleet) and priced_time(instance),
        "reloads": any(v.reload_depots for v in fleet),
        "classic backhauls with clients that have no load": unloaded_backhaul(instance),
    }
    return [name for name, present in missing.items() if present]
