"""When a route leaves and where its breaks lie (docs/problem.md, 8, 11 and 12)."""

from math import inf

from routewright.data.evaluate.course import Course
from routewright.data.evaluate.placing import Limits, Plan, best_plan
from routewright.data.evaluate.progress import Progress
from routewright.data.evaluate.tolerance import TOLERANCE
from routewright.data.evaluate.walk import Times, walk, walk_through


def timetable(course: Course, departure: float | None, *, exact: bool, progress: Progress | None) -> Times:
    """The times of ``course``, its departure and breaks chosen where they are free."""
    earliest = float(course.earliest[0]) if departure is None else departure
    if progress is None and not course.vehicle.breaks:
        through = walk_through(course, earliest)
        if through is not None:  # no wait, nothing late: no other departure is better or shorter
            return through
    free = departure is None and duration_matters(course)
    if not free and not course.vehicle.breaks:
        return walk(course, earliest, exact=exact, progress=progress)
    plan = _plan(course, earliest, _last_useful(course, earliest, progress) if free else earliest, exact, progress)
    return walk(course, plan.departure, exact=exact, progress=progress, breaks=plan.breaks)


def duration_matters(course: Course) -> bool:
    """Whether time under way costs or is limited."""
    return course.vehicle.duration_cost > 0 or course.vehicle.max_duration < inf


def _plan(course: Course, first: float, last: float, exact: bool, progress: Progress | None) -> Plan:
    """The best plan within all limits; else within their tolerance; else the first departure as it comes."""
    for grace in (0.0,) if exact else (0.0, TOLERANCE):
        plan = best_plan(course, first, last, Limits(grace), progress)
        if plan is not None:
            return plan
    return best_plan(course, first, first, None, progress) or Plan(first, {})


def _last_useful(course: Course, earliest: float, progress: Progress | None) -> float:
    """A time after which leaving later only shifts the route: nothing waits, no speed changes."""
    stamps = [*course.opens.ravel().tolist(), *course.earliest.tolist()]
    stamps += [pause.earliest for pause in course.vehicle.breaks]
    if progress is not None:
        stamps += progress.starts
    return float(min(max(earliest, *stamps), max(earliest, course.last_departure)))
