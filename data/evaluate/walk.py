"""Walking a course by the clock, once departure and breaks are settled (docs/problem.md, 8 to 12)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routewright.data.evaluate.course import Course
from routewright.data.evaluate.progress import Progress
from routewright.data.evaluate.timetable import TakenBreak
from routewright.data.vehicle import Break

Floats = NDArray[np.float64]
Place = tuple[int, bool]
"""Position of a course, and whether the break comes after the service there."""


@dataclass(frozen=True, eq=False)
class Times:
    """When a course is where: arrays [S]."""

    arrival: Floats
    start: Floats
    leave: Floats
    lateness: Floats
    breaks: tuple[TakenBreak, ...] = ()


def walk_through(course: Course, departure: float) -> Times | None:
    """The times if nothing ever waits and nothing is late, else None; constant speed, no breaks."""
    steps = np.empty(2 * len(course.node))
    steps[0::2], steps[1::2] = course.time, course.service
    steps[0] = departure
    clock = np.cumsum(steps)  # one by one, as walk() adds them
    arrival, leave = clock[0::2], clock[1::2]
    here = arrival[:, None]
    inside = ((here >= course.opens) & (here <= course.closes)).any(axis=1)
    if not inside.all() or (leave < course.earliest).any():
        return None
    return Times(arrival, arrival, leave, np.zeros(len(arrival)))


def walk(
    course: Course,
    departure: float,
    *,
    tolerance: float,
    progress: Progress | None = None,
    breaks: Mapping[Place, tuple[Break, ...]] | None = None,
) -> Times:
    """The times of ``course`` from ``departure``, whatever limits that breaks.

    What is late starts on arrival, hard window or not, and the rest of the route follows from there; what is late by
    ``tolerance`` times max(1, |closing|) is not.
    """
    held: list[TakenBreak] = []
    arrival, start, leave, late = (np.zeros(len(course.node)) for _ in range(4))
    clock = departure
    # Python numbers: several times faster here than array elements.
    columns = zip(
        course.time.tolist(),
        course.service.tolist(),
        course.earliest.tolist(),
        course.opens.tolist(),
        course.closes.tolist(),
        course.grace(tolerance),
        strict=True,
    )
    for position, (time, service, earliest, opens, closes, grace) in enumerate(columns):
        if position:
            clock = clock + time if progress is None else progress.arrival(clock, time)
        arrival[position] = clock
        clock = _rest(clock, position, False, breaks, held)
        clock, late[position] = _begin(clock, opens, closes, grace)
        start[position] = clock
        clock = _rest(clock + service, position, True, breaks, held)
        clock = max(clock, earliest)
        leave[position] = clock
    return Times(arrival, start, leave, late, tuple(held))


def _begin(clock: float, opens: list[float], closes: list[float], grace: float) -> tuple[float, float]:
    """Service start of who is ready at ``clock``, and its lateness, none within ``grace`` times max(1, |closing|)."""
    begin = None
    for opening, closing in zip(opens, closes, strict=True):
        if clock <= closing or clock <= closing + grace * max(1.0, abs(closing)):
            candidate = max(clock, opening)
            begin = candidate if begin is None else min(begin, candidate)
    if begin is None:
        return clock, clock - max(closes)
    return begin, 0.0


def _rest(
    clock: float,
    position: int,
    after: bool,
    breaks: Mapping[Place, tuple[Break, ...]] | None,
    held: list[TakenBreak],
) -> float:
    if not breaks:
        return clock
    for pause in breaks.get((position, after), ()):
        taken = TakenBreak(position, max(clock, pause.earliest), pause)
        held.append(taken)
        clock = taken.end
    return clock
