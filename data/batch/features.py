"""What an instance asks of whoever plans for it, in words that the cards of trained policies use too."""

import numpy as np

from routewright.data.instance import Instance


def features(instance: Instance) -> tuple[str, ...]:
    """The features beyond vehicles that leave one depot, visit all clients on the plane and come back.

    What is there but cannot be felt is none: a capacity above the sum of all loads, say. Nor is a fleet of several
    vehicles, which the masks of environments see to.
    """
    every = _of_clients(instance) | _of_loads(instance) | _of_fleet(instance)
    return tuple(name for name, present in every.items() if present)


def _of_clients(instance: Instance) -> dict[str, bool]:
    clients = slice(instance.clients.start, instance.clients.stop)
    alternative = instance.group[clients] >= 0
    given = instance.distances is not None or instance.durations is not None
    return {
        "matrices": given or instance.metric != "euclidean" or instance.rounding == "geo",
        "time windows": _timed(instance),
        "release times": bool(instance.release.any()),
        "pairs": len(instance.pairs) > 0,
        "optional clients": bool((~instance.required[clients] & ~alternative).any()),
        "groups of clients": bool(alternative.any()),
        "split deliveries": instance.split,
        "charging stations": instance.stations > 0,
        f"objective {instance.objective}": instance.objective != "cost",
    }


def _of_loads(instance: Instance) -> dict[str, bool]:
    alone = ~np.isin(np.arange(instance.n_nodes), instance.pairs)[:, None]
    delivery, pickup = instance.delivery * alone, instance.pickup * alone
    collects, classic = bool(pickup.any()), instance.backhaul == "classic"
    total = np.maximum(instance.delivery.sum(axis=0), pickup.sum(axis=0))  # pairs deliver what they pick up
    return {
        "capacities": bool((total > instance.capacities).any()),
        "classic backhauls": collects and classic,
        "mixed backhauls": collects and not classic,
        "clients that get and give": bool(((delivery > 0) & (pickup > 0)).any()),
        "several loads": instance.n_loads > 1,
    }


def _of_fleet(instance: Instance) -> dict[str, bool]:
    fleet = instance.vehicle_types
    return {
        "one vehicle": one_vehicle(instance),
        "several depots": len(fleet) > 1,
        "vehicle types that differ": len({vehicle.kind for vehicle in fleet}) > 1,
        "open routes": any(vehicle.end is None for vehicle in fleet),
        "distance limits": any(np.isfinite(vehicle.max_distance) for vehicle in fleet),
        "duration limits": any(np.isfinite(vehicle.max_duration) for vehicle in fleet),
        "fixed costs": any(vehicle.fixed_cost for vehicle in fleet),
        "ways without a price": any(vehicle.distance_cost == 0 for vehicle in fleet),
        "tastes of vehicles": any(vehicle.allowed is not None or vehicle.preference for vehicle in fleet),
        "several trips": any(vehicle.trip_limit > 1 for vehicle in fleet),
        "batteries": any(vehicle.battery is not None for vehicle in fleet),
    }


def one_vehicle(instance: Instance) -> bool:
    """Whether the fleet is a single vehicle."""
    counts = [vehicle.count for vehicle in instance.vehicle_types]
    return None not in counts and sum(count or 0 for count in counts) == 1


def _timed(instance: Instance) -> bool:
    """Whether something closes."""
    nodes = instance.windows[: instance.clients.stop, :, 1]
    return bool(np.isfinite(nodes).any()) or any(np.isfinite(vehicle.shift[1]) for vehicle in instance.vehicle_types)
