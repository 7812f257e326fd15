"""The door: arguments, choice of solver, judging, limits."""

import os
import signal
import threading
import time

import numpy as np
import pytest

from routewright.data.errors import RoutewrightError, UnsupportedError
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.solvers import registry
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor, Progress
from routewright.solvers.solve import SOLVERS, solve, supports
from routewright.solvers.stop import Stop
from tests.solvers import toy


@pytest.fixture(autouse=True)
def only_the_toy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in reversed(tuple(SOLVERS)):  # put back in order
        monkeypatch.delitem(SOLVERS, name)
    monkeypatch.setitem(SOLVERS, "toy", "tests.solvers.toy")
    monkeypatch.setattr(registry, "ORDER", ("toy",))


@pytest.fixture
def instance() -> Instance:
    rng = np.random.default_rng(3)
    return Instance.build(
        coords=rng.integers(0, 100, (13, 2)), rounding="round", delivery=[0, *[1] * 12], capacity=5, name="toy13"
    )


def test_the_answer_is_judged_and_described(instance: Instance) -> None:
    result = solve(instance, solver="toy", stop=Stop(iterations=50), seed=4)
    assert result.feasible
    assert result.violations == ()
    assert result.cost == result.trajectory[-1].cost
    assert (result.solver, result.version, result.seed, result.iterations) == ("toy", "0.1", 4, 50)
    assert str(result).startswith(f"toy13: cost {result.cost:g}, 3 routes, feasible, ")
    assert str(result).endswith("s by toy 0.1")


def test_the_same_seed_gives_the_same_answer_and_another_one_another(instance: Instance) -> None:
    stop = Stop(iterations=30)
    first, again, other = (solve(instance, solver="toy", stop=stop, seed=seed) for seed in (1, 1, 2))
    assert first.solution == again.solution
    assert first.solution != other.solution


def test_time_limits_are_kept(instance: Instance) -> None:
    begin = time.perf_counter()
    result = solve(instance, solver="toy", time_limit=0.2)
    assert 0.2 <= result.seconds <= time.perf_counter() - begin <= 0.2 * 1.05 + 0.3


def test_preparing_is_not_on_the_clock(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toy, "prepare", lambda instance, stop: time.sleep(0.5))
    assert solve(instance, solver="toy", time_limit=0.1).seconds < 0.4


def test_a_time_limit_and_a_stop_both_count(instance: Instance) -> None:
    assert solve(instance, solver="toy", time_limit=0.1, stop=Stop(iterations=10**9)).seconds < 0.5
    assert solve(instance, solver="toy", time_limit=60, stop=Stop(iterations=5)).iterations == 5


def test_auto_takes_the_first_that_knows_every_feature(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    assert solve(instance, stop=Stop(iterations=1)).solver == "toy"
    assert supports("auto", instance) == []
    paired = instance.replace(pairs=np.array([[1, 2]]), delivery=np.zeros((13, 1)))
    assert supports("toy", paired) == ["pairs"]
    assert supports("auto", paired) == ["toy does not know pairs"]
    with pytest.raises(UnsupportedError, match="no solver supports this instance: toy does not know pairs"):
        solve(paired)
    with pytest.raises(UnsupportedError, match=r"^toy does not know pairs$"):
        solve(paired, solver="toy")


def test_an_unknown_solver_is_answered_with_the_known_ones(instance: Instance) -> None:
    with pytest.raises(RoutewrightError, match="solver 'gurobi' is unknown; there are auto, toy"):
        solve(instance, solver="gurobi")
    with pytest.raises(RoutewrightError, match="unknown"):
        supports("gurobi", instance)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"seed": -1}, "seed is -1"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"threads": 0}, "threads is 0, must be a whole number >= 1"),
        ({"time_limit": -3}, "wall is -3"),
        ({"stop": Stop(target=3)}, "it may never come"),
        ({"initial_solution": Solution.from_routes([[1, 99]])}, "route 0: node 99 is not a client"),
        ({"initial_solution": Solution((Route(((1,),), vehicle_type=7),))}, "vehicle type 7 does not exist"),
        ({"initial_solution": Solution((Route(((1,),), start=3),))}, "depot 3 does not exist"),
    ],
)
def test_senseless_arguments_are_named(instance: Instance, arguments: dict[str, object], problem: str) -> None:
    with pytest.raises(RoutewrightError, match=problem):
        solve(instance, **arguments)  # type: ignore[arg-type]


def test_improvements_are_reported(instance: Instance) -> None:
    heard: list[Progress] = []
    result = solve(instance, stop=Stop(iterations=40), on_improvement=heard.append)
    assert [progress.cost for progress in heard] == [point.cost for point in result.trajectory]
    assert heard[-1].solution == result.solution


def test_the_answer_is_never_worse_than_a_feasible_start(instance: Instance) -> None:
    good = solve(instance, stop=Stop(iterations=300), seed=1)
    again = solve(instance, stop=Stop(iterations=1), seed=2, initial_solution=good.solution)
    assert again.cost == good.cost
    assert solve(instance, stop=Stop(iterations=0), initial_solution=good.solution).solution == good.solution


def test_an_infeasible_start_is_no_answer(instance: Instance) -> None:
    overloaded = Solution.from_routes([range(1, 13)])
    assert solve(instance, stop=Stop(iterations=1), initial_solution=overloaded).feasible
    assert solve(instance, stop=Stop(iterations=0), initial_solution=overloaded).solution == Solution()


def test_finding_nothing_is_told_as_infeasible(instance: Instance) -> None:
    result = solve(instance, stop=Stop(iterations=0))
    assert not result.feasible
    assert len(result.violations) >= 12
    assert "INFEASIBLE" in str(result)


def test_clients_that_no_vehicle_can_serve_are_named_first(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = [[0.0, 100.0], [0.0, 100.0], [0.0, 5.0]]
    far = Instance.build(
        coords=[[0, 0], [1, 0], [50, 0]], rounding="round", windows=windows, delivery=[0, 1, 1], capacity=5
    )
    monkeypatch.setattr(toy, "run", lambda *_, **__: Answer(Solution.from_routes([[1]]), 0))
    result = solve(far, stop=Stop(iterations=1))
    assert not result.feasible
    assert str(result.violations[0]).endswith(
        "client 2 cannot be served: its time window closes before a vehicle can arrive (50 > 5)"
    )
    assert result.violations[0].node == 2


def _press_ctrl_c_after(seconds: float) -> threading.Timer:
    timer = threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    return timer


def test_ctrl_c_keeps_the_best_so_far(instance: Instance) -> None:
    timer = _press_ctrl_c_after(0.2)
    result = solve(instance, solver="toy", time_limit=30)
    timer.join()
    assert result.feasible
    assert result.seconds < 5
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_in_a_callback_keeps_the_best_so_far(instance: Instance) -> None:
    def press(progress: Progress) -> None:
        raise KeyboardInterrupt

    result = solve(instance, time_limit=30, on_improvement=press)
    assert result.feasible
    assert result.iterations == 1


def test_a_second_ctrl_c_is_not_swallowed(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(instance: Instance, monitor: Monitor, **_: object) -> Answer:
        for _press in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
        return Answer(Solution(), 0)

    monkeypatch.setattr(toy, "run", deaf)
    with pytest.raises(KeyboardInterrupt):
        solve(instance)


def test_a_handler_of_the_program_is_left_alone(instance: Instance) -> None:
    def handler(*_: object) -> None: ...

    before = signal.signal(signal.SIGINT, handler)
    try:
        solve(instance, stop=Stop(iterations=1), on_improvement=lambda _: _is(handler))
        assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)


def _is(handler: object) -> None:
    assert signal.getsignal(signal.SIGINT) is handler


def test_solving_works_outside_the_main_thread(instance: Instance) -> None:
    results = []
    thread = threading.Thread(target=lambda: results.append(solve(instance, stop=Stop(iterations=3))))
    thread.start()
    thread.join()
    assert results[0].feasible
