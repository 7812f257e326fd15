"""Trained policies behind our door: feasible, in time, repeatable."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import torch

from routewright.data.check import check
from routewright.data.errors import InstanceError, RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.policies import cards
from routewright.solvers.monitor import Progress
from routewright.solvers.registry import choose
from routewright.solvers.result import Result
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.brute_force import optimum
from tests.solvers.neural.untrained import NETWORKS, covered, write_checkpoint


def _right(instance: Instance, result: Result) -> None:
    assert result.feasible
    assert check(instance, result.solution, result.cost) == []
    assert result.cost == evaluate(instance, result.solution).cost
    assert result.trajectory[-1].cost == result.cost


@pytest.mark.parametrize("clients", [5, 20, 50])
def test_generated_instances_are_solved(clients: int) -> None:
    instance = generate("mtvrp", clients, 1)
    _right(instance, solve(instance, solver="neural", stop=Stop(iterations=200)))


@pytest.mark.parametrize("name", ["X-n101-k25", "X-n110-k13"])
def test_public_files_are_solved(instances: Path, name: str) -> None:
    path = instances / "X" / f"{name}.vrp"
    if not path.exists():
        pytest.skip(f"no {path}")
    instance = read(path)
    _right(instance, solve(instance, solver="neural", stop=Stop(iterations=20)))


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_the_optimum_of_tiny_instances(seed: int) -> None:
    instance = generate("mtvrp", 5, seed)
    result = solve(instance, solver="neural", stop=Stop(iterations=1_000))
    assert result.cost == pytest.approx(optimum(instance), rel=1e-6)


def test_more_episodes_are_better() -> None:
    made = [generate("mtvrp", 20, seed) for seed in range(5)]
    first, starts, sides = (
        sum(solve(instance, solver="neural", stop=Stop(iterations=number)).cost for instance in made)
        for number in (1, 21, 161)
    )
    assert first > starts > sides


def test_everything_that_checkpoints_cover_is_solved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NETWORKS:
        write_checkpoint(tmp_path, name)
    monkeypatch.setattr(cards, "FOLDER", tmp_path)
    for instance in covered():
        result = solve(instance, solver="neural", stop=Stop(iterations=150))
        assert result.feasible, (instance.name, result.violations)
        assert result.iterations == 150
        assert result.trajectory[-1].cost == pytest.approx(result.cost)


def test_the_same_seed_gives_the_same_answer() -> None:
    instance, stop = generate("mtvrp", 30, 1), Stop(iterations=600)
    first, again, other = (solve(instance, solver="neural", stop=stop, seed=seed) for seed in (3, 3, 4))
    assert first.solution == again.solution
    assert first.iterations == again.iterations == other.iterations == 600
    assert [point.cost for point in first.trajectory] == [point.cost for point in again.trajectory]


def test_seeds_make_a_difference_once_actions_are_drawn(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "tsp")
    made, planned = [generate("tsp", 9, seed) for seed in range(10)], 1 + 8 * 9

    def costs(iterations: int, seed: int) -> list[float]:
        stop, solver = Stop(iterations=iterations), f"neural:{tmp_path / 'tsp'}"
        return [solve(each, solver=solver, stop=stop, seed=seed).cost for each in made]

    assert costs(planned, 1) == costs(planned, 2)
    assert costs(planned + 40, 1) != costs(planned + 40, 2)


@pytest.mark.parametrize(("clients", "limit"), [(20, 0.3), (100, 1.0), (300, 3.0)])
def test_time_limits_are_kept(clients: int, limit: float) -> None:
    instance = generate("xstyle", clients, 1)
    result = solve(instance, solver="neural", time_limit=limit)
    assert result.seconds <= 1.05 * limit + 0.3
    _right(instance, result)


def test_a_limit_before_the_first_episode_leaves_no_routes() -> None:
    instance = generate("xstyle", 800, 1)
    result = solve(instance, solver="neural", time_limit=0.1)
    assert result.seconds < 0.1 * 1.05 + 0.3 + 0.5  # 800 clients that are missing take the judge a while
    assert not result.feasible
    assert {violation.kind for violation in result.violations} == {"missing client"}
    assert len(result.violations) == 800


def test_a_target_ends_the_run() -> None:
    instance = generate("mtvrp", 20, 1)
    result = solve(instance, solver="neural", stop=Stop(target=6.0, wall=30))
    assert result.cost <= 6.0
    assert result.seconds < 10


def test_improvements_are_told_with_their_routes() -> None:
    instance, seen = generate("mtvrp", 20, 1), list[Progress]()
    result = solve(instance, solver="neural", stop=Stop(iterations=161), on_improvement=seen.append)
    assert [point.cost for point in seen] == [point.cost for point in result.trajectory]
    assert len(seen) > 1
    for point in seen:
        assert point.solution is not None
        assert check(instance, point.solution, point.cost) == []


def test_the_answer_is_not_worse_than_the_start() -> None:
    instance = generate("mtvrp", 40, 1)
    good = solve(instance, solver="search", stop=Stop(iterations=20_000))
    result = solve(instance, solver="neural", stop=Stop(iterations=1), initial_solution=good.solution)
    assert result.cost == good.cost


def test_ctrl_c_returns_the_best_so_far() -> None:
    instance = generate("mtvrp", 50, 1)
    solve(instance, solver="neural", stop=Stop(iterations=1))
    threading.Timer(0.7, os.kill, [os.getpid(), signal.SIGINT]).start()
    result = solve(instance, solver="neural", time_limit=60)
    assert result.seconds < 20
    _right(instance, result)


def test_clients_that_stay_unserved_are_named() -> None:
    places = np.random.default_rng(1).integers(0, 100, (7, 2))
    instance = Instance.build(coords=places, delivery=[0, *[5] * 6], capacity=10, vehicles=2)
    result = solve(instance, solver="neural", stop=Stop(iterations=50))
    assert not result.feasible
    assert len(result.solution.unserved) == 2  # two vehicles carry four of them
    assert {violation.node for violation in result.violations} == set(result.solution.unserved)
    assert "all 2 vehicles together hold 20, the deliveries are 30" in result.violations[0].message


def test_a_fleet_that_suffices_is_enough() -> None:
    places = np.random.default_rng(1).integers(0, 100, (7, 2))
    instance = Instance.build(coords=places, delivery=[0, *[5] * 6], capacity=10, vehicles=3)
    result = solve(instance, solver="neural", stop=Stop(iterations=50))
    _right(instance, result)
    assert result.vehicles == 3


def test_without_clients_there_is_nothing_to_do() -> None:
    result = solve(Instance.build(coords=[[0, 0]], capacity=1), solver="neural", time_limit=1)
    assert (result.cost, result.feasible, result.solution) == (0.0, True, Solution())


def test_places_that_are_no_numbers_never_come_so_far() -> None:
    with pytest.raises(InstanceError, match="coords"):
        Instance.build(coords=np.array([[0, 0], [np.nan, 1]]), capacity=1)


def test_threads_are_as_before_afterwards() -> None:
    before = torch.get_num_threads()
    solve(generate("mtvrp", 9, 1), solver="neural", stop=Stop(iterations=1), threads=2)
    assert torch.get_num_threads() == before


def test_auto_never_takes_it() -> None:
    assert choose("auto", generate("mtvrp", 20, 1)) != "neural"
    odd = generate("mtvrp", 20, 1).replace(split=True, speed_periods=np.array([[0.0, 1.0]]))
    assert not any(reason.startswith("neural") for reason in supports("auto", odd))


def test_words_after_a_solver_that_takes_none_are_refused() -> None:
    with pytest.raises(RoutewrightError, match=r"^solver 'search' takes no further words; given: 'fast'$"):
        solve(generate("mtvrp", 9, 1), solver="search:fast")


def test_asking_what_it_supports_needs_no_torch() -> None:
    code = (
        "import sys, routewright as rw\n"
        "assert rw.supports('neural', rw.generate('mtvrp', 9, 1)) == []\n"
        "assert rw.supports('neural:cvrp20', rw.generate('mtvrp', 9, 1, variant='OVRP'))\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
