"""Whether a solution to start from speaks of the instance at all."""

from routewright.data.errors import InstanceError
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution


def check_start(instance: Instance, solution: Solution) -> None:
    """Refuse nodes, depots and vehicle types that do not exist; it may break any limit.

    Raises:
        InstanceError: at the first one, by route and value.
    """
    for index, route in enumerate(solution):
        where = f"initial solution, route {index}"
        if not 0 <= route.vehicle_type < len(instance.vehicle_types):
            raise InstanceError(f"{where}: vehicle type {route.vehicle_type} does not exist")
        _check_nodes(instance, route, where)


def _check_nodes(instance: Instance, route: Route, where: str) -> None:
    for node in route.stops:
        if not instance.depots <= node < instance.n_nodes:
            raise InstanceError(f"{where}: node {node} is not a client or a station")
    for depot in (route.start, route.end, *route.reloads):
        if depot is not None and not 0 <= depot < instance.depots:
            raise InstanceError(f"{where}: depot {depot} does not exist")
