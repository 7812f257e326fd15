"""Many instances at once."""

import os
import signal
import threading
import time
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.solvers.batch import Failure, solve_batch
from routewright.solvers.result import Result
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop


def some(count: int = 6) -> list[Instance]:
    return [generate("uniform", 10, seed) for seed in range(count)]


@pytest.mark.parametrize(("workers", "processes"), [(1, False), (2, False), (2, True)])
def test_results_are_those_of_solve_in_the_order_of_the_instances(workers: int, processes: bool) -> None:
    instances, stop = some(), Stop(iterations=2_000)
    results = solve_batch(instances, solver="search", stop=stop, seed=3, workers=workers, processes=processes)
    for instance, result in zip(instances, results, strict=True):
        assert isinstance(result, Result)
        assert check(instance, result.solution, result.cost) == []
        assert result.cost == solve(instance, solver="search", stop=stop, seed=3).cost


def test_an_instance_that_fails_does_not_take_the_others_with_it() -> None:
    odd = generate("uniform", 5, 0)
    odd = odd.replace(split=True, required=odd.required & (np.arange(odd.n_nodes) > 1), prize=np.full(odd.n_nodes, 9.0))
    results = solve_batch([*some(2), odd, *some(1)], solver="search", stop=Stop(iterations=500), workers=2)
    assert [result.feasible for result in results] == [True, True, False, True]
    failure = results[2]
    assert isinstance(failure, Failure)
    assert "split deliveries" in failure.message


def test_a_solver_that_breaks_is_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("routewright.solvers.search.run", broken)
    (result,) = solve_batch(some(1), solver="search", stop=Stop(iterations=1))
    assert result == Failure("ZeroDivisionError: oh")


def test_each_instance_has_the_whole_time_limit() -> None:
    results = solve_batch(some(4), solver="search", time_limit=0.2, workers=2)
    assert all(isinstance(result, Result) and 0.2 <= result.seconds < 0.6 for result in results)


def test_results_are_reported_as_they_end() -> None:
    seen: dict[int, Result | Failure] = {}
    results = solve_batch(some(5), solver="search", stop=Stop(iterations=100), workers=2, on_result=seen.__setitem__)
    assert [seen[place] for place in range(5)] == results


def test_no_instances_give_no_results() -> None:
    assert solve_batch([]) == []


@pytest.mark.parametrize("workers", [0, 1.5, True])
def test_odd_numbers_of_workers_are_refused(workers: object) -> None:
    with pytest.raises(RoutewrightError, match="workers is"):
        solve_batch([], workers=workers)  # type: ignore[arg-type]


@pytest.mark.parametrize("processes", [False, True])
def test_ctrl_c_ends_the_batch_with_what_there_is(processes: bool) -> None:
    instances, limit = some(8), 1.5 if processes else 60.0
    solve(instances[0], solver="search", stop=Stop(iterations=1))
    ended: list[int] = []

    def interrupt(place: int, _: Result | Failure) -> None:
        if not ended:
            threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()
        ended.append(place)

    if not processes:
        threading.Timer(0.5, os.kill, [os.getpid(), signal.SIGINT]).start()
    began = time.monotonic()
    results = solve_batch(
        instances, solver="search", time_limit=limit, workers=2, processes=processes, on_result=interrupt
    )
    assert time.monotonic() - began < 20
    solved = [isinstance(result, Result) and result.feasible for result in results]
    assert solved[:2] == [True, True]
    assert results[-1] == Failure("interrupted before it was begun")


def test_an_error_of_the_caller_ends_the_batch_at_once() -> None:
    def broken(place: int, result: Result | Failure) -> None:
        raise ZeroDivisionError

    began = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        solve_batch(some(40), solver="search", time_limit=0.5, workers=2, on_result=broken)
    assert time.monotonic() - began < 8


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"solver": "serch"}, "solver 'serch' is unknown"),
        ({"threads": 0}, "threads is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"stop": Stop(cpu=1.0), "workers": 2}, "CPU seconds"),
        ({"stop": Stop(target=1.0)}, "it may never come"),
    ],
)
def test_what_no_instance_can_do_is_refused_before_any(options: dict[str, Any], message: str) -> None:
    with pytest.raises(RoutewrightError, match=message):
        solve_batch(some(2), **options)
