"""Rounds in which settled clients are joined, which only a benchmark measures."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.flat import joined
from routewright.solvers.search.solver import run
from routewright.solvers.stop import Stop
from tests.solvers.search.more_cases import EVERY

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
CASES = ["capacity", "asymmetric", "windows", "windows and duration", "distance", "hours", "open", "optional"]
ITERATIONS = 60_000


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Any:
    if not BENCHMARKS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("rounds")


def moment(rounds: Any, now: list[list[int]], *before: list[list[int]], n_nodes: int = 6) -> Any:
    seen = [rounds.followers(joined(routes), n_nodes) for routes in before]
    return rounds.Moment(joined(now), rounds.followers(joined(now), n_nodes), np.reshape(seen, (-1, n_nodes)))


def test_the_last_of_a_route_and_the_unserved_have_no_follower(rounds: Any) -> None:
    assert rounds.followers(joined([[3, 1], [2, 5]]), 6).tolist() == [0, 0, 5, 1, 0, 0]


def test_an_edge_counts_in_whichever_direction_it_was_driven(rounds: Any) -> None:
    found = rounds.unchanged(moment(rounds, [[1, 2, 3]], [[1, 2], [3]], [[3, 2, 1]], [[2, 1], [3]], [[1, 3, 2]]))
    assert found[[1, 2]].tolist() == [3 / 4, 2 / 4]


def test_the_highest_scores_are_kept_but_never_a_way_home(rounds: Any) -> None:
    now = moment(rounds, [[1, 2, 3], [4, 5]])
    kept = rounds.keep(np.array([9.0, 0.1, 0.3, 9.0, 0.2, 9.0]), now)
    assert np.flatnonzero(kept).tolist() == [2]  # one of three edges between clients: 0.6 of them, rounded down


def test_segments_are_cut_where_they_get_too_long(rounds: Any) -> None:
    count = 10 * rounds.LONGEST
    now = moment(rounds, [list(range(1, count))], n_nodes=count)
    kept = rounds.keep(-np.arange(count, dtype=float), now)
    first = int(rounds.KEEP * (count - 2))
    assert np.flatnonzero(~kept[1 : first + 1]).tolist() == list(range(rounds.LONGEST - 1, first, rounds.LONGEST))
    assert not kept[first + 1 :].any()


def test_rounds_lie_between_begin_and_end(rounds: Any) -> None:
    shares = np.linspace(0, 1, 4_001)
    inside = np.array([rounds.contracts(float(share)) for share in shares])
    assert np.count_nonzero(np.diff(inside.astype(int)) == 1) == rounds.ROUNDS
    assert inside.mean() == pytest.approx((rounds.END - rounds.BEGIN) / 2, abs=0.01)
    assert not inside[shares < rounds.BEGIN].any()
    assert not inside[shares >= rounds.END].any()


@pytest.mark.parametrize("case", CASES)
def test_answers_keep_all_rules_and_cost_what_was_reported(
    rounds: Any, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The best of all may be one of a contracted model: the judge sees it client by client."""
    joins: list[int] = []
    contract = rounds.contract

    def counted(asked: Any, flat: Any, kept: Any) -> Any:
        found = contract(asked, flat, kept)
        joins.append(asked.n_clients - found.model.n_clients)
        return found

    monkeypatch.setattr(rounds, "contract", counted)
    instance = EVERY[case](np.random.default_rng(2), 60)
    monitor = Monitor(Stop(iterations=ITERATIONS))
    solution, _ = rounds.search(instance, monitor, 1, rounds.unchanged)
    assert len(joins) >= rounds.ROUNDS
    assert case == "optional" or min(joins) > 0
    cost = evaluate(instance, solution).cost
    assert check(instance, solution, cost) == []
    assert monitor.best == pytest.approx(cost, rel=1e-9 if instance.exact else 1e-6)


def test_the_same_seed_gives_the_same_answer(rounds: Any) -> None:
    instance = EVERY["capacity"](np.random.default_rng(2), 60)
    answers = [rounds.search(instance, Monitor(Stop(iterations=30_000)), 5, rounds.unchanged) for _ in range(2)]
    assert answers[0] == answers[1]


def test_without_scores_it_is_the_search_with_one_annealing(rounds: Any) -> None:
    instance = EVERY["capacity"](np.random.default_rng(2), 60)
    answer = run(instance, Monitor(Stop(iterations=50_000)), seed=3)
    assert rounds.search(instance, Monitor(Stop(iterations=50_000)), 3, None) == (answer.solution, answer.iterations)


def test_what_cannot_be_contracted_is_searched_without(rounds: Any) -> None:
    def refused(_: Any) -> Any:
        raise AssertionError("two limits on length")

    instance = EVERY["distance_and_hours"](np.random.default_rng(2), 30)
    plain = rounds.search(instance, Monitor(Stop(iterations=10_000)), 1, None)
    assert rounds.search(instance, Monitor(Stop(iterations=10_000)), 1, refused) == plain
