"""All routes of a large instance, and the regions they fall into."""

from collections.abc import Iterator

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.search.kernel.model import Int64


class Whole:
    """Routes of an instance, as its nodes, with their cost.

    Args:
        instance: of one depot and one vehicle type.
        routes: feasible routes; clients that none of them visits are unserved.
    """

    def __init__(self, instance: Instance, routes: list[Int64]) -> None:
        self.instance = instance
        self.routes = routes
        self._clients = np.asarray(instance.clients)
        self._costs = [route_cost(instance, route) for route in routes]
        self._route_of = np.empty(0, np.int64)
        self._locate()

    def copy(self) -> "Whole":
        """A snapshot that later changes leave alone."""
        twin = object.__new__(Whole)
        twin.__dict__ = self.__dict__ | {"routes": list(self.routes), "_costs": list(self._costs)}
        return twin

    def _locate(self) -> None:
        self._route_of = np.full(self.instance.n_nodes, -1, np.int64)
        for number, route in enumerate(self.routes):
            self._route_of[route] = number

    @property
    def unserved(self) -> Int64:
        """Clients on no route."""
        return np.asarray(self._clients[self._route_of[self._clients] < 0])

    @property
    def cost(self) -> float:
        """Raw cost: routes, and prizes of the unserved."""
        return sum(self._costs) + float(self.instance.prize[self.unserved].sum())

    @property
    def is_complete(self) -> bool:
        """Whether every client that must be served is."""
        return not self.instance.required[self.unserved].any()

    @property
    def rank(self) -> tuple[int, float]:
        """What to minimise: required clients left out, then cost."""
        return int(self.instance.required[self.unserved].sum()), self.cost

    def region(self, centre: int, size: int) -> tuple[Int64, Int64]:
        """Routes around a client with about ``size`` clients together, and the unserved among them.

        Returns:
            (numbers of routes, unserved clients).
        """
        order = self._clients[np.argsort(self.instance.distance(centre, self._clients), kind="stable")]
        numbers, first = np.unique(self._route_of[order], return_index=True)
        numbers = numbers[np.argsort(first)]
        numbers = numbers[numbers >= 0]
        together = np.cumsum([len(self.routes[number]) for number in numbers])
        numbers = numbers[: max(1, int(np.searchsorted(together, size, side="right")))]
        near = order[:size]
        return numbers, near[self._route_of[near] < 0]

    def cover(self, size: int, random: np.random.Generator) -> Iterator[tuple[Int64, Int64]]:
        """Regions around random clients until each client was in one; routes may be replaced in between."""
        waiting = np.ones(self.instance.n_nodes, np.bool_)
        while waiting[self._clients].any():
            centre = int(random.choice(self._clients[waiting[self._clients]]))
            numbers, unserved = self.region(centre, size)
            waiting[np.concatenate([[centre], unserved, *(self.routes[number] for number in numbers)])] = False
            yield numbers, unserved

    def replace(self, numbers: Int64, routes: list[Int64]) -> None:
        """Put ``routes`` in the place of those with these numbers."""
        gone = set(numbers.tolist())
        kept = [number for number in range(len(self.routes)) if number not in gone]
        self._costs = [self._costs[number] for number in kept] + [route_cost(self.instance, r) for r in routes]
        self.routes = [self.routes[number] for number in kept] + routes
        self._locate()


def route_cost(instance: Instance, route: Int64) -> float:
    """Raw cost of a route of the only vehicle type."""
    vehicle = instance.vehicle_types[0]
    home = [] if vehicle.end is None else [0]
    stops = np.concatenate([[0], route, home]).astype(np.int64)
    distance = float(instance.distance(stops[:-1], stops[1:], vehicle.profile).sum())
    return vehicle.fixed_cost + vehicle.distance_cost * distance
