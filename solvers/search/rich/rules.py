"""From an Instance to the arrays of the walk."""

from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from routewright.data.evaluate.piecewise import windows as service_start
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.kernel.walk import rules as columns
from routewright.solvers.search.kernel.walk.rules import Rules
from routewright.solvers.search.rich.clocks import clock_of, is_plain, last_useful
from routewright.solvers.search.rich.goal import Goal
from routewright.solvers.search.rich.visits import Visits

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]

HAIR = 1e-9
"""Times max(1, |limit|): limits are widened by it where arithmetic is not exact; the judge allows more."""
NOTICEABLE = 0.01
"""A way over a station that is shorter by so many mean arcs is worth a look in large instances, too."""
NEAR_STATIONS = 4
"""Stations of a node that a way before or after it may lead over."""
SMALL = 12
"""Clients up to which any shorter way is."""


def rules_of(instance: Instance, visits: Visits, goal: Goal) -> Rules:
    """What routes of ``instance`` may do, and what they cost towards ``goal``."""
    tables = _Tables(instance)
    ends = np.arange(instance.depots)
    windows = np.concatenate([instance.windows, instance.windows[ends]])
    windows[instance.n_nodes :, :, 0] = instance.windows[ends, :, 0].min(axis=1, keepdims=True)
    windows[instance.n_nodes :, :, 1] = instance.windows[ends, :, 1].max(axis=1, keepdims=True)
    price = goal.lateness[np.concatenate([np.arange(instance.n_nodes), ends])]
    price[~np.isfinite(windows[:, :, 1].max(axis=1))] = inf
    opening, opening_at = _openings(windows, price, 0.0 if instance.exact else HAIR)
    hard = (price == inf)[:, None]
    windows[..., 1] = np.where(hard, widened(instance, windows[..., 1]), windows[..., 1])
    rests, rest_at = _rests(instance)
    depots = [vehicle.reload_depots for vehicle in instance.vehicle_types]
    depot_at = np.cumsum([0, *map(len, depots)])
    brings, takes = visits.load(instance)
    about = _about(instance, visits)
    handed = (about[:, columns.SECOND] == 1)[:, None]
    return Rules(
        distance=tables.distances,
        time=tables.times,
        kind=np.array([_numbers(instance, index, goal) for index in range(len(instance.vehicle_types))]),
        sort=np.array(
            [
                _sorts(instance, visits, index, tables, depot_at, rest_at, price)
                for index in range(len(instance.vehicle_types))
            ],
            dtype=np.int64,
        ),
        capacity=widened(instance, instance.capacities),
        charm=goal.charm(visits),
        load=np.ascontiguousarray(
            np.stack([np.where(handed, 0.0, brings), takes, np.where(handed, brings, 0.0)], axis=1)
        ),
        about=about,
        release=instance.release[visits.place],
        service=_services(instance),
        windows=windows,
        price=price,
        opening=opening,
        opening_at=opening_at,
        speeds=_speeds(instance),
        rests=rests,
        depots=np.array([depot for own in depots for depot in own], dtype=np.int64),
        stations=_near_stations(instance, tables.distances[0]),
        many=instance.stations > NEAR_STATIONS,
        classic=instance.backhaul == "classic",
    )


def widened(instance: Instance, limits: Floats) -> Floats:
    """Limits with room for rounding errors, where there may be any."""
    if instance.exact:
        return np.asarray(limits, dtype=np.float64).copy()
    return np.asarray(limits + HAIR * np.where(np.isfinite(limits), np.maximum(1.0, np.abs(limits)), 0.0))


class _Tables:
    """Tables of distance and of time, each once."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        ways = [(vehicle.profile, vehicle.speed) for vehicle in instance.vehicle_types]
        self._profiles = list(dict.fromkeys(self._road(profile) for profile, _ in ways))
        self._paces = list(dict.fromkeys(self._pace(*way) for way in ways))
        nodes = np.arange(instance.n_nodes)
        i, j = nodes[:, None], nodes[None, :]
        self.distances = np.array([instance.distance_matrix(profile) for profile in self._profiles])
        self.times = np.array([instance.duration(i, j, *pace) for pace in self._paces])

    def _road(self, profile: int) -> int:
        return profile if self._instance.distances is not None else 0

    def _pace(self, profile: int, speed: float) -> tuple[int, float]:
        return (profile, 1.0) if self._instance.durations is not None else (self._road(profile), speed)

    def of(self, vehicle: VehicleType) -> tuple[int, int]:
        """Which tables a vehicle uses."""
        pace = self._pace(vehicle.profile, vehicle.speed)
        return self._profiles.index(self._road(vehicle.profile)), self._paces.index(pace)


def _openings(windows: Floats, price: Floats, hair: float) -> tuple[Floats, Int64]:
    """Service start by arrival, as pieces of each row of windows one after another, and where those of a row begin."""
    found: list[tuple[float, ...]] = []
    begin = [0]
    for row, cost in zip(windows.tolist(), price.tolist(), strict=True):
        last = max(closing for _, closing in row)
        grace = hair * max(1.0, abs(last)) if isfinite(last) else 0.0
        found += [tuple(piece) for piece in service_start([(a, b) for a, b in row], cost, grace)]
        begin.append(len(found))
    return np.array(found, dtype=np.float64), np.array(begin, dtype=np.int64)


def _numbers(instance: Instance, index: int, goal: Goal) -> Floats:
    vehicle = instance.vehicle_types[index]
    prices = goal.prices(vehicle)
    row = np.zeros(columns.KIND_NUMBERS)
    row[columns.FIXED] = prices.fixed
    row[columns.PER_DISTANCE] = prices.distance
    row[columns.PER_DURATION] = prices.duration
    row[columns.PER_OVERTIME] = prices.overtime
    row[columns.FIRST] = max(vehicle.shift[0], float(instance.windows[vehicle.start, :, 0].min()))
    row[columns.USEFUL] = last_useful(instance)
    limits = np.array(
        [
            float(instance.windows[vehicle.start, :, 1].max()),
            vehicle.shift[1],
            vehicle.max_distance,
            vehicle.max_duration + vehicle.max_overtime,
        ]
    )
    places = [columns.LAST, columns.SHIFT_END, columns.MAX_DISTANCE, columns.LONGEST]
    row[places] = widened(instance, limits)
    row[columns.MAX_DURATION] = vehicle.max_duration
    row[columns.BATTERY] = inf
    if vehicle.battery is not None:
        row[columns.BATTERY] = vehicle.battery.capacity
        row[columns.USE] = vehicle.battery.use
        row[columns.RECHARGE] = vehicle.battery.recharge
        row[columns.SLACK] = HAIR * max(1.0, vehicle.battery.capacity)
    return row


def _sorts(
    instance: Instance,
    visits: Visits,
    index: int,
    tables: _Tables,
    depot_at: Int64,
    rest_at: Int64,
    price: Floats,
) -> list[int]:
    vehicle = instance.vehicle_types[index]
    many = len(visits.place)
    road, pace = tables.of(vehicle)
    plain = is_plain(instance, price)
    clock = clock_of(instance, vehicle, plain)
    lazy = clock <= columns.POINT and plain and not vehicle.breaks
    row = dict.fromkeys(range(columns.KIND_SORTS), 0)
    row[columns.DISTANCES], row[columns.TIMES] = road, pace
    row[columns.START] = vehicle.start
    row[columns.END] = -1 if vehicle.end is None else vehicle.end
    row[columns.COUNT] = many if vehicle.count is None else vehicle.count
    row[columns.TRIPS] = int(min(vehicle.trip_limit, many))
    row[columns.RELOADS], row[columns.RELOADS_END] = int(depot_at[index]), int(depot_at[index + 1])
    row[columns.RESTS], row[columns.RESTS_END] = int(rest_at[index]), int(rest_at[index + 1])
    row[columns.CLOCK] = clock
    row[columns.LAZY] = int(vehicle.battery is not None and lazy)
    row[columns.SHORTCUT] = int(_has_shortcut(instance, vehicle, tables.distances[road]))
    row[columns.SURE] = int(lazy and _is_sure(instance, visits, vehicle))
    row[columns.SIMPLE] = int(lazy and _is_simple(instance, visits, vehicle))
    return list(row.values())


def _is_sure(instance: Instance, visits: Visits, vehicle: VehicleType) -> bool:
    """Whether arcs, the earliest departure and the loads that a route has tell whether a visit fits, and at what price.

    Time is plain and free, and there is nothing to reload, to charge or to wait for at the depot. Loads either all come
    from the depot, or all go there, or all go from one visit of a pair to the other.
    """
    if visits.are_pieces or instance.release.any() or instance.backhaul == "classic" or vehicle.distance_cost <= 0:
        return False
    if vehicle.trip_limit > 1 or vehicle.battery is not None:
        return False
    brings, takes = visits.load(instance)
    first, second = visits.mates.T
    if not len(first):
        return not (brings.any() and takes.any())
    apart = np.setdiff1d(np.arange(len(visits.place)), visits.mates)
    handed = np.array_equal(takes[first], brings[second]) and not (brings[first].any() or takes[second].any())
    return handed and not (brings[apart].any() or takes[apart].any())


def _is_simple(instance: Instance, visits: Visits, vehicle: VehicleType) -> bool:
    """Whether to reload is all that is decided on the way, and may be done between any two visits."""
    if visits.are_pieces or len(visits.mates) or instance.backhaul == "classic":
        return False
    return vehicle.battery is None


def _has_shortcut(instance: Instance, vehicle: VehicleType, road: Floats) -> bool:
    """Whether the way over a reload depot or a station may be shorter than the arc."""
    via = list(vehicle.reload_depots)
    if vehicle.battery is not None:
        via += instance.station_nodes
    least = 1e-9 if instance.n_clients <= SMALL else NOTICEABLE * float(road.mean())
    return any(bool((road[:, node, None] + road[None, node] < road - least).any()) for node in via)


def _about(instance: Instance, visits: Visits) -> Int64:
    about = np.zeros((len(visits.place), 5), dtype=np.int64)
    about[:, columns.PLACE] = visits.place
    about[:, columns.MATE] = -1
    first, second = visits.mates.T
    about[first, columns.MATE], about[second, columns.MATE] = second, first
    about[second, columns.SECOND] = 1
    about[:, columns.GIVES] = (instance.delivery[visits.place] > 0).any(axis=1)
    about[:, columns.TAKES] = (instance.pickup[visits.place] > 0).any(axis=1)
    return about


def _services(instance: Instance) -> Floats:
    service = instance.service.copy()
    service[instance.station_nodes] = 0.0  # there it is the time of charging
    return service


def _near_stations(instance: Instance, road: Floats) -> Int64:
    """The nearest stations of each node [N, C]."""
    nodes = np.array(instance.station_nodes, dtype=np.int64)
    order = np.argsort(road[:, nodes] + road[nodes].T, axis=1, kind="stable")
    return np.ascontiguousarray(nodes[order[:, :NEAR_STATIONS]])


def _speeds(instance: Instance) -> Floats:
    if instance.speed_periods is None:
        return np.zeros((0, 3))
    starts, factors = instance.speed_periods.T
    grown = np.concatenate([[0.0], np.cumsum(np.diff(starts) * factors[:-1])])
    return np.ascontiguousarray(np.stack([starts, factors, grown], axis=1))


def _rests(instance: Instance) -> tuple[Floats, Int64]:
    """Breaks of all kinds [B, 4], and where those of each begin."""
    found: list[tuple[float, ...]] = []
    begin = [0]
    for vehicle in instance.vehicle_types:
        for index, pause in enumerate(vehicle.breaks):
            later = any(other.earliest < pause.earliest for other in vehicle.breaks[index + 1 :])
            latest = float(widened(instance, np.array(pause.latest)))
            found.append((pause.earliest, latest, pause.duration, float(later)))
        begin.append(len(found))
    return np.array(found, dtype=np.float64).reshape(-1, 4), np.array(begin, dtype=np.int64)
