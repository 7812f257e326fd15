"""The coarse pass over large instances: segments of routes that move as one client."""

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.data.vehicle import VehicleType
from routewright.solvers.monitor import Monitor
from routewright.solvers.search import coarse, divide
from routewright.solvers.search.anneal import Pace, Span
from routewright.solvers.search.model import model
from routewright.solvers.search.session import Session
from routewright.solvers.search.start import start_routes
from routewright.solvers.search.whole import Whole, route_cost
from routewright.solvers.stop import Stop
from tests.solvers.search.more_cases import EVERY

N = 150
CASES = ["capacity", "unrounded", "asymmetric", "fixed cost", "open", "optional"]


def drawn(case: str, n: int = N) -> Instance:
    return EVERY[case](np.random.default_rng(1), n)


def started(instance: Instance) -> Whole:
    part = model(instance)
    return Whole(instance, [part.nodes[route] for route in start_routes(part, 0)])


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 7, 30, 100])
def test_segments_are_the_route_in_its_order(length: int) -> None:
    random = np.random.default_rng(length)
    routes = [np.arange(1, length + 1), np.arange(500, 500 + length)]
    for _ in range(50):
        segments = coarse.cut(routes, random)
        again = [np.concatenate([segments.parts[number - 1] for number in route]) for route in segments.routes]
        assert [route.tolist() for route in again] == [route.tolist() for route in routes]
        assert all(1 <= len(part) <= 5 for part in segments.parts)


@pytest.mark.parametrize("case", CASES)
def test_segments_cost_what_their_clients_cost_but_for_their_inside(case: str) -> None:
    instance = drawn(case)
    whole = started(instance)
    segments = coarse.cut(whole.routes, np.random.default_rng(0))
    part = coarse.coarse_model(instance, segments.parts, len(segments.parts))
    session = Session(part, 0, len(whole.routes))
    session.load([part.numbers(route) for route in segments.routes])
    vehicle = instance.vehicle_types[0]
    inside = sum(
        float(instance.distance(piece[:-1], piece[1:], vehicle.profile).sum()) * vehicle.distance_cost
        for piece in segments.parts
    )
    expected = sum(route_cost(instance, route) for route in whole.routes)
    assert part.raw(session.total) + inside == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_the_pass_keeps_clients_and_limits(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coarse, "REGION", 60)
    instance = drawn(case)
    whole = started(instance)
    before = whole.copy()
    monitor = Monitor(Stop(iterations=20_000))
    done = coarse.anneal_segments(whole, monitor, Pace(monitor), np.random.default_rng(0))
    assert 0 < done <= 20_000 * coarse.SHARE + 1_000
    routes = [route.tolist() for route in whole.routes]
    assert routes != [route.tolist() for route in before.routes]
    solution = Solution.from_routes(routes, whole.unserved.tolist())
    assert check(instance, solution) == check(
        instance, Solution.from_routes([*map(list, before.routes)], before.unserved)
    )
    assert sorted(node for route in routes for node in route) == sorted(np.concatenate(before.routes).tolist())


def test_long_hours_bind_with_the_arcs_inside_segments() -> None:
    """A duration limit that the start just keeps."""
    instance = drawn("unrounded")
    whole = started(instance)
    longest = max(route_cost(instance, route) for route in whole.routes)
    tight = instance.replace(
        vehicle_types=(VehicleType(capacity=instance.vehicle_types[0].capacity, max_duration=longest),)
    )
    whole = Whole(tight, whole.routes)
    monitor = Monitor(Stop(iterations=20_000))
    coarse.anneal_segments(whole, monitor, Pace(monitor), np.random.default_rng(0))
    assert check(tight, Solution.from_routes([route.tolist() for route in whole.routes])) == []


def test_a_short_run_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = started(drawn("capacity"))
    monkeypatch.setattr(coarse, "LEAST_ROUTE", 1)
    assert coarse.pays(whole, Stop(wall=60))
    assert coarse.pays(whole, Stop(iterations=10**6))
    assert coarse.pays(whole, Stop())
    assert not coarse.pays(whole, Stop(wall=0.1))
    assert not coarse.pays(whole, Stop(iterations=10_000))
    assert not coarse.pays(whole, Stop(wall=60, no_improvement=1_000))


def test_short_routes_windows_and_distance_limits_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coarse, "LEAST_ROUTE", 1)
    for case in ("windows", "distance"):
        assert not coarse.pays(started(drawn(case)), Stop(wall=60))
    monkeypatch.undo()
    whole = Whole(drawn("capacity"), [np.array([client]) for client in drawn("capacity").clients])
    assert not coarse.pays(whole, Stop(wall=60))


@pytest.mark.parametrize("case", CASES)
def test_a_whole_run_with_it_is_feasible_and_never_worse_than_its_start(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in (
        (divide, "WHOLE_LIMIT", 20),
        (divide, "REGION", 40),
        (divide, "FIXED_VISIT", 1_000),
        (coarse, "LEAST_ROUTE", 1),
        (coarse, "LEAST_ITERATIONS", 1),
    ):
        monkeypatch.setattr(module, name, value)
    passes: list[int] = []
    original = coarse.anneal_segments

    def counted(whole: Whole, monitor: Monitor, pace: Pace, random: np.random.Generator) -> int:
        passes.append(original(whole, monitor, pace, random))
        return passes[-1]

    monkeypatch.setattr(coarse, "anneal_segments", counted)
    result = rw.solve(drawn(case), solver="search", stop=Stop(iterations=30_000))
    assert len(passes) == 1
    assert passes[0] > 0
    assert check(result.instance, result.solution, result.cost) == []
    assert result.cost <= result.trajectory[0].cost  # the pass itself may end dearer


def test_a_span_runs_from_now_to_its_end() -> None:
    span = Span(Monitor(Stop(iterations=1_000)), 200, end=0.6)
    assert [span.share(done, 1) for done in (200, 400, 600, 900)] == pytest.approx([0.0, 0.5, 1.0, 1.0])
    endless = Span(Monitor(Stop(target=0.0)), 200)
    assert [endless.share(done, 100) for done in (200, 250, 400)] == pytest.approx([0.0, 0.5, 2.0])
