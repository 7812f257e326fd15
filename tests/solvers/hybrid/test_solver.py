"""A policy begins and the search goes on: feasible, in time, repeatable, no worse than what it began with."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.policies import cards
from routewright.solvers.hybrid.group import SIDES
from routewright.solvers.hybrid.starts import complete, of_policy
from routewright.solvers.monitor import Progress
from routewright.solvers.registry import choose
from routewright.solvers.result import Result
from routewright.solvers.search.solver import in_words, whole_model
from routewright.solvers.search.start import start_flat
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.brute_force import optimum
from tests.solvers.neural.untrained import NETWORKS, covered, write_checkpoint


@pytest.fixture
def untrained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Policies for everything, which play badly."""
    for name in NETWORKS:
        write_checkpoint(tmp_path, name)
    monkeypatch.setattr(cards, "FOLDER", tmp_path)


def _right(instance: Instance, result: Result) -> None:
    assert result.feasible, result.violations
    assert check(instance, result.solution, result.cost) == []
    assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_the_optimum_of_tiny_instances(seed: int) -> None:
    instance = generate("mtvrp", 5, seed)
    result = solve(instance, solver="hybrid", stop=Stop(iterations=500))
    _right(instance, result)
    assert result.cost == pytest.approx(optimum(instance), rel=1e-6)


def test_everything_that_policies_and_search_know_is_solved(untrained: None) -> None:
    for instance in covered():
        result = solve(instance, solver="hybrid", stop=Stop(iterations=100))
        _right(instance, result)
        assert result.iterations == 100


@pytest.mark.parametrize("seed", range(3))
def test_the_answer_is_not_worse_than_what_began(seed: int) -> None:
    instance = generate("mtvrp", 30, seed)
    played = solve(instance, solver="neural", stop=Stop(iterations=1 + SIDES * 30))
    asked = whole_model(instance)
    usual = evaluate(instance, in_words(instance, asked, start_flat(asked, 0))).cost
    begun = solve(instance, solver="hybrid", stop=Stop(iterations=0))
    assert begun.cost <= min(played.cost, usual) * (1 + 1e-6)
    searched = solve(instance, solver="hybrid", stop=Stop(iterations=2_000))
    assert searched.cost <= begun.cost
    _right(instance, searched)


def test_the_answer_is_not_worse_than_a_start_that_was_given() -> None:
    instance = generate("mtvrp", 40, 1)
    good = solve(instance, solver="search", stop=Stop(iterations=20_000))
    result = solve(instance, solver="hybrid", stop=Stop(iterations=0), initial_solution=good.solution)
    assert result.cost == good.cost


def test_a_policy_that_strands_or_overloads_is_done_without() -> None:
    places = np.random.default_rng(1).integers(0, 100, (5, 2))
    instance = Instance.build(coords=places, delivery=[0, 0.5, 0.5, 0.6, 0.4], capacity=1, rounding="round")
    asked = whole_model(instance)
    right, left, over = (
        Solution(tuple(Route((trip,)) for trip in trips), unserved)
        for trips, unserved in (
            (((1, 2), (3, 4)), ()),
            (((1, 2), (3,)), (4,)),
            (((1, 3), (2, 4)), ()),
        )
    )
    for played, whole in ((right, True), (left, False), (over, False)):
        assert complete(instance, played) is whole
        flat = of_policy(instance, asked, played, 0)
        assert (flat is not None) is whole
        assert flat is None or check(instance, in_words(instance, asked, flat)) == []


def test_a_policy_that_is_too_slow_is_done_without() -> None:
    instance = generate("xstyle", 800, 1)
    result = solve(instance, solver="hybrid", stop=Stop(cpu=0.3))
    _right(instance, result)
    assert result.cpu_seconds < 0.3 * 1.05 + 0.3 + 0.5  # the judge takes a while


@pytest.mark.parametrize(("clients", "limit"), [(20, 0.3), (100, 1.0)])
def test_time_limits_are_kept(clients: int, limit: float) -> None:
    instance = generate("xstyle", clients, 1)
    result = solve(instance, solver="hybrid", time_limit=limit)
    assert result.seconds <= 1.05 * limit + 0.3
    _right(instance, result)


def test_the_same_seed_gives_the_same_answer() -> None:
    instance, stop = generate("mtvrp", 50, 1), Stop(iterations=1_500)
    first, again, other = (solve(instance, solver="hybrid", stop=stop, seed=seed) for seed in (3, 3, 4))
    assert first.solution == again.solution
    assert [point.cost for point in first.trajectory] == [point.cost for point in again.trajectory]
    assert [point.cost for point in first.trajectory] != [point.cost for point in other.trajectory]


def test_what_the_policy_finds_is_told_at_no_iteration() -> None:
    instance, seen = generate("mtvrp", 20, 1), list[Progress]()
    result = solve(instance, solver="hybrid", stop=Stop(iterations=2_000), on_improvement=seen.append)
    first = seen[0]
    assert first.iterations == 0
    assert first.solution is not None
    assert first.cost == solve(instance, solver="neural", stop=Stop(iterations=1)).cost
    assert [point.cost for point in seen] == [point.cost for point in result.trajectory]


def test_a_target_that_the_policy_reaches_ends_the_run() -> None:
    instance = generate("mtvrp", 20, 1)
    played = solve(instance, solver="neural", stop=Stop(iterations=1))
    result = solve(instance, solver="hybrid", stop=Stop(target=played.cost, wall=60))
    assert result.cost <= played.cost * (1 + 1e-6)
    assert (result.iterations, result.seconds < 10) == (0, True)


def test_ctrl_c_returns_the_best_so_far() -> None:
    instance = generate("mtvrp", 50, 1)
    solve(instance, solver="hybrid", stop=Stop(iterations=1))
    threading.Timer(0.7, os.kill, [os.getpid(), signal.SIGINT]).start()
    result = solve(instance, solver="hybrid", time_limit=60)
    assert result.seconds < 20
    _right(instance, result)


def test_without_clients_there_is_nothing_to_do() -> None:
    result = solve(Instance.build(coords=[[0, 0]], capacity=1), solver="hybrid", time_limit=1)
    assert (result.cost, result.feasible, result.solution) == (0.0, True, Solution())


def test_what_search_or_no_policy_knows_is_refused() -> None:
    (words,) = supports("hybrid:cvrp20", generate("mtvrp", 9, 1, variant="OVRP"))
    assert words.startswith("open routes (what checkpoints cover: cvrp20: ")
    assert supports("hybrid", generate("mtvrp", 9, 1).replace(split=True)) == ["split deliveries"]


def test_a_policy_may_be_named(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "vrp")
    instance = generate("mtvrp", 9, 1, variant="VRPTW")
    _right(instance, solve(instance, solver=f"hybrid:{tmp_path / 'vrp'}", stop=Stop(iterations=100)))
    assert supports("hybrid:cvrp20", instance)


def test_auto_does_not_take_it() -> None:
    assert choose("auto", generate("mtvrp", 20, 1)) == "search"


def test_asking_what_it_supports_needs_no_torch() -> None:
    code = (
        "import sys, routewright as rw\n"
        "assert rw.supports('hybrid', rw.generate('mtvrp', 9, 1)) == []\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
