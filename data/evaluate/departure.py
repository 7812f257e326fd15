"""When a route leaves and where its breaks lie (docs/problem.md, 8, 11 and 12)."""

from math import inf

from routewright.data.evaluate.course import Course
from routewright.data.evaluate.placing import Limits, Plan, best_plan
from routewright.data.evaluate.progress import Progress
from routewright.data.evaluate.tolerance import ROUNDING, TOLERANCE
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
        return _as_it_comes(course, earliest, exact, progress)
    last = _last_useful(course, earliest, progress) if free else earliest
    plan, tolerance = _plan(course, earliest, last, exact, progress)
    return walk(course, plan.departure, tolerance=tolerance, progress=progress, breaks=plan.breaks)


def duration_matters(course: Course) -> bool:
    """Whether time under way costs or is limited."""
    return course.vehicle.duration_cost > 0 or course.vehicle.max_duration < inf


def _as_it_comes(course: Course, departure: float, exact: bool, progress: Progress | None) -> Times:
    """Within all limits if that goes; else within their tolerance, which may choose other windows."""
    times = walk(course, departure, tolerance=0.0 if exact else ROUNDING, progress=progress)
    if exact or _in_time(course, times):
        return times
    return walk(course, departure, tolerance=TOLERANCE, progress=progress)


def _in_time(course: Course, times: Times) -> bool:
    """Whether nothing is late but where that has a price, and the route ends within its shift and duration."""
    vehicle, end = course.vehicle, float(times.leave[-1])
    longest = vehicle.max_duration + vehicle.max_overtime
    late = bool((times.lateness[course.lateness_cost == inf] > 0).any())
    return not late and end <= vehicle.shift[1] and end - float(times.leave[0]) <= longest


def _plan(course: Course, first: float, last: float, exact: bool, progress: Progress | None) -> tuple[Plan, float]:
    """The best plan within all limits; else within their tolerance; else the first departure as it comes.

    Returns:
        The plan, and the tolerance that it is to be walked with.
    """
    closely = 0.0 if exact else ROUNDING
    plan = best_plan(course, first, last, Limits(0.0), progress)
    if plan is not None:
        return plan, closely
    if not exact:
        plan = best_plan(course, first, last, Limits(TOLERANCE), progress)
        if plan is not None:
            return plan, TOLERANCE
    return best_plan(course, first, first, None, progress) or Plan(first, {}), 0.0 if exact else TOLERANCE


def _last_useful(course: Course, earliest: float, progress: Progress | None) -> float:
    """A time after which leaving later only shifts the route: nothing waits, no speed changes."""
    stamps = [*course.opens.ravel().tolist(), *course.earliest.tolist()]
    stamps += [pause.earliest for pause in course.vehicle.breaks]
    if progress is not None:
        stamps += progress.starts
    return float(min(max(earliest, *stamps), max(earliest, course.last_departure)))
