"""Costs and timetables of a whole solution."""

from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.evaluate.course import Course, lay_course
from routewright.data.evaluate.departure import timetable
from routewright.data.evaluate.progress import Progress
from routewright.data.evaluate.timetable import Columns, CostParts, RouteTimetable
from routewright.data.evaluate.tolerance import ROUNDING
from routewright.data.evaluate.walk import Times
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a solution costs and when everything in it happens; raw units but for ``cost``.

    Attributes:
        raw: cost in raw units.
        cost: reported cost, ``raw / instance.scale``.
        distance: driven by all routes.
        duration: of all routes together.
        vehicles: routes with a stop.
        unserved: clients that no route visits; alternatives of a visited client left out.
        parts: the terms of the cost.
        key: what ``instance.objective`` compares: the smaller tuple is the better solution.
        routes: a timetable for each route with a stop.
        instance: what was evaluated, for names and units.
    """

    raw: float
    cost: float
    distance: float
    duration: float
    vehicles: int
    unserved: tuple[int, ...]
    parts: CostParts
    key: tuple[float, ...]
    routes: tuple[RouteTimetable, ...]
    instance: Instance = field(repr=False)


def evaluate(instance: Instance, solution: Solution) -> Evaluation:
    """Cost and timetable of ``solution``, by docs/problem.md.

    The solution must be well formed (its nodes, depots and vehicle types exist) but may break any
    limit; the judge finds that, this shows the plan as it would run. What is late starts on arrival
    and costs its lateness where that has a finite price, nothing otherwise. Overtime is charged
    beyond ``max_overtime`` too. A free departure that no choice makes feasible is the earliest; a
    break that has no place left is not held.
    """
    progress = None if instance.speed_periods is None else Progress(instance.speed_periods)
    routes = tuple(
        _timetable(instance, index, route, progress) for index, route in enumerate(solution.routes) if len(route)
    )
    visited = np.zeros(instance.n_nodes, dtype=bool)
    for timed in routes:
        visited[timed.columns.node] = True
    clients = np.array(instance.clients, dtype=np.int64)
    missed = clients[~visited[clients]]
    parts = sum((timed.parts for timed in routes), CostParts(prizes=float(instance.prize[missed].sum())))
    raw = parts.total
    distance = float(sum(timed.distance for timed in routes))
    unserved = _unserved(instance, visited, missed)
    return Evaluation(
        raw=raw,
        cost=raw / instance.scale,
        distance=distance,
        duration=float(sum(timed.duration for timed in routes)),
        vehicles=len(routes),
        unserved=unserved,
        parts=parts,
        key=_key(instance, raw, distance, unserved, routes),
        routes=routes,
        instance=instance,
    )


def _unserved(instance: Instance, visited: NDArray[np.bool_], missed: NDArray[np.int64]) -> tuple[int, ...]:
    served_groups = np.unique(instance.group[visited & (instance.group >= 0)])
    return tuple(missed[~np.isin(instance.group[missed], served_groups)].tolist())


def _key(
    instance: Instance,
    raw: float,
    distance: float,
    unserved: tuple[int, ...],
    routes: tuple[RouteTimetable, ...],
) -> tuple[float, ...]:
    match instance.objective:
        case "vehicles_first":
            return (len(unserved), len(routes), distance)
        case "max_route":
            return (max((timed.distance for timed in routes), default=0.0), raw)
        case _:
            return (raw,)


def _timetable(instance: Instance, index: int, route: Route, progress: Progress | None) -> RouteTimetable:
    course = lay_course(instance, route)
    exact = instance.exact and _is_whole(route)
    times = timetable(course, route.departure, exact=exact, progress=progress)
    distance = np.cumsum(course.distance)
    departure, end = float(times.arrival[0]), float(times.leave[-1])
    parts = _parts(course, times, float(distance[-1]), end - departure)
    return RouteTimetable(
        route=index,
        vehicle_type=route.vehicle_type,
        departure=departure,
        end=end,
        distance=float(distance[-1]),
        duration=end - departure,
        cost=parts.total,
        parts=parts,
        breaks=times.breaks,
        columns=_columns(course, times, distance),
    )


def _is_whole(route: Route) -> bool:
    """Whether the route's own times and charges are whole numbers."""
    return all(float(number).is_integer() for number in (route.departure or 0.0, *(route.charges or ())))


def _parts(course: Course, times: Times, distance: float, duration: float) -> CostParts:
    vehicle = course.vehicle
    overtime = max(0.0, duration - vehicle.max_duration)
    preference = 0.0
    if vehicle.preference:
        prices = dict(vehicle.preference)
        preference = sum(prices.get(node, 0.0) for node in set(course.node.tolist()))
    return CostParts(
        fixed=vehicle.fixed_cost,
        distance=vehicle.distance_cost * distance,
        duration=vehicle.duration_cost * duration,
        lateness=_lateness_cost(course, times),
        overtime=vehicle.overtime_cost * overtime if overtime else 0.0,
        preference=preference,
    )


def _lateness_cost(course: Course, times: Times) -> float:
    if not times.lateness.any():
        return 0.0
    priced = (times.lateness > 0) & (course.lateness_cost < inf)
    return float((course.lateness_cost[priced] * times.lateness[priced]).sum())


def _columns(course: Course, times: Times, distance: Floats) -> Columns:
    rest = np.zeros(len(course.node))
    for held in times.breaks:
        rest[held.position] += held.rest.duration
    return Columns(
        node=course.node,
        trip=course.trip,
        arrival=times.arrival,
        wait=_idle(times, course.service + rest),
        start=times.start,
        departure=times.leave,
        load=course.load,
        distance=distance,
        lateness=times.lateness,
        battery=course.battery,
        charged=course.charged,
    )


def _idle(times: Times, busy: Floats) -> Floats:
    """Time at each position beyond ``busy``, cleared of what rounding leaves."""
    idle = times.leave - times.arrival - busy
    return np.where(idle > ROUNDING * np.maximum(1.0, np.abs(times.leave)), idle, 0.0)
