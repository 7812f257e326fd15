"""Tours by guided walks: sound, optimal where that can be known, led by the heatmap."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.solvers import mcts
from routewright.solvers.lk.kernel.model import FLIPS, LENGTH
from routewright.solvers.lk.kernel.run import measure
from routewright.solvers.lk.problem import problem
from routewright.solvers.mcts import heatmap
from routewright.solvers.mcts.guiding import by_distance, by_matrix
from routewright.solvers.mcts.kernel.guide import Settings
from routewright.solvers.mcts.kernel.walks import walk
from routewright.solvers.mcts.session import Session
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop


def session(n: int, seed: int) -> Session:
    asked = problem(rw.generate("tsp", n, seed))
    return Session(asked.asked, by_distance(asked, heatmap.prior, 5), Settings(0.0, 10.0, 50, 5 * n, 5), seed)


@pytest.mark.parametrize("name", ["prior", "softdist", "none", "prior:restarts=True"])
def test_small_tours_are_the_shortest(name: str) -> None:
    instance = rw.generate("tsp", 9, 4)
    orders = np.array([(0, *order) for order in permutations(range(1, 9))])
    best = instance.distance(orders, np.roll(orders, -1, axis=1)).sum(axis=1).min()
    result = rw.solve(instance, solver=f"mcts:heatmap={name}", stop=Stop(iterations=20_000))
    assert check(instance, result.solution, result.cost) == []
    assert result.cost == pytest.approx(best)


def test_lengths_are_those_of_the_tour_after_any_number_of_walks() -> None:
    run = session(60, 1)
    run.begin()
    for _ in range(20):
        walk(run.asked, run.state, run.guide, run.settings, 50)
        assert sorted(run.state.tour) == list(range(60))
        assert (run.state.tour[run.state.place] == np.arange(60)).all()
        assert run.state.tally[LENGTH] == measure(run.asked, run.state.tour)


def test_lengths_are_those_of_the_tour_after_any_number_of_kicks() -> None:
    run = session(60, 1)
    run.begin()
    while not run.stuck:
        run.walk(1_000)
    for heat in (1e9, 0.0):
        for _ in range(20):
            run.improve(10, heat)
            assert sorted(run.state.tour) == list(range(60))
            assert run.length == measure(run.asked, run.state.tour)


def test_a_walk_that_does_not_pay_leaves_the_tour_as_it_was() -> None:
    run = session(40, 2)
    run.begin()
    while not run.stuck:
        run.walk(1_000)
    length = int(run.state.tally[LENGTH])
    ring = {frozenset(pair) for pair in zip(run.state.tour, np.roll(run.state.tour, 1), strict=True)}
    run.guide.walked[1] = 0
    walk(run.asked, run.state, run.guide, run.settings, 100)
    if run.state.tally[LENGTH] == length:
        assert {frozenset(pair) for pair in zip(run.state.tour, np.roll(run.state.tour, 1), strict=True)} == ring
    assert run.state.tally[FLIPS] >= 0


def test_walks_that_pay_raise_the_weights_of_their_ways_in_both_directions() -> None:
    run = session(50, 3)
    run.begin()
    before = run.guide.weight.copy()
    while not run.stuck:
        run.walk(1_000)
    more = run.guide.weight - before
    assert (more >= 0).all()
    assert (more > 0).any()
    for city, place in np.argwhere(run.guide.back >= 0):
        other, back = run.guide.near[city, place], run.guide.back[city, place]
        assert run.guide.near[other, back] == city
        assert more[city, place] == pytest.approx(more[other, back])


def test_a_heatmap_of_the_shortest_tour_leads_to_it() -> None:
    instance = rw.generate("tsp", 100, 5)
    good = rw.solve(instance, solver="lk", stop=Stop(iterations=50_000))
    order = [0, *good.solution.routes[0].stops]
    heat = np.zeros((100, 100))
    heat[order, np.roll(order, -1)] = 1.0
    answer = mcts.run(instance, Monitor(Stop(iterations=50_000)), heatmap=heat, candidates=5)
    assert rw.evaluate(instance, answer.solution).cost <= good.cost * (1 + 1e-9)


def test_a_heatmap_comes_from_a_file(tmp_path: Path) -> None:
    instance = rw.generate("tsp", 20, 5)
    np.save(tmp_path / "heat.npy", np.ones((20, 20)))
    result = rw.solve(instance, solver=f"mcts:heatmap={tmp_path / 'heat.npy'}", stop=Stop(iterations=5_000))
    assert result.feasible


@pytest.mark.parametrize(("heat", "words"), [
    (np.ones((3, 3)), "shape"), (np.full((20, 20), -1.0), "below 0"), ("nothing.npy", "none of none, prior, softdist"),
])  # fmt: skip
def test_a_heatmap_that_makes_no_sense_is_refused(heat: "np.ndarray | str", words: str) -> None:
    with pytest.raises(rw.RoutewrightError, match=words):
        mcts.run(rw.generate("tsp", 20, 5), Monitor(Stop(iterations=10)), heatmap=heat)


def test_numbers_that_make_no_sense_are_refused() -> None:
    with pytest.raises(rw.RoutewrightError, match="depth is 0"):
        rw.solve(rw.generate("tsp", 20, 5), solver="mcts:depth=0", stop=Stop(iterations=10))


def test_ways_that_differ_there_and_back_are_refused() -> None:
    ways = np.arange(100.0).reshape(10, 10) * (1 - np.eye(10))
    assert rw.supports("mcts", Instance.build(distances=ways, vehicles=1)) == ["ways that differ there and back"]


def test_the_same_seed_gives_the_same_answer() -> None:
    instance = rw.generate("tsp", 60, 1)
    first, again = (rw.solve(instance, solver="mcts", stop=Stop(iterations=5_000), seed=3) for _ in range(2))
    assert first.solution == again.solution


def test_softdist_has_the_temperatures_that_were_tuned() -> None:
    assert heatmap.temperature(500) == pytest.approx(0.0066)
    assert heatmap.temperature(1_000) == pytest.approx(0.0051)
    assert heatmap.temperature(10_000) == pytest.approx(0.0018)
    assert heatmap.temperature(2_000) < 0.0051


def test_heat_is_highest_where_it_should_be() -> None:
    away = np.sort(np.random.default_rng(0).random((30, 8)), axis=1)
    for heat in (heatmap.prior(away), heatmap.softdist(away)):
        assert (np.diff(heat, axis=1) <= 0).all()
        assert (heat.sum(axis=1) <= 1 + 1e-9).all()


def test_the_hottest_ways_of_a_matrix_are_the_candidates() -> None:
    heat = np.random.default_rng(0).random((12, 12))
    guide = by_matrix(heat, 3)
    both = heat + heat.T
    np.fill_diagonal(both, -1)
    for city in range(12):
        assert set(guide.near[city]) == set(np.argsort(-both[city])[:3])


def test_a_time_limit_is_kept() -> None:
    result = rw.solve(rw.generate("tsp", 2_000, 0), solver="mcts", time_limit=0.5)
    assert result.seconds < 0.5 * 1.05 + 0.3
