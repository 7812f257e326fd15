"""Distances and travel times, computed anew from the instance's coordinates or matrices."""

from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from math import acos, asin, ceil, cos, floor, radians, sin, sqrt

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

EARTH_RADIUS = 6371.0088  # km, IUGG mean
GEO_RADIUS = 6378.388  # km; this and the next by TSPLIB 95, section 2.4
GEO_PI = 3.141592


class Travel:
    """Raw distances and durations, one pair of nodes at a time."""

    def __init__(self, instance: Instance) -> None:
        self._rounding = instance.rounding
        self._spherical = instance.metric == "haversine"
        self._distances, self._durations = instance.distances, instance.durations
        self._coords: list[list[float]] = [] if instance.coords is None else instance.coords.tolist()

    def distance(self, start: int, end: int, vehicle: VehicleType) -> float:
        """Raw distance of an arc."""
        if self._distances is not None:
            return float(self._distances[vehicle.profile, start, end])
        a, b = self._coords[start], self._coords[end]
        if self._rounding == "geo":
            return _geo(a, b)
        plain = _haversine(a, b) if self._spherical else _euclidean(a, b)
        return _rounded(plain, self._rounding)

    def duration(self, start: int, end: int, vehicle: VehicleType) -> float:
        """Raw time of an arc at speed factor 1 (rule 9)."""
        if self._durations is not None:
            return float(self._durations[vehicle.profile, start, end])
        return self.distance(start, end, vehicle) / vehicle.speed


class SpeedPeriods:
    """How travel progresses through the day (rule 9; Ichoua, Gendreau & Potvin 2003).

    ``progress(t)`` is the plain travel time that a vehicle gets done by clock time t; it grows
    strictly, so that leaving at t a trip of plain time x arrives at ``clock(progress(t) + x)``.
    """

    def __init__(self, instance: Instance) -> None:
        rows = [[0.0, 1.0]] if instance.speed_periods is None else instance.speed_periods.tolist()
        self.starts: list[float] = [start for start, _ in rows]
        self._factors: list[float] = [factor for _, factor in rows]

    @cached_property
    def done(self) -> list[float]:
        """Progress at the start of each period."""
        done = [0.0]
        for (start, end), factor in zip(pairwise(self.starts), self._factors, strict=False):
            done.append(done[-1] + (end - start) * factor)
        return done

    @property
    def constant(self) -> bool:
        """Whether travel takes its plain time throughout."""
        return self._factors == [1.0]

    def progress(self, time: float) -> float:
        """Plain time done by clock ``time``; before the first period its factor holds."""
        period = max(bisect_right(self.starts, time) - 1, 0)
        return self.done[period] + (time - self.starts[period]) * self._factors[period]

    def clock(self, progress: float) -> float:
        """Clock time at which ``progress`` is reached."""
        period = max(bisect_right(self.done, progress) - 1, 0)
        return self.starts[period] + (progress - self.done[period]) / self._factors[period]

    def arrival(self, departure: float, plain: float) -> float:
        """Clock time of arrival."""
        return departure + plain if self.constant else self.clock(self.progress(departure) + plain)

    def kinks(self, plain: float) -> list[float]:
        """Departures at which the arrival changes its slope."""
        if self.constant:
            return []
        return sorted({*self.starts, *(self.clock(done - plain) for done in self.done)})


def _euclidean(a: list[float], b: list[float]) -> float:
    dx, dy = a[0] - b[0], a[1] - b[1]
    return sqrt(dx * dx + dy * dy)


def _haversine(a: list[float], b: list[float]) -> float:
    (lat_a, lon_a), (lat_b, lon_b) = map(radians, a), map(radians, b)
    north, east = sin((lat_b - lat_a) / 2), sin((lon_b - lon_a) / 2)
    chord = north * north + cos(lat_a) * cos(lat_b) * east * east
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, chord)))


def _rounded(plain: float, rounding: str) -> float:
    match rounding:
        case "none":
            return plain
        case "round":
            return float(floor(plain + 0.5))
        case "ceil":
            return float(ceil(plain))
        case "trunc1":
            return float(floor(10.0 * plain))
        case "scale1000":
            return float(round(1000.0 * plain))
        case "att":  # TSPLIB 95, section 2.5
            shrunk = plain / sqrt(10.0)
            nearest = float(floor(shrunk + 0.5))
            return nearest + 1.0 if nearest < shrunk else nearest
    raise AssertionError(f"rounding {rounding!r} has no rule")


def _geo(a: list[float], b: list[float]) -> float:
    """Great circle of TSPLIB 95, section 2.4; coordinates are DDD.MM. 0 between equal places."""
    if a == b:
        return 0.0
    (lat_a, lon_a), (lat_b, lon_b) = map(_geo_radians, a), map(_geo_radians, b)
    q1, q2, q3 = cos(lon_a - lon_b), cos(lat_a - lat_b), cos(lat_a + lat_b)
    cosine = 0.5 * ((1.0 + q1) * q2 - (1.0 - q1) * q3)
    return float(floor(GEO_RADIUS * acos(max(-1.0, min(1.0, cosine))) + 1.0))


def _geo_radians(value: float) -> float:
    degrees = int(value)
    return GEO_PI * (degrees + 5.0 * (value - degrees) / 3.0) / 180.0
