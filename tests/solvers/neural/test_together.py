"""Thousands at once: each judged by itself, quicker than one by one."""

import os
import signal
import threading
import time
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.policies import cards
from routewright.solvers import together
from routewright.solvers.batch import Failure, solve_batch
from routewright.solvers.neural.checkpoints import choose, shipped
from routewright.solvers.neural.grouping import LARGEST, PADDING, groups
from routewright.solvers.result import Result
from routewright.solvers.solve import judge, solve
from routewright.solvers.stop import Stop


def mixed(count: int, seed: int = 0) -> list[Instance]:
    return [generate("mtvrp", 10 + (7 * number) % 21, seed + number) for number in range(count)]


def test_answers_are_those_of_one_by_one_and_come_quicker() -> None:
    made, stop = mixed(300), Stop(iterations=12)
    singles = [solve(instance, solver="neural", stop=stop) for instance in made[:30]]
    began = time.perf_counter()
    results = solve_batch(made, solver="neural", stop=stop)
    each = (time.perf_counter() - began) / len(made)
    for instance, result in zip(made, results, strict=True):
        assert isinstance(result, Result)
        assert check(instance, result.solution, result.cost) == []
        assert result.instance is instance
        assert result.iterations == 12
        assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=1e-5)
    same = [
        one.cost == pytest.approx(other.cost, rel=1e-6)
        for one, other in zip(singles, results, strict=False)
        if isinstance(other, Result)
    ]
    assert np.mean(same) > 0.9  # sums in another order may turn a choice between equals
    assert each < 0.5 * np.mean([single.seconds for single in singles])


def test_seconds_are_shares_of_the_time_of_all() -> None:
    made = mixed(40)
    solve(made[0], solver="neural", stop=Stop(iterations=1))
    began = time.perf_counter()
    results = solve_batch(made, solver="neural", time_limit=0.1)
    passed = time.perf_counter() - began
    assert passed <= 1.05 * 0.1 * len(made) + 0.3 + 1.0
    for result in results:
        assert isinstance(result, Result)
        assert result.seconds <= 1.05 * 0.1 + 0.05
        assert all(one.wall <= other.wall for one, other in pairwise(result.trajectory))
    assert sum(result.seconds for result in results if isinstance(result, Result)) <= passed * 1.1


def test_what_fails_does_not_take_the_others_with_it() -> None:
    odd = generate("mtvrp", 10, 0).replace(release=np.full(11, 2.0))
    empty = Instance.build(coords=[[0, 0]], capacity=1)
    seen: dict[int, Result | Failure] = {}
    results = solve_batch(
        [*mixed(2), odd, empty, *mixed(1)], solver="neural", stop=Stop(iterations=5), on_result=seen.__setitem__
    )
    assert [result.feasible for result in results] == [True, True, False, True, True]
    assert isinstance(results[2], Failure)
    assert results[2].message.startswith("neural does not know release times (what checkpoints cover: ")
    assert [seen[place] for place in range(5)] == results


def test_an_answer_that_cannot_be_judged_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [generate("mtvrp", 10, seed) for seed in range(4)]

    def broken(instance: Instance, *rest: Any) -> Result:
        if instance is made[2]:
            raise RuntimeError("broken")
        return judge(instance, *rest)

    monkeypatch.setattr(together, "judge", broken)
    results = solve_batch(made, solver="neural", stop=Stop(iterations=1))
    assert [result.feasible for result in results] == [True, True, False, True]
    assert isinstance(results[2], Failure)
    assert "broken" in results[2].message


def test_results_are_kept_when_who_is_told_of_them_is_interrupted() -> None:
    made = [generate("mtvrp", 10, seed) for seed in range(4)]

    def told(place: int, result: Result | Failure) -> None:
        raise KeyboardInterrupt

    assert all(
        result.feasible for result in solve_batch(made, solver="neural", stop=Stop(iterations=1), on_result=told)
    )


def test_weights_that_cannot_be_read_fail_their_group(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "cvrp20.json").write_bytes(cards.card_file(cards.FOLDER / "cvrp20").read_bytes())
    monkeypatch.setattr(cards, "FOLDER", folder)
    results = solve_batch(mixed(3), solver="neural", stop=Stop(iterations=1))
    assert all(isinstance(each, Failure) and "cvrp20.safetensors: cannot be read" in each.message for each in results)


def test_a_target_ends_one_instance_and_not_the_others() -> None:
    made = [generate("mtvrp", 20, seed) for seed in range(4)]
    known = [solve(instance, solver="neural", stop=Stop(iterations=1)).cost for instance in made]
    results = solve_batch(made, solver="neural", stop=Stop(iterations=161, target=float(np.median(known))))
    iterations = [result.iterations for result in results if isinstance(result, Result)]
    assert min(iterations) == 1
    assert max(iterations) > 1


def test_ctrl_c_ends_the_group_and_the_batch() -> None:
    made = [generate("mtvrp", 10, seed) for seed in range(5)] + [generate("mtvrp", 40, seed) for seed in range(5)]
    solve(made[0], solver="neural", stop=Stop(iterations=1))
    threading.Timer(1.0, os.kill, [os.getpid(), signal.SIGINT]).start()
    began = time.monotonic()
    results = solve_batch(made, solver="neural", time_limit=20)
    assert time.monotonic() - began < 20
    assert all(result.feasible for result in results[:5])
    assert results[5:] == [Failure("interrupted before it was begun")] * 5


def test_groups_are_of_one_kind_and_size() -> None:
    made = [*mixed(100), *(generate("xstyle", 30, seed) for seed in range(3)), *(generate("tsp", 12, 1),) * 2]
    chosen = [choose(shipped(), instance) for instance in made]
    found = groups(made, [each for each in chosen if each is not None])
    assert sorted(place for group in found for place in group) == list(range(len(made)))
    for group in found:
        sizes = [made[place].n_nodes for place in group]
        assert max(sizes) <= PADDING * min(sizes)
        assert len({(made[place].rounding, made[place].vehicle_types[0].count) for place in group}) == 1


def test_groups_have_a_largest_size() -> None:
    instance = generate("mtvrp", 5, 1)
    chosen = choose(shipped(), instance)
    assert chosen is not None
    found = groups([instance] * (LARGEST + 1), [chosen] * (LARGEST + 1))
    assert [len(group) for group in found] == [LARGEST, 1]
