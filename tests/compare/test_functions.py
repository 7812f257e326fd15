"""Functions as solvers on the square, whose costs are known by hand."""

from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from routewright.compare.child import run_in_child
from routewright.compare.execute import execute
from routewright.compare.functions import HERE, Function, function_spec
from routewright.compare.job import Job
from routewright.data.formats.read import read
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.monitor import Monitor
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop
from tests.compare import functions_of_ours as ours
from tests.compare.square import BEST_COST, SINGLE_ROUTES_COST, write_square


def job(folder: Path, function: Any) -> Job:
    return Job(function_spec(function), write_square(folder), 1, 0.05)


def test_a_function_of_a_module_runs_in_another_process(tmp_path: Path) -> None:
    asked = job(tmp_path, ours.single_routes)
    assert not asked.solver.module.startswith(HERE)
    outcome = run_in_child(asked)
    assert (outcome.cost, outcome.feasible, outcome.error) == (SINGLE_ROUTES_COST, True, "")


def test_a_lambda_runs_here(tmp_path: Path) -> None:
    asked = job(tmp_path, lambda instance, time_limit, seed: [tuple(instance.clients)])
    assert asked.solver.module.startswith(HERE)
    assert execute(asked).cost == BEST_COST


@pytest.mark.parametrize("form", ["routes", "solution", "result"])
def test_routes_solutions_and_results_are_answers(form: str, tmp_path: Path) -> None:
    def answer(instance: Instance, time_limit: float, seed: int) -> Any:
        if form == "result":
            return solve(instance, solver="ortools", stop=Stop(iterations=1))
        return [(1, 2, 3, 4)] if form == "routes" else Solution.from_routes([(1, 2, 3, 4)])

    instance = read(write_square(tmp_path))
    found = Function(answer).run(instance, Monitor(Stop(cpu=1.0)), seed=1)
    assert {client for route in found.solution for client in route.stops} == {1, 2, 3, 4}


def test_a_function_may_tell_of_solutions_on_the_way(tmp_path: Path) -> None:
    def improving(instance: Instance, time_limit: float, seed: int, improved: Any) -> Solution:
        improved([(client,) for client in instance.clients])
        return Solution.from_routes([(1, 2, 3, 4)])

    monitor = Monitor(Stop(cpu=1.0))
    Function(improving).run(read(write_square(tmp_path)), monitor, seed=1)
    assert [point.cost for point in monitor.trajectory] == [SINGLE_ROUTES_COST, BEST_COST]


def test_it_is_told_its_seconds_and_its_seed(tmp_path: Path) -> None:
    told: list[Any] = []

    def listening(instance: Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
        told.append((time_limit, seed))
        return []

    Function(listening).run(read(write_square(tmp_path)), Monitor(Stop(cpu=7.0, wall=28.0)), seed=3)
    assert told[0][0] == pytest.approx(7.0, abs=0.5)
    assert told[0][1] == 3


def test_another_source_is_another_solver() -> None:
    one = function_spec(lambda instance, time_limit, seed: [], "mine")
    two = function_spec(lambda instance, time_limit, seed: [(1,)], "mine")
    assert one.name == two.name == "mine"
    assert one.fingerprint != two.fingerprint


def test_what_the_judge_rejects_on_the_way_is_not_told(tmp_path: Path) -> None:
    def boasting(instance: Instance, time_limit: float, seed: int, improved: Any) -> Solution:
        improved([])
        improved([(1, 2)])
        return Solution.from_routes([(1, 2, 3, 4)])

    monitor = Monitor(Stop(cpu=1.0))
    Function(boasting).run(read(write_square(tmp_path)), monitor, seed=1)
    assert [point.cost for point in monitor.trajectory] == [BEST_COST]


def test_methods_and_wrapped_functions_run_as_they_are(tmp_path: Path) -> None:
    class Solver:
        def solve(self, instance: Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
            return [tuple(instance.clients)]

    @wraps(ours.single_routes)
    def wrapped(instance: Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
        return [tuple(instance.clients)]

    for function in (Solver().solve, wrapped):
        assert execute(job(tmp_path, function)).cost == BEST_COST
