"""Judge and evaluator, written by two people from one page, agree."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from tests.data.check.cases import kinds
from tests.data.check.planted import feasible
from tests.data.check.test_best_timetable import drawn
from tests.data.strategies import instances, solutions

UNTIMED = {"departure", "window", "return", "shift", "duration", "break"}
"""What leaves a solution without a cost in the judge's eyes."""


@st.composite
def problems(draw: st.DrawFn) -> tuple[Instance, Solution]:
    """Any instance, and routes through its clients that can at least be followed."""
    instance = draw(instances())
    order = draw(st.permutations(list(instance.clients)))
    routes, place = [], 0
    while place < len(order):
        size = draw(st.integers(1, 4))
        routes.append(draw(_routes(instance, order[place : place + size])))
        place += size
    if instance.split and order:
        routes += draw(st.lists(_routes(instance, order[:1]), max_size=1))
    return instance, Solution(tuple(routes))


@st.composite
def _routes(draw: st.DrawFn, instance: Instance, clients: list[int]) -> Route:
    kind = draw(st.integers(0, len(instance.vehicle_types) - 1))
    vehicle = instance.vehicle_types[kind]
    stops = list(clients)
    for station in draw(st.lists(st.sampled_from(instance.station_nodes), max_size=2)) if instance.stations else []:
        stops.insert(draw(st.integers(0, len(stops))), station)
    middle = draw(st.integers(1, len(stops))) if vehicle.reload_depots else len(stops)
    trips = tuple(tuple(trip) for trip in (stops[:middle], stops[middle:]) if trip)
    fields: dict[str, Any] = {"vehicle_type": kind}
    if len(trips) > 1:
        fields["reloads"] = (draw(st.sampled_from(vehicle.reload_depots)),)
    if draw(st.booleans()):
        fields["departure"] = draw(st.integers(0, 40))
    charged = sum(node in instance.station_nodes for node in stops)
    if charged and draw(st.booleans()):
        fields["charges"] = tuple(draw(st.lists(st.integers(0, 20), min_size=charged, max_size=charged)))
    return Route(trips, **fields)


def assert_agreed(instance: Instance, solution: Solution) -> bool:
    """Whether there was a cost to agree on."""
    claimed = evaluate(instance, solution).cost
    found = check(instance, solution, claimed)
    assert "cost" not in kinds(found), list(map(str, found))
    return not UNTIMED & set(kinds(found))


@settings(max_examples=120, deadline=None)
@given(problems())
def test_costs_agree_wherever_both_know_one(problem: tuple[Instance, Solution]) -> None:
    assert_agreed(*problem)


@pytest.mark.parametrize("seed", range(3))
def test_costs_of_time_agree(seed: int) -> None:
    rng = np.random.default_rng(seed + 100)
    agreed = 0
    for _ in range(50):
        instance, route = drawn(rng)
        agreed += assert_agreed(instance, Solution((route,)))
    assert agreed >= 10


@pytest.mark.parametrize("seed", range(20))
def test_feasible_solutions_cost_what_the_evaluator_says(seed: int) -> None:
    case = feasible(np.random.default_rng(seed))
    assert check(case.instance, case.solution, evaluate(case.instance, case.solution).cost) == []


@settings(max_examples=80, deadline=None)
@given(instances(), solutions(), st.floats())
def test_any_solution_is_judged_without_an_exception(instance: Instance, solution: Solution, claimed: float) -> None:
    for violation in check(instance, solution, claimed):
        assert "\n" not in str(violation)
