"""Whole numbers for the kernels: exact where the instance is, finely scaled and safe elsewhere."""

from dataclasses import dataclass
from math import floor, inf, log2

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.search.kernel.model import FAR, Int32, Int64

LARGEST_ARC = 1 << 24
"""Inexact data are scaled so that the longest arc comes just below."""
LATEST_TIME = 1 << 29
HALF_TOLERANCE = 0.5e-6
"""Of the judge's tolerance for inexact data: limits are widened by it, travel is rounded up."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Units:
    """How raw numbers of an instance become whole ones.

    Attributes:
        arc: whole units in one raw unit of distance or time.
        load: whole units in one raw unit of load.
        exact: whether nothing is rounded.
    """

    arc: float
    load: float
    exact: bool

    def up(self, values: Floats) -> Int32:
        """Distances or times, rounded up."""
        # A hair below: 3.0000000001 that should be 3 must not become 4.
        return np.ceil(values * self.arc - 1e-6).astype(np.int32)

    def limit(self, value: float) -> int:
        """A limit on distance or time."""
        if value == inf:
            return FAR
        return floor((value if self.exact else value + HALF_TOLERANCE * max(1.0, abs(value))) * self.arc)

    def loads(self, instance: Instance) -> Int64:
        """Loads of all nodes, rounded up."""
        return np.ceil(instance.delivery[:, 0] * self.load - 1e-6).astype(np.int64)

    def capacity(self, instance: Instance) -> int:
        """Capacity of the only vehicle type."""
        capacity = float(instance.capacities[0, 0])
        if capacity == inf:
            return FAR
        slack = 0.0 if self.exact else HALF_TOLERANCE * max(1.0, capacity)
        return floor((capacity + slack) * self.load)


def units(instance: Instance, longest_arc: float) -> Units:
    """Units of an instance whose arcs are at most so long (raw)."""
    times = instance.windows[np.isfinite(instance.windows)]
    horizon = max(float(times.max(initial=0.0)), 1.0)
    whole_load = np.array_equal(instance.delivery, np.rint(instance.delivery))
    total_load = max(float(instance.delivery.sum()), 1e-9)
    exact = instance.exact and longest_arc < LARGEST_ARC and horizon < LATEST_TIME
    fine = min(log2(LARGEST_ARC / max(longest_arc, 1e-9)), log2(LATEST_TIME / horizon))
    return Units(
        arc=1.0 if exact else 2.0 ** floor(fine),
        load=1.0 if whole_load else 2.0 ** floor(log2((1 << 40) / total_load)),
        exact=exact,
    )
