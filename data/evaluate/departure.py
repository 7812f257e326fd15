"""When a route leaves (docs/problem.md, 8 and 11)."""

from math import inf

from routewright.data.evaluate.course import Course
from routewright.data.evaluate.walk import Times, walk, walk_through


def timetable(course: Course, departure: float | None, *, exact: bool) -> Times:
    """The times of ``course``; its departure is chosen where ``departure`` is None."""
    leave = float(course.earliest[0]) if departure is None else departure
    return walk_through(course, leave) or walk(course, leave, exact=exact)


def duration_matters(course: Course) -> bool:
    """Whether time under way costs or is limited."""
    return course.vehicle.duration_cost > 0 or course.vehicle.max_duration < inf
