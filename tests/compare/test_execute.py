import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routewright.compare.child import run_in_child
from routewright.compare.comparing import compare_solvers
from routewright.compare.execute import execute, stop_for, toy_like
from routewright.compare.job import Job, SolverSpec, plan_batches
from routewright.compare.known import known_solver
from routewright.compare.record import MIN_SHARE
from routewright.data.formats.read import read
from routewright.data.formats.write import write
from routewright.data.instance import Instance
from tests.compare.square import BEST, BEST_COST, SINGLE_ROUTES_COST, write_square

FAKE = str(Path(__file__).with_name("fake_solver.py"))


def fake_job(path: Path, *, budget: float = 0.05, **options: Any) -> Job:
    return Job(SolverSpec("fake", FAKE, options=options), path, 3, budget)


def test_an_answer_is_costed_judged_timed_and_compared_with_the_published_routes(tmp_path: Path) -> None:
    outcome = execute(fake_job(write_square(tmp_path, solution=BEST)))
    assert (outcome.cost, outcome.raw, outcome.feasible, outcome.vehicles) == (SINGLE_ROUTES_COST, 400.0, True, 4)
    assert (outcome.reference, outcome.reference_source) == (BEST_COST, "square.sol")
    assert (outcome.version, outcome.rounding, outcome.scale, outcome.nodes) == ("7.7", "round", 1, 5)
    assert outcome.cpu < 1.0
    assert outcome.cpu >= 0.045
    assert outcome.wall >= 0.045
    assert outcome.iterations > 1
    ((stamp, cost),) = outcome.trajectory
    assert cost == SINGLE_ROUTES_COST
    assert 0.0 <= stamp < outcome.cpu


def test_compiling_and_importing_happen_before_the_clock_starts(tmp_path: Path) -> None:
    # the solver hands its number of calls out as its bound: prepare, the toy, the instance
    assert execute(fake_job(write_square(tmp_path))).bound == 3.0


def test_a_forgotten_client_makes_the_answer_infeasible(tmp_path: Path) -> None:
    outcome = execute(fake_job(write_square(tmp_path), trick="forget"))
    assert not outcome.feasible
    assert "4" in outcome.violations[0]


def test_an_instance_beyond_a_solver_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "windows.vrp"
    square = write_square(tmp_path).read_text()
    windows = "\n".join(f"{number} 0 1000" for number in range(1, 6))
    text = square.replace("TYPE : CVRP", "TYPE : VRPTW").replace("EOF", f"TIME_WINDOW_SECTION\n{windows}\nEOF")
    path.write_text(text)
    outcome = execute(fake_job(path, trick="crash"))
    assert outcome.unsupported == ("time windows",)
    assert outcome.cost is None


def test_no_reference_is_no_error(tmp_path: Path) -> None:
    outcome = execute(fake_job(write_square(tmp_path)))
    assert (outcome.reference, outcome.reference_source) == (None, "")


def test_a_run_that_is_cut_by_the_clock_on_the_wall_never_counts() -> None:
    stop = stop_for(9.0)
    assert stop.wall is not None
    assert stop.cpu == 9.0
    assert stop.cpu / stop.wall < MIN_SHARE


@pytest.mark.parametrize("windows", [None, [(0, 50)] * 3])
def test_the_toy_has_windows_where_the_instance_has(windows: list[tuple[int, int]] | None) -> None:
    instance = Instance.build(coords=[(0, 0), (1, 0), (0, 1)], windows=windows)
    toy = toy_like(instance)
    assert bool(np.isfinite(toy.windows[..., 1]).all()) is (windows is not None)
    assert toy.n_clients == 8


@pytest.fixture
def executable(tmp_path: Path) -> str:
    """A stand-in for LKH that works for 0.3 seconds."""
    path = tmp_path / "LKH"
    burn = "import time; list(iter(lambda: time.process_time() > 0.3, True))"
    path.write_text(f"#!/bin/sh\n{sys.executable} -c '{burn}'\necho TOUR_SECTION 1 2 3 4 5 -1 > problem.tour\n")
    path.chmod(0o755)
    return str(path)


def test_the_processor_time_of_executables_counts(tmp_path: Path, executable: str) -> None:
    outcome = run_in_child(Job(known_solver(f"lkh:{executable}"), write_square(tmp_path), 1, 5.0))
    assert outcome.cost == BEST_COST
    assert 0.3 <= outcome.cpu <= 2.0


def test_so_it_does_in_batches(tmp_path: Path, executable: str) -> None:
    files = [write_square(tmp_path, name) for name in "ab"]
    outcome = run_in_child(plan_batches([known_solver(f"lkh:{executable}")], files, budgets=(5.0,))[0])
    assert outcome.cost == BEST_COST
    assert 0.6 <= outcome.cpu <= 3.0


def test_an_executable_need_not_be_on_the_search_path(
    tmp_path: Path, executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    found = compare_solvers(write_square(tmp_path), f"lkh:{executable}", time_limit=1, attempts=1)
    assert [row.cost for row in found.rows] == [BEST_COST]


def test_the_longest_route_is_compared_where_it_is_the_objective(tmp_path: Path) -> None:
    instance = read(write_square(tmp_path)).replace(objective="max_route")
    write(instance, tmp_path / "longest.json")
    outcome = execute(Job(SolverSpec("fake", FAKE), tmp_path / "longest.json", 1, 0.05))
    assert (outcome.cost, outcome.raw, outcome.objective) == (100.0, 400.0, "max_route")
