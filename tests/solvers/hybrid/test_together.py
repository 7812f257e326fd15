"""Many instances under one clock, their time divided by what is expected of them."""

import os
import signal
import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.batch import Failure, solve_batch
from routewright.solvers.hybrid.group import Begun, Group
from routewright.solvers.hybrid.plan import PLAN
from routewright.solvers.hybrid.regret import ALIKE, MOST_APART, by_chance, by_regret, equally
from routewright.solvers.hybrid.solver import Hybrid
from routewright.solvers.hybrid.starts import Opening
from routewright.solvers.monitor import Monitor
from routewright.solvers.neural.solver import Neural
from routewright.solvers.part import Part, first_parts
from routewright.solvers.result import Result
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop


def mixed(count: int, seed: int = 0) -> list[Instance]:
    return [generate("mtvrp", 15 + (7 * number) % 11, seed + number) for number in range(count)]


def test_each_is_judged_by_itself_and_has_its_iterations() -> None:
    made, stop = mixed(20), Stop(iterations=300)
    results, again = (solve_batch(made, solver="hybrid", stop=stop, seed=2) for _ in range(2))
    for instance, result, same in zip(made, results, again, strict=True):
        assert isinstance(result, Result)
        assert check(instance, result.solution, result.cost) == []
        assert (result.instance, result.iterations) == (instance, 300)
        assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=1e-6)
        assert isinstance(same, Result)
        assert same.solution == result.solution


def test_threads_have_instances_of_their_own_and_change_nothing() -> None:
    made, stop = mixed(9), Stop(iterations=100)
    alone, together = (solve_batch(made, solver="hybrid", stop=stop, threads=threads) for threads in (1, 4))
    for instance, one, other in zip(made, alone, together, strict=True):
        assert isinstance(one, Result)
        assert isinstance(other, Result)
        assert other.instance is instance
        assert other.solution == one.solution


def test_threads_keep_the_time_of_all() -> None:
    made = mixed(20)
    solve_batch(made[:2], solver="hybrid", stop=Stop(iterations=1))
    for stop in (Stop(wall=0.05), Stop(wall=0.05, cpu=9.0), Stop(wall=9.0, cpu=0.05)):
        began = time.process_time() if stop.wall == 9.0 else time.perf_counter()
        results = solve_batch(made, solver="hybrid", stop=stop, threads=2)
        passed = (time.process_time() if stop.wall == 9.0 else time.perf_counter()) - began
        assert 0.5 * 0.05 * len(made) <= passed <= 1.05 * 0.05 * len(made) + 0.6
        assert all(result.feasible for result in results)


def test_what_breaks_in_one_thread_ends_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [generate("mtvrp", 20, seed) for seed in range(6)]
    begun = Group._begun

    def broken(self: Group, place: int, given: Solution | None) -> Begun:
        if place == 3:
            raise RuntimeError("broken")
        return begun(self, place, given)

    monkeypatch.setattr(Group, "_begun", broken)
    began = time.perf_counter()
    results = solve_batch(made, solver="hybrid", time_limit=10.0, threads=2)
    assert time.perf_counter() - began < 40  # of 60 seconds
    assert all(isinstance(result, Failure) and "broken" in result.message for result in results)


def test_it_is_not_worse_than_what_the_policy_plays() -> None:
    made = mixed(20)
    played = solve_batch(made, solver="neural", stop=Stop(iterations=16))  # a hybrid's policy plays every start once
    found = [solve(instance, solver="hybrid", stop=Stop(iterations=200)) for instance in made]
    for one, other in zip(played, found, strict=True):
        assert isinstance(one, Result)
        assert other.cost <= one.cost * (1 + 1e-6)


def test_the_time_of_all_is_kept() -> None:
    made = mixed(60)
    solve_batch(made[:2], solver="hybrid", stop=Stop(iterations=1))
    began = time.perf_counter()
    results = solve_batch(made, solver="hybrid", time_limit=0.05)
    passed = time.perf_counter() - began
    assert passed <= 1.05 * 0.05 * len(made) + 0.3 + 1.0
    assert all(result.feasible for result in results)
    assert sum(result.seconds for result in results if isinstance(result, Result)) <= passed * 1.1


def test_too_little_time_for_any_policy_still_gives_routes() -> None:
    results = solve_batch(mixed(10), solver="hybrid", time_limit=1e-4)
    assert all(result.feasible for result in results)


def test_what_was_played_is_handed_out_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [generate("mtvrp", 20, seed) for seed in range(4)]
    monitors = [Monitor(Stop(wall=60), shared_by=4) for _ in made]
    played = []

    def play(self: Neural, *arguments: Any, **options: Any) -> list[Answer]:
        played.extend(Neural.run_together(Neural(), *arguments, **options))
        monitors[0].interrupt()
        return played

    hybrid = Hybrid(plan=replace(PLAN, everywhere=True))
    monkeypatch.setattr(hybrid._neural, "run_together", play.__get__(hybrid._neural))
    answers = hybrid.run_together(made, monitors)
    for instance, answer, policy in zip(made, answers, played, strict=True):
        assert check(instance, answer.solution) == []
        assert evaluate(instance, answer.solution).cost <= evaluate(instance, policy.solution).cost * (1 + 1e-9)
    assert [answer.iterations for answer in answers] == [0] * 4


def test_the_policy_plays_what_the_usual_start_does_not_solve(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [generate("mtvrp", 50, seed, variant=("VRPBLTW", "VRPTW")[seed % 2]) for seed in range(30)]
    asked = []

    def play(self: Neural, instances: list[Instance], *rest: Any, **options: Any) -> list[Answer]:
        asked.extend(instances)
        return Neural.run_together(Neural(), instances, *rest, **options)

    found = {}
    for name, openings in (("hybrid", PLAN.openings), ("usual", (Opening.USUAL,))):
        hybrid = Hybrid(plan=replace(PLAN, openings=openings))
        monkeypatch.setattr(hybrid._neural, "run_together", play.__get__(hybrid._neural))
        answers = hybrid.run_together(made, [Monitor(Stop(iterations=0), shared_by=30) for _ in made])
        found[name] = [check(instance, each.solution) == [] for instance, each in zip(made, answers, strict=True)]
    left = [instance for instance, solved in zip(made, found["usual"], strict=True) if not solved]
    assert 0 < len(left) < 30
    assert asked == left
    assert sum(found["hybrid"]) > sum(found["usual"])


def test_what_fails_does_not_take_the_others_with_it() -> None:
    odd, empty = generate("mtvrp", 10, 0).replace(release=np.full(11, 2.0)), Instance.build(coords=[[0, 0]], capacity=1)
    results = solve_batch([*mixed(2), odd, empty], solver="hybrid", stop=Stop(iterations=5))
    assert [result.feasible for result in results] == [True, True, False, True]
    assert isinstance(results[2], Failure)
    assert results[2].message.startswith("hybrid does not know release times")


def test_ctrl_c_ends_the_group_with_the_best_it_has() -> None:
    made = [generate("mtvrp", 20, seed) for seed in range(30)]
    solve(made[0], solver="hybrid", stop=Stop(iterations=1))
    threading.Timer(1.5, os.kill, [os.getpid(), signal.SIGINT]).start()
    began = time.monotonic()
    results = solve_batch(made, solver="hybrid", time_limit=10)
    assert time.monotonic() - began < 60
    assert all(result.feasible for result in results)


def test_starts_that_are_further_apart_are_given_more_time() -> None:
    apart = [0.0, 0.01, 0.03, None, 2 * MOST_APART, 3 * MOST_APART]
    weights = by_regret(apart, 1)
    assert (weights >= ALIKE).all()
    assert weights[0] < weights[1] < weights[2] < weights[4] == weights[5]
    assert weights[0] < weights[3] < weights[4]  # what is not known counts as the mean
    assert (by_regret([None, None], 1) == ALIKE).all()
    assert sorted(by_chance(apart, 1)) == sorted(weights)
    assert len(set(equally(apart, 1))) == 1


def test_a_part_ends_with_its_run() -> None:
    clock = Monitor(Stop(wall=60))
    part = Part(Stop(iterations=9), clock, None)
    assert not part.done(0)
    assert part.done(9)
    clock.interrupt()
    assert part.done(0)
    assert Part(Stop(wall=60), Monitor(Stop(wall=0)), None).done(0)


def test_a_part_tells_its_run_what_it_finds() -> None:
    clock = Monitor(Stop(wall=60))
    (counted, first) = Part(Stop(), clock, clock), first_parts(clock, [clock], 0.5, 7, listening=True)[0]
    first.improved(9.0, 4)
    counted.improved(8.0, 5)
    counted.improved(8.5, 6)
    assert [(point.cost, point.iterations) for point in clock.trajectory] == [(9.0, 0), (8.0, 5)]


def test_first_parts_have_a_share_of_what_is_left() -> None:
    monitors = [Monitor(Stop(wall=60, target=3.0), shared_by=2) for _ in range(2)]
    parts = first_parts(monitors[0], monitors, 0.25, 7, listening=False)
    assert len(parts) == 2
    for part in parts:
        assert part.stop.wall == pytest.approx(15, abs=0.5)
        assert (part.stop.cpu, part.stop.iterations, part.stop.target, part.shared_by) == (None, 7, 3.0, 2)
    parts[0].improved(5.0, 1)
    assert monitors[0].best == np.inf
