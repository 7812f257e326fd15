"""What HGS-CVRP cannot express, or would end the process for."""

from math import inf

from routewright.data.instance import Instance
from routewright.solvers.plain import beyond_capacities, capacity, demand, reasons

MAGNITUDES = (0.1, 100_000.0)
"""Largest distance and demand that HGS-CVRP takes; beyond them, as with too small a fleet, its C
interface does not raise but ends the process. It never returns from a single client."""


def supports(instance: Instance) -> list[str]:
    """What HGS-CVRP does not know about this instance; empty if it can take it."""
    vehicle = instance.vehicle_types[0]
    limits = [vehicle.max_distance < inf, vehicle.max_duration < inf]
    rules = beyond_capacities(instance) | {
        "a distance and a duration limit": all(limits),
        "durations unlike distances": limits[1] and (instance.durations is not None or vehicle.speed != 1.0),
        "a single client": instance.n_clients < 2,
    }
    return reasons(rules) or _fatal(instance)


def _fatal(instance: Instance) -> list[str]:
    vehicle, load = instance.vehicle_types[0], demand(instance)
    found = []
    for name, largest in (("distance", instance.distance_matrix().max()), ("demand", load.max())):
        if not MAGNITUDES[0] <= largest <= MAGNITUDES[1]:
            found.append(f"a largest {name} of {largest:g}")
    if vehicle.count is not None and vehicle.count * capacity(instance) < load.sum():
        found.append("a fleet that cannot hold all demand")
    return found
