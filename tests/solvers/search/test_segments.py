"""Rounds in which settled clients are joined."""

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.solvers.monitor import Monitor
from routewright.solvers.search import segments
from routewright.solvers.search.contraction import contract
from routewright.solvers.search.flat import joined
from routewright.solvers.search.segments import LONGEST, Floats, Moment, contracts, followers, keep, unchanged
from routewright.solvers.search.solver import run
from routewright.solvers.stop import Stop
from tests.solvers.search.more_cases import EVERY

CASES = ["capacity", "asymmetric", "windows", "windows and duration", "distance", "hours", "open", "optional"]
ITERATIONS = 60_000


def moment(now: list[list[int]], *before: list[list[int]], n_nodes: int = 6) -> Moment:
    seen = np.array([followers(joined(routes), n_nodes) for routes in before], dtype=np.int64).reshape(-1, n_nodes)
    return Moment(joined(now), followers(joined(now), n_nodes), seen)


def test_the_last_of_a_route_and_the_unserved_have_no_follower() -> None:
    assert followers(joined([[3, 1], [2, 5]]), 6).tolist() == [0, 0, 5, 1, 0, 0]


def test_an_edge_counts_in_whichever_direction_it_was_driven() -> None:
    found = unchanged(moment([[1, 2, 3]], [[1, 2], [3]], [[3, 2, 1]], [[2, 1], [3]], [[1, 3, 2]]))
    assert found[[1, 2]].tolist() == [3 / 4, 2 / 4]


def test_the_highest_scores_are_kept_but_never_a_way_home() -> None:
    now = moment([[1, 2, 3], [4, 5]])
    kept = keep(np.array([9.0, 0.1, 0.3, 9.0, 0.2, 9.0]), now)
    assert np.flatnonzero(kept).tolist() == [2]  # one of three edges between clients: 0.6 of them, rounded down


def test_segments_are_cut_where_they_get_too_long() -> None:
    count = 10 * LONGEST
    now = moment([list(range(1, count))], n_nodes=count)
    kept = keep(-np.arange(count, dtype=float), now)
    first = int(segments.KEEP * (count - 2))
    assert np.flatnonzero(~kept[1 : first + 1]).tolist() == list(range(LONGEST - 1, first, LONGEST))
    assert not kept[first + 1 :].any()


def test_rounds_lie_between_begin_and_end() -> None:
    shares = np.linspace(0, 1, 4_001)
    inside = np.array([contracts(float(share)) for share in shares])
    assert np.count_nonzero(np.diff(inside.astype(int)) == 1) == segments.ROUNDS
    assert inside.mean() == pytest.approx((segments.END - segments.BEGIN) / 2, abs=0.01)
    assert not inside[shares < segments.BEGIN].any()
    assert not inside[shares >= segments.END].any()


@pytest.mark.parametrize("case", CASES)
def test_answers_keep_all_rules_and_cost_what_was_reported(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best of all may be one of a contracted model: the judge sees it client by client."""
    joins: list[int] = []
    def counted(*given):  # type: ignore[no-untyped-def]
        found = contract(*given)
        joins.append(given[0].n_clients - found.model.n_clients)
        return found

    monkeypatch.setattr(segments, "contract", counted)
    instance = EVERY[case](np.random.default_rng(2), 60)
    monitor = Monitor(Stop(iterations=ITERATIONS))
    answer = run(instance, monitor, seed=1, scores=unchanged)
    assert len(joins) >= segments.ROUNDS
    assert case == "optional" or min(joins) > 0
    cost = evaluate(instance, answer.solution).cost
    assert check(instance, answer.solution, cost) == []
    assert monitor.best == pytest.approx(cost, rel=1e-9 if instance.exact else 1e-6)


def test_the_same_seed_gives_the_same_answer() -> None:
    instance = EVERY["capacity"](np.random.default_rng(2), 60)
    answers = [run(instance, Monitor(Stop(iterations=30_000)), seed=5, scores=unchanged) for _ in range(2)]
    assert answers[0] == answers[1]


def test_what_cannot_be_contracted_is_searched_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Moment) -> Floats:
        raise AssertionError("two limits on length")

    instance = EVERY["distance_and_hours"](np.random.default_rng(2), 30)
    given = {"seed": 1, "threads": 1}
    plain = run(instance, Monitor(Stop(iterations=10_000)), **given)  # type: ignore[arg-type]
    assert run(instance, Monitor(Stop(iterations=10_000)), **given, scores=refused) == plain  # type: ignore[arg-type]
