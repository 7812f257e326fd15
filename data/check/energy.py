"""The battery along a tour (rules 14 and 15)."""

from itertools import pairwise

from routewright.data.check.precision import Precision
from routewright.data.check.tour import Tour
from routewright.data.check.travel import Travel
from routewright.data.check.violation import Violation


def charging(tour: Tour, travel: Travel, precision: Precision) -> tuple[list[float] | None, list[Violation]]:
    """Times spent charging at the stations, in order, and what is wrong with the energy.

    Returns:
        None for the times where they cannot be known.
    """
    stations = sum(call.role == "station" for call in tour.calls)
    charges = tour.route.charges
    if charges is not None and len(charges) != stations:
        message = f"{len(charges)} charges are given for {stations} visits of stations"
        return None, [tour.violation("charge", message)]
    if tour.vehicle.battery is None:
        return [0.0] * stations, []
    return _follow(tour, travel, precision, [None] * stations if charges is None else list(charges))


def _follow(
    tour: Tour, travel: Travel, precision: Precision, charges: list[float | None]
) -> tuple[list[float] | None, list[Violation]]:
    battery = tour.vehicle.battery
    assert battery is not None  # the caller looked
    energy, empty, times, faults = battery.capacity, False, list[float](), list[Violation]()
    for before, call in pairwise(tour.calls):
        energy -= battery.use * travel.distance(before.node, call.node, tour.vehicle)
        if precision.below(energy, 0.0) and not empty:
            empty = True  # told once, until the battery is filled again
            faults.append(
                tour.violation("battery", f"energy is {energy:.12g} on arrival at node {call.node}", call.node)
            )
        if call.role == "reload":
            energy, empty = battery.capacity, False
        elif call.role == "station":
            asked = charges[len(times)]
            amount = max(0.0, battery.capacity - energy) if asked is None else asked
            if precision.below(amount, 0.0) or precision.above(energy + amount, battery.capacity):
                message = f"charge of {amount:.12g} at station {call.node} takes the energy from {energy:.12g} to"
                message += f" {energy + amount:.12g}, the capacity is {battery.capacity:.12g}"
                faults.append(tour.violation("charge", message, call.node))
                amount = min(amount, battery.capacity - energy) if amount > 0.0 else 0.0
            energy, empty = energy + amount, False
            times.append(battery.recharge * amount if amount else 0.0)
    return None if any(fault.kind == "charge" for fault in faults) else times, faults
