"""Routes and solutions as values."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from routewright.data import Route, Solution


def test_a_solution_is_made_from_plain_lists_and_leaves_empty_routes_out() -> None:
    solution = Solution.from_routes([[1, 2], [], (3,)], unserved=[5, 4])
    assert solution.routes == (Route(((1, 2),)), Route(((3,),)))
    assert solution.unserved == (4, 5)
    assert (len(solution), [len(route) for route in solution]) == (2, [2, 1])


def test_numpy_numbers_become_plain_ones() -> None:
    route = Route((np.array([1, 2]),), reloads=(np.int64(0),))  # type: ignore[arg-type]
    assert {type(node) for node in (*route.stops, *route.reloads)} == {int}
    assert route == Route(((1, 2),), reloads=(0,))


def test_stops_join_the_trips() -> None:
    route = Route(((1, 2), (3,)))
    assert (route.stops, len(route)) == ((1, 2, 3), 3)
    assert len(Route(((),))) == 0


def test_solutions_are_frozen_values() -> None:
    solution = Solution.from_routes([[1]])
    with pytest.raises(FrozenInstanceError):
        solution.routes = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        solution.routes[0].trips = ()  # type: ignore[misc]
    assert {solution, Solution.from_routes([[1]])} == {solution}
    assert solution != Solution.from_routes([[1]], unserved=[2])
    assert Route(((1,),)) != Route(((1,),), departure=0)
