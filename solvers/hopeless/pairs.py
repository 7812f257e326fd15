"""Pairs that no vehicle can serve together, even where it could serve each of the two."""

from dataclasses import dataclass
from math import inf

import numpy as np

from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.hopeless.hours import Hours
from routewright.solvers.hopeless.reason import above
from routewright.solvers.hopeless.vehicles import barred
from routewright.solvers.hopeless.ways import Ways


def parted(instance: Instance) -> dict[tuple[int, int], str]:
    """Pairs of which no vehicle type can serve both, with the reason."""
    found: dict[tuple[int, int], str] = {}
    pairs = [(int(a), int(b)) for a, b in instance.pairs]
    for pair in pairs:
        reason = _closed(instance, *pair) or _backhaul(instance, *pair)
        if reason:
            found[pair] = reason
    fleet = [vehicle for vehicle in instance.vehicle_types if vehicle.count != 0]
    left = [pair for pair in pairs if pair not in found]
    for shortest in (False, True):  # direct ways mostly settle it
        if not left or (shortest and instance.n_nodes > MATRIX_LIMIT):
            break
        teams = [_Team(instance, vehicle, Hours(Ways(instance, vehicle, shortest))) for vehicle in fleet]
        against = {pair: [team.reason(*pair) for team in teams] for pair in left}
        left = [pair for pair in left if all(against[pair])]
        if shortest:
            for pair in left:
                words = " / ".join(dict.fromkeys(filter(None, against[pair])))
                found[pair] = f"no vehicle can do both: {words}"
    return found


def _closed(instance: Instance, first: int, second: int) -> str | None:
    opening, closing = instance.windows[first, :, 0].min(), instance.windows[second, :, 1].max()
    late = instance.lateness_cost[second] == inf and bool(above(opening, closing))
    return f"node {second} closes before node {first} opens" if late else None


def _backhaul(instance: Instance, first: int, second: int) -> str | None:
    moved = instance.backhaul == "classic" and bool((instance.pickup[first] > 0).any())
    return "classic backhauls let no delivery come after a pickup" if moved else None


@dataclass(frozen=True)
class _Team:
    """One vehicle type that may serve both."""

    instance: Instance
    vehicle: VehicleType
    hours: Hours

    def reason(self, first: int, second: int) -> str | None:
        """Why it cannot; None where it may."""
        off = barred(self.instance, self.vehicle)
        if off[first] or off[second]:
            return "not allowed on the vehicle"
        return self._late(first, second) or self._far(first, second)

    def _late(self, first: int, second: int) -> str | None:
        instance, hours = self.instance, self.hours
        service, travel = instance.service, float(hours.ways.time(first)[second])
        released = np.maximum(instance.release, instance.release[[first, second]].max())
        begun = float(hours.begin(hours.arrival(released)[first], first))
        arrival = begun + float(service[first]) + travel
        closing = float(instance.windows[second, :, 1].max())
        if instance.lateness_cost[second] == inf and above(arrival, closing):
            return f"node {second} closes before a vehicle can come from node {first} ({arrival:.12g} > {closing:.12g})"
        back = float(hours.begin(arrival, second)) + float(service[second] + hours.time_back[second])
        if above(back, hours.must_be_back):
            return f"no vehicle that serves both is back in time ({back:.12g} > {hours.must_be_back:.12g})"
        work = float(hours.time_there[first] + service[first] + travel + service[second] + hours.time_back[second])
        limit = self.vehicle.max_duration + self.vehicle.max_overtime
        if above(work, limit):
            return f"the way by both exceeds the duration limit ({work:.12g} > {limit:.12g})"
        return None

    def _far(self, first: int, second: int) -> str | None:
        ways, limit = self.hours.ways, self.vehicle.max_distance
        if limit == inf:
            return None
        road = float(ways.road(self.vehicle.start)[first] + ways.road(first)[second])
        road += float(ways.road_to(self.vehicle.end)[second])
        if above(road, limit):
            return f"the way by both exceeds the distance limit ({road:.12g} > {limit:.12g})"
        return None
