"""OR-Tools and PyVRP where features meet: their objectives are ours, and their best is the best there is."""

from itertools import permutations
from math import inf

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Battery, Break, VehicleType
from routewright.solvers.equivalent import Equivalent
from routewright.solvers.result import Result
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.brute_force import best, optimum
from tests.solvers.combined import combined
from tests.solvers.every_plan import cheapest
from tests.solvers.tiny import base, windows

ADAPTERS = ("pyvrp", "ortools")
STEPS = {"pyvrp": 300, "ortools": 150}

each = pytest.mark.parametrize("adapter", ADAPTERS)


def _solved(adapter: str, instance: Instance, label: str, iterations: int | None = None) -> Result:
    """An answer whose cost the library, the evaluator and the judge agree on."""
    result = solve(instance, solver=adapter, stop=Stop(iterations=iterations or STEPS[adapter], wall=20))
    if result.feasible:
        assert check(instance, result.solution, result.cost) == [], label
        close = 0 if instance.exact else 1e-6
        assert result.trajectory[-1].cost == pytest.approx(result.cost, rel=close, abs=close), label
    return result


def _compare(adapter: str, seeds: range) -> tuple[int, int]:
    """How many instances the adapter knows, and how many of these it solves to the optimum."""
    known = best_found = 0
    for seed in seeds:
        instance = combined(seed)
        if supports(adapter, instance):
            continue
        known += 1
        result, truth = _solved(adapter, instance, f"seed {seed}"), optimum(instance)
        if result.feasible:
            assert result.cost >= truth - 1e-6 * max(1.0, abs(truth)), f"seed {seed}"
        best_found += result.feasible == (truth < inf) and (truth == inf or result.cost <= truth + 1e-6)
    return known, best_found


@each
def test_features_meet_and_the_optimum_is_found(adapter: str) -> None:
    known, best_found = _compare(adapter, range(9))
    assert best_found == known >= 4


@pytest.mark.slow
@pytest.mark.timeout(900)
@each
def test_features_meet_two_hundred_times(adapter: str) -> None:
    known, best_found = _compare(adapter, range(100, 300))
    assert known >= 90
    assert best_found >= 0.98 * known


def test_an_equivalent_costs_the_same_but_for_its_constant() -> None:
    changed = 0
    for seed in range(60):
        instance = combined(seed)
        equivalent = Equivalent.of(instance)
        changed += equivalent.instance is not instance
        truth, plan = best(instance)
        if truth == inf:
            assert optimum(equivalent.instance) == inf
            continue
        here = evaluate(equivalent.instance, plan)
        assert check(equivalent.instance, plan, here.cost) == []
        assert here.raw + equivalent.constant == pytest.approx(truth * instance.scale)
        assert optimum(equivalent.instance) == pytest.approx(here.cost)
        assert (equivalent.instance.prize[~equivalent.instance.required] >= 0).all()
    assert changed > 20


def _longest(instance: Instance) -> tuple[float, float]:
    """Length of the longest route and cost, the best there are."""
    lengths = set[float]()
    for size in range(1, instance.n_clients + 1):
        for order in permutations(instance.clients, size):
            judged = evaluate(instance, Solution((Route((order,)),)))
            lengths.add(judged.routes[0].distance)
    for limit in sorted(lengths):
        fleet = [VehicleType(**{**vehicle.__dict__, "max_distance": limit}) for vehicle in instance.vehicle_types]
        cost = optimum(instance.replace(objective="cost", vehicle_types=tuple(fleet)))
        if cost < inf:
            return limit, cost
    return inf, inf


@pytest.mark.parametrize("seed", range(4))
def test_ortools_balances_routes_and_breaks_ties_by_cost(seed: int) -> None:
    rng = np.random.default_rng(seed)
    instance = Instance.build(**base(rng, 5), capacity=30, vehicles=2, objective="max_route")
    result = solve(instance, solver="ortools", stop=Stop(iterations=300, wall=20))
    judged = evaluate(instance, result.solution)
    assert result.feasible
    assert judged.key == _longest(instance)
    assert result.trajectory[-1].cost == result.cost == judged.cost


RESTFUL = (0, 1, 2, 3, 4, 6, 13)
"""Seeds of instances that have a solution."""


def _resting(seed: int) -> Instance:
    """Four clients with windows, a driver who rests 60 at a certain time; some routes are open, some limited."""
    rng = np.random.default_rng(seed)
    earliest = int(rng.integers(20, 250))
    vehicle = VehicleType(
        capacity=(20,),
        breaks=(Break(earliest, earliest + int(rng.integers(0, 25)), 60),),
        end=None if seed % 3 == 0 else 0,
        max_duration=400 if seed % 2 else inf,
    )
    return Instance.build(**base(rng, 4), windows=windows(rng, 4), service=[0, *[10] * 4], vehicle_types=[vehicle])


@pytest.mark.parametrize("seed", RESTFUL)
def test_ortools_lets_drivers_rest_where_the_judge_wants_it(seed: int) -> None:
    instance = _resting(seed)
    truth = cheapest(instance)
    assert truth < inf
    assert _solved("ortools", instance, f"seed {seed}", iterations=40).cost == truth


def test_resting_costs_something_in_some_of_these() -> None:
    """Or the test above would not notice drivers who never rest."""
    free = [_resting(seed) for seed in RESTFUL]
    tireless = [
        instance.replace(vehicle_types=(VehicleType(**{**instance.vehicle_types[0].__dict__, "breaks": ()}),))
        for instance in free
    ]
    assert sum(cheapest(one) > cheapest(other) for one, other in zip(free, tireless, strict=True)) == 4


def _resting_twice(seed: int) -> Instance:
    rng = np.random.default_rng(seed)
    rests = tuple(Break(int(a), int(a) + int(rng.integers(0, 40)), 25) for a in np.sort(rng.integers(20, 250, 2)))
    opens = rng.integers(0, 250, 4)
    times = np.array([[0, 600], *([a, a + 80] for a in opens)])
    vehicle = VehicleType(capacity=(20,), breaks=rests)
    return Instance.build(**base(rng, 4), windows=times, service=[0, *[10] * 4], vehicle_types=[vehicle])


@pytest.mark.parametrize("seed", [1, 2, 4, 5])
def test_ortools_lets_drivers_rest_twice(seed: int) -> None:
    instance = _resting_twice(seed)
    truth = cheapest(instance)
    assert truth < inf
    assert _solved("ortools", instance, f"seed {seed}", iterations=20).cost == truth


def _electric(seed: int) -> Instance:
    """Three clients, two stations, a battery that goes not far; some with windows, an open end or a limit."""
    rng = np.random.default_rng(seed)
    coords = rng.integers(0, 100, (6, 2))
    coords[[0, 4, 5]] = [50, 50], [25, 40], [75, 60]
    clients = np.array([0, 1, 1, 1, 0, 0])
    times = np.array([*windows(rng, 3, width=250), [0.0, 600.0], [0.0, 600.0]])
    vehicle = VehicleType(
        capacity=(15,),
        fixed_cost=30,
        battery=Battery(int(rng.integers(80, 130)), use=1 if seed % 2 else 1.5, recharge=0.5),
        end=None if seed % 4 == 0 else 0,
        max_duration=500 if seed % 3 == 0 else inf,
    )
    return Instance.build(
        coords=coords, rounding="round", stations=2, delivery=4 * clients, service=5 * clients,
        windows=times if seed % 2 else None, vehicle_types=[vehicle],
    )  # fmt: skip


ELECTRIC = (1, 4, 6, 7, 8, 9)
"""Seeds whose best plans call at stations twice a route at most: what enumeration knows."""


@pytest.mark.parametrize("seed", ELECTRIC)
def test_ortools_calls_at_stations_as_the_best_plan_does(seed: int) -> None:
    instance = _electric(seed)
    truth = cheapest(instance)
    assert truth < inf
    assert _solved("ortools", instance, f"seed {seed}").cost == pytest.approx(truth)


def test_some_of_these_need_a_station() -> None:
    plans = [solve(_electric(seed), solver="ortools", stop=Stop(iterations=50)).solution for seed in ELECTRIC]
    assert sum(any(stop >= 4 for route in plan for stop in route.stops) for plan in plans) >= 3


def test_ortools_takes_up_a_plan_with_stations() -> None:
    instance = _electric(1)
    good = solve(instance, solver="ortools", stop=Stop(iterations=150))
    again = solve(instance, solver="ortools", stop=Stop(iterations=1), initial_solution=good.solution)
    assert again.trajectory[0].cost == good.cost
