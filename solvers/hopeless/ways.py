"""Lower bounds on travel: direct ways, which mostly settle a question, or shortest ones, which prove it.

Legend: N nodes. Nothing can be quicker than the plain time at the fastest factor of ``speed_periods``.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ways:
    """Bounds for one vehicle type; with ``shortest`` False they are no bounds, only never smaller."""

    instance: Instance
    vehicle: VehicleType
    shortest: bool

    def road(self, source: int) -> Floats:
        """Distances [N] from ``source``."""
        return self._from(source, timed=False)

    def road_to(self, target: int | None) -> Floats:
        """Distances [N] to ``target``; 0 to nowhere."""
        return self._to(target, timed=False)

    def time(self, source: int) -> Floats:
        """Travel times [N] from ``source``."""
        return self._from(source, timed=True)

    def time_to(self, target: int | None) -> Floats:
        """Travel times [N] to ``target``; 0 to nowhere."""
        return self._to(target, timed=True)

    def _from(self, source: int, *, timed: bool) -> Floats:
        if self.shortest:
            return _bellman_ford(self._matrix(timed), source)
        return self._arcs(source, np.arange(self.instance.n_nodes), timed)

    def _to(self, target: int | None, *, timed: bool) -> Floats:
        if target is None:
            return np.zeros(self.instance.n_nodes)
        if self.shortest:
            return _bellman_ford(self._matrix(timed).T, target)
        return self._arcs(np.arange(self.instance.n_nodes), target, timed)

    def _matrix(self, timed: bool) -> Floats:
        instance, vehicle = self.instance, self.vehicle
        if not timed:
            return instance.distance_matrix(vehicle.profile)
        if instance.durations is None:
            return instance.distance_matrix(vehicle.profile) / vehicle.speed / self._fastest
        return np.asarray(instance.durations[vehicle.profile] / self._fastest)

    def _arcs(self, start: Any, end: Any, timed: bool) -> Floats:
        if not timed:
            return self.instance.distance(start, end, self.vehicle.profile)
        plain = self.instance.duration(start, end, self.vehicle.profile, self.vehicle.speed)
        return np.asarray(plain / self._fastest)

    @property
    def _fastest(self) -> float:
        periods = self.instance.speed_periods
        return 1.0 if periods is None else float(periods[:, 1].max())


def _bellman_ford(matrix: Floats, source: int) -> Floats:
    """Shortest ways [N] on the full graph; it settles after a few rounds on real data."""
    best: Floats = matrix[source].copy()
    best[source] = 0.0
    while True:
        shorter = np.minimum(best, (best[:, None] + matrix).min(axis=0))
        if np.array_equal(shorter, best):
            return best
        best = shorter
