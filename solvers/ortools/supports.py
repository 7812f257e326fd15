"""What our model for OR-Tools cannot express."""

from routewright.data.instance import Instance
from routewright.solvers.equivalent import Equivalent
from routewright.solvers.features import beyond_any_library, priced_time, unloaded_backhaul


def supports(instance: Instance) -> list[str]:
    """Why the model cannot express ``instance``; empty where it can."""
    instance = Equivalent.of(instance).instance
    fleet = instance.vehicle_types
    missing = beyond_any_library(instance) | {
        "breaks where time has a price": any(v.breaks for v in fleet) and priced_time(instance),
        "reloads": any(v.reload_depots for v in fleet),
        "classic backhauls with clients that have no load": unloaded_backhaul(instance),
    }
    missing |= _about_batteries(instance)
    return [name for name, present in missing.items() if present]


def _about_batteries(instance: Instance) -> dict[str, bool]:
    fleet = instance.vehicle_types
    if not any(v.battery for v in fleet):
        return {}
    return {
        "batteries that differ": len({v.battery for v in fleet}) > 1,
        "batteries where time has a price": priced_time(instance),
        "batteries in a limited fleet": any(v.count is not None and v.count < instance.n_clients for v in fleet),
        "batteries together with pairs, groups or breaks": bool(
            len(instance.pairs) or (instance.group >= 0).any() or any(v.breaks for v in fleet)
        ),
    }
