"""When a tour is where, and what its time costs (rules 8 to 12).

Where duration is free and unlimited, the earliest departure is the best one: nothing on the way
gets worse by being earlier. Otherwise all departures are followed at once, as a ``Course``, and the
cheapest is found exactly: cost is linear on each piece but where the duration meets its limits, so
it is least at the end of a piece or there. What tolerance would save does not count where a
timetable keeps all limits without it.
"""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations, pairwise
from math import inf, isfinite

from routewright.data.check.pieces import Course, Piece, cut, leaving, no_worse, served, shifted, until
from routewright.data.check.precision import Precision
from routewright.data.check.tour import Call, Tour
from routewright.data.check.travel import SpeedPeriods, Travel
from routewright.data.check.violation import Kind, Violation
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

Rest = tuple[float, float, float]  # earliest, latest, duration of a break


@dataclass(frozen=True)
class Step:
    """One thing that takes time or must wait for it.

    Attributes:
        move: from the course before to the course after.
        kind: of the violation where nothing is left.
        limit: that was missed then.
        node: where it happens.
    """

    move: Callable[[Course], Course]
    kind: Kind = "window"
    limit: float = inf
    node: int | None = None


REST_STOP = Step(lambda course: course)
"""Breaks may be taken here."""


class Timetable:
    """Follows tours through their time."""

    def __init__(self, instance: Instance, travel: Travel, precision: Precision) -> None:
        self._instance, self._travel, self._precision = instance, travel, precision
        self._periods = SpeedPeriods(instance)
        self._service: list[float] = instance.service.tolist()
        self._release: list[float] = instance.release.tolist()
        self._price: list[float] = instance.lateness_cost.tolist()
        self._always_open = bool((instance.windows[..., 1].max(axis=1) == inf).all())
        self._strict: Timetable | None = None
        if (closely := precision.closely()) is not None:
            self._strict = copy(self)
            self._strict._precision = closely

    def judge(self, tour: Tour, charging: list[float]) -> tuple[float | None, list[Violation]]:
        """What the time of a tour costs (None where it breaks a limit), and the limits it breaks.

        Args:
            tour: to be followed.
            charging: time spent at each station, in order.
        """
        if self._always_open and tour.route.departure is None and _is_timeless(tour.vehicle):
            return 0.0, []  # whenever it leaves, it is never late and pays nothing
        if self._strict is not None:
            cost, _ = self._strict.judge(tour, charging)
            if cost is not None:
                return cost, []
        first, last = self._departures(tour)
        faults = self._departure_faults(tour, first, last)
        fixed = tour.route.departure
        if faults and (fixed is None or not isfinite(fixed)):
            return None, faults
        steps = list(self._steps(tour, charging))
        start = self._start(tour, first, last)
        ends = self._ends(tour.vehicle, steps, start)
        cost = self._cheapest(ends, tour.vehicle)
        if cost is None:
            faults += self._explain(tour, steps, start, ends)
        return None if faults else cost, faults

    def _departures(self, tour: Tour) -> tuple[float, float]:
        windows = self._windows(tour.vehicle.start)
        opening, closing = min(open_ for open_, _ in windows), max(close for _, close in windows)
        return max(opening, tour.vehicle.shift[0], self._released(tour, 0)), closing

    def _windows(self, node: int) -> list[tuple[float, float]]:
        return [(open_, close) for open_, close in self._instance.windows[node].tolist()]

    def _released(self, tour: Tour, trip: int) -> float:
        clients = self._instance.clients
        return max((self._release[node] for node in tour.route.trips[trip] if node in clients), default=0.0)

    def _departure_faults(self, tour: Tour, first: float, last: float) -> list[Violation]:
        fixed = tour.route.departure
        if self._precision.above(first, last):
            message = f"cannot leave depot {tour.vehicle.start} before {first:.12g}, which closes at {last:.12g}"
            return [tour.violation("departure", message, tour.vehicle.start)]
        below, above = self._precision.below, self._precision.above
        if fixed is None or (isfinite(fixed) and not below(fixed, first) and not above(fixed, last)):
            return []
        message = f"leaves depot {tour.vehicle.start} at {fixed:.12g}, must be between {first:.12g} and {last:.12g}"
        return [tour.violation("departure", message, tour.vehicle.start)]

    def _start(self, tour: Tour, first: float, last: float) -> Course:
        fixed, vehicle = tour.route.departure, tour.vehicle
        if fixed is not None:
            return leaving(fixed, fixed)
        if vehicle.duration_cost == 0 and vehicle.max_duration == inf:
            return leaving(first, first)
        return leaving(first, max(first, min(last, self._settled(tour))))

    def _settled(self, tour: Tour) -> float:
        """A time after which nothing changes any more: to leave later can only cost more."""
        windows = [time for call in tour.calls for window in self._windows(call.node) for time in window]
        rests = [time for rest in tour.vehicle.breaks for time in (rest.earliest, rest.latest)]
        releases = [self._released(tour, trip) for trip in range(len(tour.route.trips))]
        return max(time for time in chain(windows, rests, releases, self._periods.starts) if time != inf)

    def _steps(self, tour: Tour, charging: list[float]) -> Iterator[Step]:
        """The way of a tour, travel and stops, with the places for breaks between them."""
        times = iter(charging)
        yield REST_STOP
        for before, call in pairwise(tour.calls):
            yield self._drive(before, call, tour.vehicle)
            if call.role == "end":
                yield self._stop(call, 0.0, merged=True)
                continue
            yield REST_STOP
            yield self._stop(call, next(times) if call.role == "station" else self._service[call.node])
            yield REST_STOP
            if call.role == "reload":
                release = self._released(tour, call.trip + 1)
                yield Step(partial(shifted, move=partial(max, release), kinks=[release]))

    def _drive(self, before: Call, call: Call, vehicle: VehicleType) -> Step:
        plain = self._travel.duration(before.node, call.node, vehicle)
        arrival = partial(self._periods.arrival, plain=plain)
        return Step(partial(shifted, move=arrival, kinks=self._periods.kinks(plain)))

    def _stop(self, call: Call, service: float, *, merged: bool = False) -> Step:
        windows, price = self._windows(call.node), self._price[call.node]
        closing = max(close for _, close in windows)
        if merged:
            windows = [(min(open_ for open_, _ in windows), closing)]

        def move(course: Course) -> Course:
            begun = served(course, windows, price, self._precision.slack)
            return shifted(begun, lambda time: time + service) if service else begun

        return Step(move, "return" if merged else "window", closing, call.node)

    def _ends(self, vehicle: VehicleType, steps: list[Step], start: Course) -> list[Course]:
        """Courses at the end of the route, one for each placement of breaks worth a look.

        Durations are not limited yet. A break may be left out where it begins after the end.
        """
        finish = vehicle.shift[1] + self._precision.slack(vehicle.shift[1])
        rests: list[Rest] = [(rest.earliest, rest.latest, rest.duration) for rest in vehicle.breaks]
        without = self._follow(steps, start, [])
        soonest = min((course[0].time_first for course in without), default=inf)
        ends: list[Course] = []
        for left_out in _subsets([index for index, rest in enumerate(rests) if rest[0] > soonest]):
            held = [rest for index, rest in enumerate(rests) if index not in left_out]
            deadline = min((rests[index][0] for index in left_out), default=inf)
            for course in self._follow(steps, start, held) if held else without:
                ends.append(_before(until(course, finish), deadline))
        return [course for course in ends if course]

    def _follow(self, steps: list[Step], start: Course, rests: list[Rest]) -> list[Course]:
        """Courses after all steps and all of ``rests``, those dropped that another one beats."""
        courses: list[list[Course]] = [[start], *([] for _ in rests)]  # by the number of breaks held
        for step in steps:
            if step is REST_STOP:
                for number, rest in enumerate(rests):
                    taken = [self._rested(course, rest) for course in courses[number]]
                    courses[number + 1] = _unbeaten([*courses[number + 1], *taken])
            else:
                courses = [_unbeaten([step.move(course) for course in some]) for some in courses]
        return courses[-1]

    def _rested(self, course: Course, rest: Rest) -> Course:
        earliest, latest, duration = rest
        begun = until(course, latest + self._precision.slack(latest))
        return shifted(begun, lambda time: max(time, earliest) + duration, [earliest])

    def _cheapest(self, ends: list[Course], vehicle: VehicleType) -> float | None:
        costs = [
            self._price_of(point, vehicle) for course in ends for piece in course for point in _points(piece, vehicle)
        ]
        return min((cost for cost in costs if cost is not None), default=None)

    def _price_of(self, point: tuple[float, float, float], vehicle: VehicleType) -> float | None:
        departure, end, late = point
        duration = end - departure
        if self._precision.above(duration, _longest(vehicle)):
            return None
        overtime = max(0.0, duration - vehicle.max_duration)
        return late + vehicle.overtime_cost * overtime + vehicle.duration_cost * duration

    def _explain(self, tour: Tour, steps: list[Step], start: Course, ends: list[Course]) -> list[Violation]:
        """Why no departure keeps every limit: the first reason on the way of the earliest one."""
        if ends:
            shortest = min(
                end - departure for course in ends for piece in course for departure, end, _ in _points(piece)
            )
            limit = _longest(tour.vehicle)
            return [tour.violation("duration", f"takes {shortest:.12g}, must be at most {limit:.12g}")]
        course = leaving(start[0].first, start[0].first)
        for step in steps:
            before, course = course, step.move(course)
            if not course:
                return [self._too_late(tour, step, before[0].time_last)]
        end, latest = course[0].time_last, tour.vehicle.shift[1]
        if self._precision.above(end, latest):
            return [tour.violation("shift", f"ends at {end:.12g}, its shift at {latest:.12g}")]
        rests = ", ".join(
            f"{rest.duration:g} within [{rest.earliest:g}, {rest.latest:g}]" for rest in tour.vehicle.breaks
        )
        return [tour.violation("break", f"no place for its breaks ({rests}) keeps every limit")]

    @staticmethod
    def _too_late(tour: Tour, step: Step, time: float) -> Violation:
        place = f"returns to depot {step.node}" if step.kind == "return" else f"reaches node {step.node}"
        return tour.violation(step.kind, f"{place} at {time:.12g}, it closes at {step.limit:.12g}", step.node)


def _is_timeless(vehicle: VehicleType) -> bool:
    """Whether neither how long it is under way nor when it comes home matters."""
    free = vehicle.duration_cost == 0 and vehicle.max_duration == inf
    return free and vehicle.shift[1] == inf and not vehicle.breaks


def _longest(vehicle: VehicleType) -> float:
    return vehicle.max_duration + vehicle.max_overtime


def _subsets(items: list[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def _before(course: Course, deadline: float) -> Course:
    """What ends before ``deadline``; a piece that only its last departure brings there stays whole."""
    return [piece for piece in cut(course, [deadline]) if piece.time_first < deadline]


def _unbeaten(courses: list[Course]) -> list[Course]:
    kept: list[Course] = []
    for course in courses:
        if course and not any(no_worse(one, course) for one in kept):
            kept = [one for one in kept if not no_worse(course, one)]
            kept.append(course)
    return kept


def _points(piece: Piece, vehicle: VehicleType | None = None) -> Iterator[tuple[float, float, float]]:
    """Where cost may be least on a piece: its ends, and where the duration meets a limit."""
    yield piece.first, piece.time_first, piece.late_first
    yield piece.last, piece.time_last, piece.late_last
    if vehicle is None:
        return
    first, last = piece.time_first - piece.first, piece.time_last - piece.last
    for limit in {vehicle.max_duration, _longest(vehicle)}:
        if min(first, last) < limit < max(first, last):
            yield piece.at(limit - first, last - first)
