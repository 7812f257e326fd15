from math import inf

from routewright.data.check.pieces import Course, Piece, cut, leaving, no_worse, served, shifted, until


def exact(limit: float) -> float:
    return 0.0


def times(course: Course) -> list[tuple[float, float, float, float]]:
    return [piece[:4] for piece in course]


def test_one_departure_is_a_single_point() -> None:
    assert times(leaving(5, 5)) == [(5, 5, 5, 5)]
    assert times(leaving(5, 9)) == [(5, 5, 5, 5), (5, 9, 5, 9)]


def test_a_cut_divides_only_what_crosses_it() -> None:
    course = shifted(leaving(0, 10), lambda time: time + 7)
    assert times(cut(course, [7, 12, 17, 99])) == [(0, 0, 7, 7), (0, 5, 7, 12), (5, 10, 12, 17)]


def test_waiting_flattens_and_lateness_is_dropped_where_it_is_forbidden() -> None:
    course = served(leaving(0, 30), [(10, 20)], inf, exact)
    assert times(course) == [(0, 0, 10, 10), (0, 10, 10, 10), (10, 20, 10, 20)]


def test_just_after_one_window_the_next_is_waited_for() -> None:
    course = served(leaving(0, 12), [(0, 5), (10, 20)], inf, exact)
    assert times(course) == [(0, 0, 0, 0), (0, 5, 0, 5), (5, 10, 10, 10), (10, 12, 10, 12)]


def test_a_departure_exactly_at_the_closing_is_in_time_alone() -> None:
    assert times(served(leaving(5, 9), [(0, 5)], inf, exact)) == [(5, 5, 5, 5)]
    assert times(until(leaving(5, 9), 5)) == [(5, 5, 5, 5)]
    assert until(leaving(5, 9), 4) == []


def test_lateness_is_paid_from_the_last_closing_on() -> None:
    course = served(leaving(0, 8), [(0, 5)], 3, exact)
    assert course[-1] == Piece(5, 8, 5, 8, 0, 9)


def test_a_course_beats_another_only_for_every_departure_of_it() -> None:
    early, late = leaving(0, 10), shifted(leaving(0, 10), lambda time: time + 1)
    assert no_worse(early, late)
    assert not no_worse(late, early)
    assert no_worse(early, early)
    assert not no_worse(leaving(0, 5), late), "it knows no later departures"
    waits = served(leaving(0, 10), [(8, 99)], inf, exact)
    assert not no_worse(waits, shifted(leaving(0, 10), lambda time: time + 3))
    cheaper = [piece._replace(late_first=1.0, late_last=1.0) for piece in early]
    assert not no_worse(cheaper, late), "earlier, but dearer"
