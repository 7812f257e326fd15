"""When a vehicle can be at nodes at the earliest, and when it must be back.

Legend: N nodes. All are lower bounds on what any route of the vehicle does that serves the node.
"""

from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.hopeless.reason import TOLERANCE
from routewright.solvers.hopeless.ways import Ways

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Hours:
    """Of one vehicle type over its ways."""

    ways: Ways

    @property
    def _instance(self) -> Instance:
        return self.ways.instance

    @property
    def _vehicle(self) -> VehicleType:
        return self.ways.vehicle

    @cached_property
    def opens(self) -> float:
        """Before it no vehicle leaves."""
        return max(self._vehicle.shift[0], float(self._instance.windows[self._vehicle.start, :, 0].min()))

    @cached_property
    def last_departure(self) -> float:
        """After it none leaves its start; the shift's end or the depot's closing."""
        return min(self._vehicle.shift[1], float(self._instance.windows[self._vehicle.start, :, 1].max()))

    @cached_property
    def must_be_back(self) -> float:
        """The shift's end, or the closing of the end depot where that is hard."""
        end = self._vehicle.end
        if end is None or self._instance.lateness_cost[end] < inf:
            return self._vehicle.shift[1]
        return min(self._vehicle.shift[1], float(self._instance.windows[end, :, 1].max()))

    @property
    def reloads(self) -> bool:
        """Whether a client may be on a later trip than the first."""
        return self._vehicle.trip_limit > 1

    @cached_property
    def time_there(self) -> Floats:
        """Travel times [N] from the start."""
        return self.ways.time(self._vehicle.start)

    @cached_property
    def time_back(self) -> Floats:
        """Travel times [N] to the end."""
        return self.ways.time_to(self._vehicle.end)

    @cached_property
    def _time_from_doors(self) -> Floats:
        """Travel times [N] from the nearest depot where a trip may begin."""
        doors = {self._vehicle.start, *(self._vehicle.reload_depots if self.reloads else ())}
        return np.asarray(np.min([self.ways.time(door) for door in sorted(doors)], axis=0))

    def arrival(self, released: Floats) -> Floats:
        """At nodes [N], on a trip that leaves after ``released`` [N]."""
        if self.reloads:  # a later trip may leave from a nearer depot
            return np.maximum(self.opens + self.time_there, released + self._time_from_doors)
        return np.maximum(released, self.opens) + self.time_there

    def begin(self, arrival: Floats | float, nodes: slice | int = slice(None)) -> Floats:
        """Start of service [...] of whoever arrives then at ``nodes``."""
        windows = self._instance.windows[nodes]
        opening, closing = windows[..., 0], windows[..., 1]
        late = np.asarray(arrival)[..., None]
        met = late <= closing + TOLERANCE * np.maximum(1.0, np.where(np.isfinite(closing), np.abs(closing), 0.0))
        first = np.where(met, np.maximum(late, opening), inf).min(axis=-1)
        return np.asarray(np.where(np.isfinite(first), first, arrival))

    def rest(self, end: Floats) -> Floats:
        """Time [...] of the breaks that a route which ends no earlier than ``end`` [...] must hold."""
        held = [np.where(pause.earliest <= end, pause.duration, 0.0) for pause in self._vehicle.breaks]
        return np.sum(held, axis=0) if held else np.zeros_like(end)
