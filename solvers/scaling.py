"""Whole numbers for libraries that know no others.

Where every number of an instance is whole nothing changes, and a library's objective equals ours.
Elsewhere travel, times and prices are multiplied by a power of ten and rounded against the vehicle:
travel, service, openings and releases up, closings and limits down. So a plan that the library
finds feasible is feasible, while one that fits a limit exactly may be missed where the numbers have
more digits than the factor keeps. Its cost differs from ours by at most one unit of the last kept
digit per arc.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isinf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routewright.data.instance import Instance

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LARGEST = 10**8
"""Travel times and distances of instances that are not whole are scaled to about this size."""
DECIMALS = (1, 10, 100, 1_000, 10_000)
DENOMINATORS = range(1, 1_001)
NEARLY = 1e-3
"""Part of a scaled unit that is noise of binary fractions, not a reason to round up."""
UNLIMITED = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Scaling:
    """How numbers of one instance become whole.

    Attributes:
        travel: units per raw unit of distance and of time.
        price: units per raw unit of a price per distance or time.
        load: units per unit of load.
    """

    travel: int
    price: int
    load: int

    @classmethod
    def of(cls, instance: Instance) -> "Scaling":
        """The factors for ``instance``; all 1 where every number is whole."""
        if instance.exact:
            return cls(1, 1, 1)
        return cls(_travel_factor(instance), _price_factor(instance), _load_factor(instance))

    @property
    def cost(self) -> int:
        """Units of the library's objective per raw unit of cost."""
        return self.travel * self.price

    def up(self, values: ArrayLike, factor: int) -> Integers:
        """Rounded up; infinite ones become the largest integer."""
        return _whole(np.ceil(np.asarray(values, dtype=np.float64) * factor - NEARLY))

    def down(self, values: ArrayLike, factor: int) -> Integers:
        """Rounded down; infinite ones become the largest integer."""
        return _whole(np.floor(np.asarray(values, dtype=np.float64) * factor + NEARLY))

    def near(self, values: ArrayLike, factor: int) -> Integers:
        """Rounded to the nearest; infinite ones become the largest integer."""
        return _whole(np.rint(np.asarray(values, dtype=np.float64) * factor))

    def later(self, values: ArrayLike) -> Integers:
        """Travel, service, openings and releases."""
        return self.up(values, self.travel)

    def sooner(self, values: ArrayLike) -> Integers:
        """Closings and limits on distance or time."""
        return self.down(values, self.travel)

    def span(self, opens: ArrayLike, closes: ArrayLike) -> tuple[Integers, Integers]:
        """Openings and closings; what is too short for the factor becomes the instant of its opening."""
        first = self.later(opens)
        return first, np.maximum(first, self.sooner(closes))

    def money(self, values: ArrayLike) -> Integers:
        """Fixed costs and prizes."""
        return self.near(values, self.cost)

    def rate(self, value: float) -> int:
        """A price per distance or time."""
        return int(self.near(value, self.price))

    def raw_cost(self, objective: float) -> float:
        """Raw cost of a library's objective."""
        return objective / self.cost


def _whole(values: Floats) -> Integers:
    finite = np.isfinite(values)
    return np.where(finite, np.where(finite, values, 0.0).astype(np.int64), UNLIMITED)


def _travel_factor(instance: Instance) -> int:
    arrays = [instance.windows, instance.service, instance.release, *_travel(instance), _limits(instance)]
    known = [array[np.isfinite(array)] for array in arrays]
    for factor in DECIMALS:
        if all(_is_whole(array * factor) for array in known):
            return factor
    largest = max((float(np.abs(array).max()) for array in known if array.size), default=1.0)
    factor = 1
    while largest * factor * 10 <= LARGEST:
        factor *= 10
    return factor


def _travel(instance: Instance) -> Iterable[Floats]:
    for profile, speed in {(vehicle.profile, vehicle.speed) for vehicle in instance.vehicle_types}:
        road = instance.distance_matrix(profile)
        yield road
        yield road / speed if instance.durations is None else np.asarray(instance.durations[profile])


def _limits(instance: Instance) -> Floats:
    numbers: list[float] = []
    for vehicle in instance.vehicle_types:
        numbers += [*vehicle.shift, vehicle.max_distance, vehicle.max_duration, vehicle.max_overtime]
    return np.array(numbers)


def _price_factor(instance: Instance) -> int:
    prices = [p for p in instance.lateness_cost.tolist() if not isinf(p)]
    for vehicle in instance.vehicle_types:
        prices += [vehicle.distance_cost, vehicle.duration_cost, vehicle.overtime_cost]
    return next((factor for factor in DECIMALS if _is_whole(np.array(prices) * factor)), DECIMALS[-1])


def _load_factor(instance: Instance) -> int:
    loads = np.concatenate([instance.delivery.ravel(), instance.pickup.ravel(), instance.capacities.ravel()])
    loads = np.unique(loads[np.isfinite(loads)])
    for factor in DENOMINATORS:
        if _is_whole(loads * factor):
            return factor
    factor = 1
    while loads.max() * factor < 10**6:
        factor *= 10
    return factor


def _is_whole(values: Floats) -> bool:
    return bool(np.allclose(values, np.rint(values), rtol=1e-12, atol=1e-7))
