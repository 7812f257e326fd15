"""Another instance with the same best plans, in words that libraries know: nothing negative, no half pairs.

Three rewritings, none of which changes what a plan costs but for a constant:

- Nobody leaves before 0 (releases are not negative), so openings, shifts and breaks before 0 begin at 0.
- Of a pair both are served or neither; where one is required, both are.
- Where a prize or a preference of a client is negative, an amount is added to all that a visit or an absence of
  it costs. Every plan pays it once.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Equivalent:
    """An instance in plain words.

    Attributes:
        instance: with the same solutions as the original.
        constant: raw cost of a solution in the original less its raw cost here.
    """

    instance: Instance
    constant: float = 0.0

    @classmethod
    def of(cls, instance: Instance) -> "Equivalent":
        """The equivalent of ``instance``: itself, where its words are plain already."""
        return _without_negatives(_whole_pairs(_from_zero(instance)))


def _from_zero(instance: Instance) -> Instance:
    opens = instance.windows[..., 0]
    if (opens >= 0).all() and all(_first_time(vehicle) >= 0 for vehicle in instance.vehicle_types):
        return instance
    windows = instance.windows.copy()
    later = windows[..., 1] >= 0
    windows[..., 0] = np.where(later, np.maximum(opens, 0.0), opens)
    return instance.replace(windows=windows, vehicle_types=tuple(map(_day_from_zero, instance.vehicle_types)))


def _first_time(vehicle: VehicleType) -> float:
    return min(vehicle.shift[0], *(rest.earliest for rest in vehicle.breaks), 0.0)


def _day_from_zero(vehicle: VehicleType) -> VehicleType:
    """The type with a day that begins at 0, where it does not end before."""
    first, last = vehicle.shift
    rests = tuple(replace(r, earliest=max(r.earliest, 0.0)) if r.latest >= 0 else r for r in vehicle.breaks)
    return replace(vehicle, shift=(max(first, 0.0) if last >= 0 else first, last), breaks=rests)


def _whole_pairs(instance: Instance) -> Instance:
    first, second = instance.pairs.T
    half = instance.required[first] != instance.required[second]
    if not half.any():
        return instance
    required = instance.required.copy()
    required[first[half]] = required[second[half]] = True
    return instance.replace(required=required)


def _without_negatives(instance: Instance) -> Equivalent:
    added = _lacking(instance)
    if not added.any():
        return Equivalent(instance)
    prize = np.where(instance.required, instance.prize, instance.prize + added)
    fleet = tuple(_dearer(vehicle, added) for vehicle in instance.vehicle_types)
    return Equivalent(instance.replace(prize=prize, vehicle_types=fleet), -float(added.sum()))


def _lacking(instance: Instance) -> Floats:
    """What [N] lifts all prices of a client to 0."""
    lowest = np.where(instance.required, 0.0, np.minimum(instance.prize, 0.0))
    lowest[: instance.depots] = lowest[instance.n_nodes - instance.stations :] = 0.0
    for vehicle in instance.vehicle_types:
        for client, price in _prices(vehicle).items():
            lowest[client] = min(lowest[client], price)
    return np.asarray(-lowest)


def _dearer(vehicle: VehicleType, added: Floats) -> VehicleType:
    prices = dict.fromkeys(np.flatnonzero(added).tolist(), 0.0) | _prices(vehicle)
    raised = ((client, price + float(added[client])) for client, price in prices.items())
    return replace(vehicle, preference=tuple(raised))


def _prices(vehicle: VehicleType) -> dict[int, float]:
    """Preferences by client; the last one counts, as in the evaluator."""
    return dict(vehicle.preference)
