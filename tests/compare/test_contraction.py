"""Clients that move as one, which only a benchmark uses: costs and limits there and back."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.search.flat import joined, split
from routewright.solvers.search.kernel.model import Nodes
from routewright.solvers.search.model import Model, model
from routewright.solvers.search.session import Session
from routewright.solvers.search.solver import as_solution
from routewright.solvers.search.start import start_routes
from tests.solvers.search.more_cases import EVERY

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
N = 40
SHARES = [0.0, 0.3, 0.7, 1.0]
REFUSED = {"distance_and_hours"}
CASES = sorted(set(EVERY) - REFUSED)


@pytest.fixture
def contract(monkeypatch: pytest.MonkeyPatch) -> Any:
    return module(monkeypatch).contract


def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    if not BENCHMARKS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("contraction")


def drawn(case: str) -> tuple[Instance, Model, Nodes]:
    instance = EVERY[case](np.random.default_rng(3), N)
    asked = model(instance)
    return instance, asked, joined(start_routes(asked, 0))


def solution(instance: Instance, asked: Model, flat: Nodes) -> Solution:
    return as_solution(instance, [asked.nodes[route] for route in split(flat)])


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("case", CASES)
def test_cost_is_that_of_the_evaluator_and_limits_are_those_of_the_judge(
    contract: Any, case: str, share: float
) -> None:
    """Of the routes that were contracted, and of others that a search on the smaller model finds."""
    instance, asked, flat = drawn(case)
    kept = np.random.default_rng(5).random(asked.n_nodes) < share
    smaller = contract(asked, flat, kept)
    session = Session(smaller.model, 0, smaller.model.n_clients)
    session.load_flat(smaller.contracted(flat))
    before = check(instance, solution(instance, asked, flat))
    for _ in range(4):
        found = solution(instance, asked, smaller.expanded(session.current_flat()))
        verdict = check(instance, found)
        assert {each.kind for each in verdict} <= {each.kind for each in before}
        if not before:
            raw = evaluate(instance, found).cost * instance.scale
            assert asked.raw(session.total + smaller.inside) == pytest.approx(raw, rel=1e-6)
        session.improve(300, 0.3 * asked.problem.cost.mean())


@pytest.mark.parametrize("case", CASES)
def test_there_and_back_routes_are_the_same(contract: Any, case: str) -> None:
    _, asked, flat = drawn(case)
    smaller = contract(asked, flat, np.random.default_rng(5).random(asked.n_nodes) < 0.6)
    assert smaller.expanded(smaller.contracted(flat)).tolist() == flat.tolist()
    assert sorted(np.concatenate(smaller.parts)) == list(range(1, asked.n_nodes))


@pytest.mark.parametrize("case", ["windows", "windows and duration", "windows_on_open_routes", "shift"])
def test_a_contracted_route_keeps_its_time_exactly_when_its_clients_do(contract: Any, case: str) -> None:
    """Segments in random order, most of them late: the smaller model and the judge agree on each."""
    instance, asked, flat = drawn(case)
    random = np.random.default_rng(7)
    smaller = contract(asked, flat, random.random(asked.n_nodes) < 0.5)
    session = Session(smaller.model, 0, smaller.model.n_clients)
    verdicts = []
    for _ in range(300):
        numbers = random.permutation(np.arange(1, smaller.model.n_nodes))[: random.integers(1, 4)]
        session.load([numbers])
        found = solution(instance, asked, smaller.expanded(session.current_flat()))
        fits = smaller.model.problem.load[numbers].sum() <= smaller.model.problem.capacity
        verdicts.append(fits and session.is_sound)
        assert verdicts[-1] == ({each.kind for each in check(instance, found)} <= {"unserved", "missing client"})
    assert 20 < sum(verdicts) < 280


def test_all_edges_kept_leave_a_client_for_each_route_and_none_kept_leave_all(contract: Any) -> None:
    _, asked, flat = drawn("capacity")
    everything = contract(asked, flat, np.ones(asked.n_nodes, np.bool_))
    assert everything.model.n_clients == len(split(flat))
    nothing = contract(asked, flat, np.zeros(asked.n_nodes, np.bool_))
    assert nothing.inside == 0
    assert (nothing.model.problem.cost == asked.problem.cost).all()


def test_clients_that_may_be_left_out_stay_single(contract: Any) -> None:
    _, asked, flat = drawn("optional")
    smaller = contract(asked, flat, np.ones(asked.n_nodes, np.bool_))
    optional = np.flatnonzero(asked.problem.prize < asked.problem.prize.max())
    assert len(optional)
    assert all(len(part) == 1 for part in smaller.parts if set(part.tolist()) & set(optional.tolist()))


def test_time_of_a_segment_by_hand(contract: Any) -> None:
    """Arrive by 10 and wait for 50, or arrive at 10 at the latest; 2 is served from 50 on, for 3."""
    road = 5.0 * (1 - np.eye(3))
    windows = [[0.0, 100.0], [0.0, 10.0], [50.0, 60.0]]
    asked = model(Instance.build(distances=road, windows=windows, service=[0, 2, 3]))
    one, two = asked.numbers([1, 2])
    smaller = contract(asked, joined([[one, two]]), np.ones(3, np.bool_)).model
    assert smaller.windows is not None
    found = [int(values[1]) for values in (smaller.windows.opens, smaller.windows.closes, smaller.windows.service)]
    unit = 1 if smaller.price == 1.0 else round(1 / smaller.price)
    # Leaving at 53 whenever one arrives by 10: 43 after the moment from which nobody waits any longer.
    assert [value / unit for value in found] == [10, 10, 43]


def test_two_limits_on_length_cannot_be_told_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in EVERY:
        _, asked, _ = drawn(case)
        assert module(monkeypatch).can_contract(asked) == (case not in REFUSED)
