"""The walk against the evaluator: what it says of a sequence is what the route costs that it had in mind."""

from math import inf
from typing import Any

import numpy as np
import pytest

import routewright as rw
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Break, VehicleType
from routewright.solvers.search.kernel.walk.rules import SIMPLE
from routewright.solvers.search.rich.session import Model, Session
from routewright.solvers.search.rich.words import Tour, joined, solution_of
from routewright.solvers.stop import Stop
from tests.solvers.exhaustive import ELSEWHERE
from tests.solvers.search.rich_cases import FEATURES, alone, built, combined, draft

SEQUENCES = 30


def walked(session: Session, tour: Tour) -> float | None:
    """What one route costs by the kernel, without prizes; None where it refuses it."""
    session.load(joined([tour]))
    if session.n_routes == 0:
        return None
    model = session.model
    slot = session.state.slot[session.state.order[0]]
    return float(session.state.money[slot] + model.goal.gain[model.visits.place[tour.visits]].sum())


def sequences(model: Model, rng: np.random.Generator) -> list[Tour]:
    """Random routes, pairs whole and in order."""
    mates = dict(model.visits.mates.tolist())
    seconds = set(mates.values())
    found = []
    for _ in range(SEQUENCES):
        order: list[int] = []
        for visit in rng.permutation(list(model.visits.first_of.values()))[: rng.integers(1, 8)].tolist():
            if visit in seconds:
                continue
            place = int(rng.integers(len(order) + 1))
            order.insert(place, visit)
            if visit in mates:
                order.insert(int(rng.integers(place + 1, len(order) + 1)), mates[visit])
        if order:
            found.append(Tour(np.array(order), int(rng.integers(len(model.instance.vehicle_types)))))
    return found


def assert_as_evaluated(instance: Instance, seed: int) -> int:
    """Compare random sequences; returns how many were possible."""
    model = Model.of(instance)
    session = Session(model, 0, 4)
    possible = 0
    for tour in sequences(model, np.random.default_rng(seed)):
        cost = walked(session, tour)
        if cost is None:
            continue
        possible += 1
        solution = solution_of(session, joined([tour]))
        own = [v for v in check(instance, Solution(solution.routes)) if not elsewhere(v)]
        assert own == []
        assert cost == pytest.approx(evaluate(instance, solution).parts.total - missed(instance, solution), abs=1e-6)
    return possible


def elsewhere(violation: Any) -> bool:
    return violation.kind in ELSEWHERE or "add up" in violation.message


def missed(instance: Instance, solution: Solution) -> float:
    served = {node for route in solution for node in route.stops}
    return sum(float(instance.prize[client]) for client in instance.clients if client not in served)


@pytest.mark.parametrize("feature", [name for name in FEATURES if name != "vehicles_first"])
def test_a_sequence_costs_what_the_evaluator_says(feature: str) -> None:
    rng = np.random.default_rng(9)
    given = draft(rng, 12, 2 if feature == "batteries" else 0)
    FEATURES[feature](rng, given)
    assert assert_as_evaluated(built(given), 3) > 3


@pytest.mark.parametrize("seed", range(30))
def test_so_it_does_with_several_features(seed: int) -> None:
    names, instance = combined(seed)
    if "vehicles_first" in names or "max_route" in names:
        instance = instance.replace(objective="cost")
    assert_as_evaluated(instance, seed)


def test_a_route_that_breaks_a_rule_is_refused() -> None:
    instance = alone("windows", 0)
    session = Session(Model.of(instance), 0, 4)
    windows = instance.windows.copy()
    windows[2, 0] = [0.0, 0.0]
    late = Session(Model.of(instance.replace(windows=windows)), 0, 4)
    tour = Tour(np.array([0]), 0)
    assert walked(session, tour) is not None
    assert walked(late, tour) is None


@pytest.mark.parametrize("seed", range(40))
def test_where_to_reload_is_found_without_labels_as_with_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    given = draft(rng, 12)
    names = ["reloads", *(name for name in ("windows", "limits", "two_loads", "optional") if rng.random() < 0.5)]
    for name in names:
        FEATURES[name](rng, given)
    given["fleet"] = [kind | {"duration_cost": 0.0, "max_duration": inf} for kind in given["fleet"]]
    given["fleet"][0]["end"] = None if seed % 4 == 0 else 0
    model = Model.of(built(given))
    assert model.rules.sort[:, SIMPLE].all()
    with_labels = model._replace(rules=model.rules._replace(sort=model.rules.sort.copy()))
    with_labels.rules.sort[:, SIMPLE] = 0
    sessions = Session(model, 0, 4), Session(with_labels, 0, 4)
    for tour in sequences(model, rng):
        assert walked(sessions[0], tour) == pytest.approx(walked(sessions[1], tour)), (names, tour)


def test_a_day_of_many_trips_is_handed_out_with_all_reloads() -> None:
    """A hundred clients of one vehicle: more ways to reload than labels of a walk would hold."""
    rng = np.random.default_rng(3)
    places, n = rng.integers(0, 1000, (101, 2)), 100
    release = np.array([0, *rng.integers(0, 3000, n)], dtype=float)
    vehicle = VehicleType(capacity=30, count=1, reload_depots=(0,))  # type: ignore[arg-type]
    instance = Instance.build(
        coords=places, rounding="round", delivery=[0, *rng.integers(1, 4, n)], release=release, vehicle_types=[vehicle]
    )
    result = rw.solve(instance, solver="search", stop=Stop(iterations=50))
    assert result.violations == ()
    assert len(result.solution.routes[0].trips) > 1
    assert result.trajectory[-1].cost == pytest.approx(result.cost)


def test_no_break_is_held_at_the_end_of_a_route() -> None:
    """Home at 115, a rest of 10 is due from 110 on: it must be held at the last client, who is left at 120."""
    rest = (Break(40.0, 90.0, 20.0), Break(110.0, 200.0, 10.0))
    vehicle = VehicleType(capacity=(), duration_cost=1.0, distance_cost=0.5, speed=2.0, breaks=rest)
    road = np.array([[0, 30, 50, 30], [30, 0, 20, 40], [50, 20, 0, 20], [30, 40, 20, 0]], dtype=float)
    instance = Instance.build(
        distances=road, windows=[[0, 400], [0, 30], [70, 150], [80, 110]], service=[0, 10, 10, 10],
        vehicle_types=[vehicle],
    )  # fmt: skip
    model = Model.of(instance)
    session = Session(model, 0, model.most_routes)
    cost = walked(session, Tour(np.array([model.visits.first_of[node] for node in (1, 2, 3)]), 0))
    assert cost == pytest.approx(170.0)
    assert evaluate(instance, Solution((Route(((1, 2, 3),)),))).cost == 170.0
