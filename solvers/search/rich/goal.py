"""What is to be minimised, as costs of routes and of visits that add up."""

from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.rich.visits import Visits

Floats = NDArray[np.float64]

HEAVY = 1e3
"""Weight of the longest route while it is sought, in units of its distance."""
HEAVIEST = 1e7
"""Its weight where solutions are ranked."""


class Prices(NamedTuple):
    """What a vehicle costs."""

    fixed: float
    distance: float
    duration: float
    overtime: float


class Goal:
    """The objective of an instance.

    ``vehicles_first`` becomes a cost of vehicles above all distances, and a gain from each optional client
    above all vehicles.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self.counts_vehicles = instance.objective == "vehicles_first"
        self.is_balanced = instance.objective == "max_route"
        self.lateness = instance.lateness_cost.copy()
        if self.counts_vehicles:
            self.lateness[self.lateness < inf] = 0.0

    @property
    def vehicle_price(self) -> float:
        """More than all distances can differ by."""
        profiles = {vehicle.profile for vehicle in self._instance.vehicle_types}
        longest = max(float(self._instance.distance_matrix(profile).max()) for profile in profiles)
        return 4.0 * longest * (self._instance.n_clients + 1) + 1.0

    def prices(self, vehicle: VehicleType) -> Prices:
        """What a vehicle of a type costs."""
        if self.counts_vehicles:
            return Prices(self.vehicle_price, 1.0, 0.0, 0.0)
        return Prices(vehicle.fixed_cost, vehicle.distance_cost, vehicle.duration_cost, vehicle.overtime_cost)

    def charm(self, visits: Visits) -> Floats:
        """What each visit [V] costs each kind beside the way: [K, V]; infinite where it is not allowed."""
        instance = self._instance
        table = np.zeros((len(instance.vehicle_types), instance.n_nodes))
        for row, vehicle in zip(table, instance.vehicle_types, strict=True):
            for client, cost in vehicle.preference:
                row[client] = 0.0 if self.counts_vehicles else cost  # of two for one client the last holds
            row -= self.gain
            if vehicle.allowed is not None:
                barred = np.ones(instance.n_nodes, dtype=bool)
                barred[sorted(vehicle.allowed)] = False
                row[barred] = inf
        return table[:, visits.place]

    @property
    def gain(self) -> Floats:
        """What visiting each node [N] saves: its prize, where it may be left out."""
        instance = self._instance
        if self.counts_vehicles:
            alone = ~instance.required & (instance.group < 0) & _is_client(instance)
            return np.where(alone, self.vehicle_price * (instance.n_clients + 1), 0.0)
        return np.where(instance.required, 0.0, instance.prize)

    @property
    def worth(self) -> float:
        """All gains together."""
        return float(self.gain[list(self._instance.clients)].sum())


def _is_client(instance: Instance) -> NDArray[np.bool_]:
    mask = np.zeros(instance.n_nodes, dtype=bool)
    mask[list(instance.clients)] = True
    return mask
