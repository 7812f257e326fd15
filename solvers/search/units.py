"""Whole numbers for the kernels: exact where the instance is, finely scaled and safe elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf, log2

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.kernel.model import FAR, Int64

LARGEST_ARC = 1 << 24
"""Inexact data are scaled so that the longest arc, or the longest travel time or service, comes just below."""
LATEST_TIME = 1 << 29
LARGEST_SUM = FAR >> 2
"""What vehicles, prizes and services may add up to beside the arcs."""
HEAVIEST = 1 << 40
FINEST_RATE = 1_000
"""Parts of the lowest cost of distance at most, of which other costs are multiples."""
NEARLY = 1e-5
"""By how much costs may differ from such multiples where none is exact."""
ROOM = 16
"""An arc at its rate may be larger than the longest arc by so much: it is added up in 32 bits."""
HALF_TOLERANCE = 0.5e-6
"""Of the judge's tolerance for inexact data: limits are widened by it, travel is rounded up."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """How raw numbers of one kind become whole ones.

    Attributes:
        factor: whole units in one raw unit.
        exact: whether the judge allows no tolerance.
    """

    factor: float
    exact: bool

    def up(self, values: Floats) -> Int64:
        """What is used, rounded up."""
        # A hair below: 3.0000000001 that should be 3 must not become 4.
        return np.ceil(values * self.factor - 1e-6).astype(np.int64)

    def down(self, values: Floats) -> Floats:
        """Limits, some of them perhaps infinite: widened where inexact, and rounded down."""
        slack = 0.0 if self.exact else HALF_TOLERANCE * np.maximum(1.0, np.abs(values))
        return np.floor((values + slack) * self.factor)

    def limit(self, value: float) -> int:
        """One limit; FAR for none."""
        return FAR if value == inf else min(int(self.down(np.array([value]))[0]), FAR)


@dataclass(frozen=True)
class Rates:
    """What vehicle types pay for a distance, as whole multiples of one price.

    Attributes:
        of: [K] multiples.
        price: raw cost of a raw unit of distance at a rate of 1.
    """

    of: Int64
    price: float

    @classmethod
    def of_types(cls, types: Sequence[VehicleType]) -> "Rates":
        """Exact where the costs have a common measure that is not too fine, else as near as may be."""
        costs = np.array([vehicle.distance_cost for vehicle in types])
        least = float(costs.min())
        multiples = costs / least * np.arange(1, FINEST_RATE + 1)[:, None]
        off = np.abs(multiples / np.rint(multiples) - 1).max(axis=1)
        good = [np.flatnonzero(off <= error) for error in (1e-9, NEARLY)]
        row = int(next((rows[0] for rows in good if len(rows)), np.argmin(off)))
        return cls(np.rint(multiples[row]).astype(np.int64), least / (row + 1))


@dataclass(frozen=True)
class Units:
    """Scales of arcs, of time where it is more than the sum of arcs and services, and of loads."""

    arc: Scale
    time: Scale
    load: Scale


def units(instance: Instance, longest_arc: float, longest_time: float = 0.0, rates: Rates | None = None) -> Units:
    """Units of an instance whose arcs are at most so long (raw).

    Args:
        instance: the problem.
        longest_arc: distance.
        longest_time: travel time, where time has a scale of its own.
        rates: of its vehicle types; None where they pay the same for a distance.
    """
    return Units(
        _arc(instance, longest_arc, rates or Rates.of_types(instance.vehicle_types)),
        _time(instance, longest_time),
        _load(instance),
    )


def _arc(instance: Instance, longest: float, rates: Rates) -> Scale:
    fixed = [vehicle.fixed_cost for vehicle in instance.vehicle_types]
    charms = [abs(cost) for vehicle in instance.vehicle_types for _, cost in vehicle.preference]
    prices = np.array([*instance.prize, *fixed, *charms]) / rates.price
    dearest = max(fixed) / rates.price
    most_arc = longest * max(1.0, rates.of.max() / ROOM)
    most = max(float(prices.sum()) + dearest * instance.n_clients, float(instance.service.sum()), 1e-9)
    finest = floor(min(log2(LARGEST_ARC / max(most_arc, 1e-9)), log2(LARGEST_SUM / most)))
    # Prices that are no multiples of an arc's price need units finer than those of the arcs.
    plain = instance.exact and finest >= 0 and np.array_equal(prices, np.rint(prices))
    return Scale(1.0 if plain else 2.0**finest, instance.exact)


def _time(instance: Instance, longest: float) -> Scale:
    longest = max(longest, float(instance.service.max()), 1e-9)
    times = instance.windows[np.isfinite(instance.windows)] - day_start(instance)
    ends = [min(_closing(instance, vehicle), vehicle.shift[1]) for vehicle in instance.vehicle_types]
    known = [vehicle.shift[0] for vehicle in instance.vehicle_types] + [end for end in ends if end < inf]
    horizon = float(max(times.max(initial=1.0), max(known) - day_start(instance)))
    if max(ends) == inf:
        # Nothing else bounds the time at which a route ends.
        horizon += float(instance.service.sum()) + instance.n_nodes * longest
    finest = floor(min(log2(LARGEST_ARC / longest), log2(LATEST_TIME / horizon)))
    return Scale(1.0 if instance.exact and finest >= 0 else 2.0**finest, instance.exact)


def day_start(instance: Instance) -> float:
    """When a vehicle may leave at the earliest; times of the kernels count from here."""
    return min(max(float(instance.windows[v.start, 0, 0]), v.shift[0]) for v in instance.vehicle_types)


def _closing(instance: Instance, vehicle: VehicleType) -> float:
    """When the depot closes to which a vehicle returns."""
    return inf if vehicle.end is None else float(instance.windows[vehicle.end, 0, 1])


def _load(instance: Instance) -> Scale:
    loads = np.concatenate([instance.delivery, instance.pickup])
    if np.array_equal(loads, np.rint(loads)):
        return Scale(1.0, instance.exact)
    return Scale(2.0 ** floor(log2(HEAVIEST / float(loads.sum()))), instance.exact)
