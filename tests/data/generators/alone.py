"""Whether each client could be served by a vehicle that visits nobody else."""

from routewright.data.instance import Instance


def unservable(instance: Instance) -> list[int]:
    """Clients that no route of their own can serve: load, window and way home, by the definition."""
    return [client for client in instance.clients if not _fits(instance, client)]


def _fits(instance: Instance, client: int) -> bool:
    vehicle = instance.vehicle_types[0]
    capacity = instance.capacities[0, 0]
    out = float(instance.duration(vehicle.start, client, speed=vehicle.speed))
    back = float(instance.duration(client, vehicle.start, speed=vehicle.speed))
    opens, closes = instance.windows[client, 0]
    start = max(float(instance.windows[0, 0, 0]) + out, opens)
    home = start + instance.service[client] + back
    return bool(instance.delivery[client, 0] <= capacity and start <= closes and home <= instance.windows[0, 0, 1])
