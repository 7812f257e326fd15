"""What the library's objective adds up.

For ``cost`` it is our cost, scaled. For ``vehicles_first`` a vehicle costs more than all driving
together, and an absent client more than all vehicles. For ``max_route`` a unit of the longest
route costs more than everything else together, as far as the library's integers reach.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.scaling import Scaling

Integers = NDArray[np.int64]

LARGEST = 1 << 60
"""No objective may come near the largest integer of the library."""


@dataclass(frozen=True)
class Prices:
    """Prices in units of the objective.

    Attributes:
        instance: the problem.
        scaling: of its numbers.
        ranked: whether the objective is ``vehicles_first``.
        extra: [N] of visiting a node.
        constant: paid in any case, not part of the objective.
        offset: as ``constant``, raw.
        tier: above the distance of any solution.
    """

    instance: Instance
    scaling: Scaling
    ranked: bool
    extra: Integers
    constant: int
    offset: float
    tier: int

    @classmethod
    def of(cls, instance: Instance, scaling: Scaling, offset: float, calls: int) -> "Prices":
        """The prices of ``instance`` with ``calls`` at stations, in whose original every plan costs ``offset`` more."""
        extra, constant = _groups(instance, scaling)
        longest = max(float(instance.distance_matrix(v.profile).max()) for v in instance.vehicle_types)
        tier = (2 * instance.n_clients + calls + 1) * (int(longest * scaling.travel) + 1)
        return cls(instance, scaling, instance.objective == "vehicles_first", extra, constant, offset, tier)

    def arcs(self, index: int) -> Integers:
        """[N, N] of driving with vehicle type ``index``."""
        vehicle = self.instance.vehicle_types[index]
        road = self.scaling.later(self.instance.distance_matrix(vehicle.profile))
        if self.ranked:
            return road
        table: Integers = road * self.scaling.rate(vehicle.distance_cost) + self.extra
        for client, price in dict(vehicle.preference).items():
            table[:, client] += self.scaling.money(price)
        return table

    def vehicle(self, index: int) -> int:
        """Of using a vehicle of type ``index``."""
        return self.tier if self.ranked else int(self.scaling.money(self.instance.vehicle_types[index].fixed_cost))

    def absence(self, node: int) -> int:
        """Of leaving an optional client out."""
        if self.ranked:
            return self.tier * (self.instance.n_clients + 1)
        return int(self.scaling.money(self.instance.prize[node]))

    def rate(self, value: float) -> int:
        """Of a unit of time."""
        return 0 if self.ranked else self.scaling.rate(value)

    @property
    def longest(self) -> int:
        """Of a unit of the longest route."""
        if self.instance.objective != "max_route":
            return 0
        arc = max(int(self.arcs(index).max()) for index in range(len(self.instance.vehicle_types)))
        fixed = max(self.vehicle(index) for index in range(len(self.instance.vehicle_types)))
        absent = int(self.scaling.money(self.instance.prize).sum())
        everything = self.instance.n_clients * (2 * arc + fixed) + absent + 1
        return max(1, min(everything, LARGEST // self.tier))

    def reported(self, objective: int) -> float:
        """Reported cost; for the objective ``cost`` only."""
        return (self.scaling.raw_cost(objective + self.constant) + self.offset) / self.instance.scale


def _groups(instance: Instance, scaling: Scaling) -> tuple[Integers, int]:
    """All but one of a group stay absent: visiting the one with the smallest prize costs the most."""
    prize = scaling.money(instance.prize)
    extra = np.zeros(instance.n_nodes, dtype=np.int64)
    constant = 0
    for group in np.unique(instance.group[instance.group >= 0]):
        members = instance.group == group
        highest = prize[members].max()
        extra[members] = highest - prize[members]
        constant += int(prize[members].sum() - highest)
    return extra, constant
