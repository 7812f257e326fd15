"""The best departure and break places of a course, found over all departures at once.

The clock along the route is kept as a piecewise linear function of the departure, one for each way
of placing the breaks so far; a way that is later and dearer than another for every departure is
dropped. Cost is piecewise linear too, so that the best departure is an end of some piece, or the
point where duration meets a limit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf, nextafter
from typing import NamedTuple

from routewright.data.evaluate.course import Course
from routewright.data.evaluate.piecewise import (
    Function,
    Piece,
    chain,
    departures,
    later,
    never_worse,
    pause,
    travel,
    until,
    waiting_for,
    windows,
)
from routewright.data.evaluate.progress import Progress
from routewright.data.evaluate.tolerance import ROUNDING, TOLERANCE
from routewright.data.evaluate.walk import Place
from routewright.data.vehicle import Break, VehicleType


@dataclass(frozen=True)
class Limits:
    """How strictly limits hold: they may be missed by ``grace`` times max(1, |limit|)."""

    grace: float

    def widened(self, limit: float) -> float:
        """``limit`` with its tolerance."""
        return limit + self.room(limit)

    def room(self, limit: float) -> float:
        """The tolerance of ``limit``."""
        return self.grace * max(1.0, abs(limit)) if limit < inf else 0.0


@dataclass(frozen=True)
class Plan:
    """A departure, and the breaks held at each place."""

    departure: float
    breaks: dict[Place, tuple[Break, ...]]


class _Way(NamedTuple):
    """One placement so far: the clock by departure, and where each break taken lies."""

    clock: Function
    places: tuple[Place, ...]


class _Candidate(NamedTuple):
    cost: float
    departure: float
    end: float
    breaks: tuple[Break, ...]
    places: tuple[Place, ...]


def best_plan(
    course: Course, first: float, last: float, limits: Limits | None, progress: Progress | None
) -> Plan | None:
    """The plan of least cost, then earliest departure, then earliest end; None if there is none.

    Args:
        course: the route.
        first: earliest departure.
        last: latest one.
        limits: None drops every limit but the breaks' own times.
        progress: None at constant speed.
    """
    found = list(_candidates(course, departures(first, last), limits, progress))
    if not found:
        return None
    least = min(candidate.cost for candidate in found)
    near = [candidate for candidate in found if candidate.cost <= least + ROUNDING * max(1.0, abs(least))]
    best = min(near, key=lambda candidate: (candidate.departure, candidate.end))
    breaks: dict[Place, tuple[Break, ...]] = {}
    for place, rest in zip(best.places, best.breaks, strict=True):
        breaks[place] = (*breaks.get(place, ()), rest)
    return Plan(best.departure, breaks)


def _candidates(
    course: Course, leaving: Function, limits: Limits | None, progress: Progress | None
) -> Iterator[_Candidate]:
    """Plans that may be best: for every set of breaks held, the ends of the pieces of every way."""
    for taken, needless_after in _choices(course.vehicle.breaks):
        for way in _ways(course, taken, leaving, limits, progress):
            clock = way.clock
            if needless_after < inf:  # the breaks left out must be later than the route's end
                clock = chain(clock, until(nextafter(needless_after, -inf)))
            if limits is not None:
                clock = chain(clock, until(limits.widened(course.vehicle.shift[1])))
            for cost, departure, end in _ends(clock, course.vehicle, limits):
                yield _Candidate(cost, departure, end, taken, way.places)


def _choices(breaks: tuple[Break, ...]) -> Iterator[tuple[tuple[Break, ...], float]]:
    """Every set of breaks that may be held, and the earliest start of those left out."""
    for size in range(len(breaks), -1, -1):
        for taken in combinations(range(len(breaks)), size):
            left_out = [rest.earliest for index, rest in enumerate(breaks) if index not in taken]
            yield tuple(breaks[index] for index in taken), min(left_out, default=inf)


def _ways(
    course: Course, breaks: tuple[Break, ...], leaving: Function, limits: Limits | None, progress: Progress | None
) -> list[_Way]:
    """All undominated ways along the course that hold all of ``breaks``."""
    ways: list[list[_Way]] = [[] for _ in range(len(breaks) + 1)]  # by breaks taken
    ways[0] = [_Way(leaving, ())]
    last = len(course.node) - 1
    for position in range(last + 1):
        if position:
            _advance(ways, _leg(course, position, progress))
            if position < last or course.is_open:
                _take(ways, breaks, (position, False), limits)
            _advance(ways, [_service(course, position, limits), _delay(course.service[position])])
        if position < last or course.is_open:
            _take(ways, breaks, (position, True), limits)
        if course.earliest[position] > leaving[0].low:
            _advance(ways, [waiting_for(float(course.earliest[position]))])
    return ways[len(breaks)]


def _advance(ways: list[list[_Way]], steps: list[Function]) -> None:
    for index, level in enumerate(ways):
        for step in steps:
            level = [_Way(_then(way.clock, step), way.places) for way in level]
        ways[index] = [way for way in level if way.clock]


def _then(clock: Function, step: Function) -> Function:
    only = step[0]
    if len(step) == 1 and only == Piece(-inf, inf, only.offset, 1.0):
        return later(clock, only.offset)
    return chain(clock, step)


def _take(ways: list[list[_Way]], breaks: tuple[Break, ...], place: Place, limits: Limits | None) -> None:
    """Let every way take its next breaks at ``place``, and drop what is never better."""
    grace = limits or Limits(TOLERANCE)
    for taken, rest in enumerate(breaks):
        step = pause(rest.earliest, grace.widened(rest.latest), rest.duration)
        resting = (_Way(chain(way.clock, step), (*way.places, place)) for way in ways[taken])
        for way in resting:
            if way.clock and not any(never_worse(rival.clock, way.clock) for rival in ways[taken + 1]):
                kept = [rival for rival in ways[taken + 1] if not never_worse(way.clock, rival.clock)]
                ways[taken + 1] = [*kept, way]


def _leg(course: Course, position: int, progress: Progress | None) -> list[Function]:
    plain = float(course.time[position])
    return [_delay(plain) if progress is None else travel(progress, plain)]


def _delay(time: float) -> Function:
    return [Piece(-inf, inf, float(time), 1.0)]


def _service(course: Course, position: int, limits: Limits | None) -> Function:
    """Service start by arrival at ``position``."""
    spans = list(zip(course.opens[position].tolist(), course.closes[position].tolist(), strict=True))
    price = float(course.lateness_cost[position])
    if limits is None:
        return windows(spans, price if price < inf else 0.0, 0.0)
    return windows(spans, price, limits.room(max(closing for _, closing in spans)))


def _ends(clock: Function, vehicle: VehicleType, limits: Limits | None) -> Iterator[tuple[float, float, float]]:
    """(cost, departure, end) wherever the cost of a way may be least."""
    longest = vehicle.max_duration + vehicle.max_overtime
    bound = inf if limits is None else limits.widened(longest) + ROUNDING * max(1.0, abs(longest))
    for piece in clock:
        for departure in {piece.low, piece.high, *_meets(piece, vehicle.max_duration), *_meets(piece, longest)}:
            end = piece.time(departure)
            if end - departure <= bound:
                over = max(0.0, end - departure - vehicle.max_duration)
                price = vehicle.duration_cost * (end - departure) + (vehicle.overtime_cost * over if over else 0.0)
                yield piece.cost(departure) + price, departure, end


def _meets(piece: Piece, duration: float) -> Iterator[float]:
    """The departure at which the piece's duration is ``duration``, if there is one."""
    if piece.rate != 1.0 and duration < inf:
        departure = (piece.offset - duration) / (1.0 - piece.rate)
        if piece.low <= departure <= piece.high:
            yield departure
