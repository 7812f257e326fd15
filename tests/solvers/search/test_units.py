"""Whole numbers: exact where data are, and never on the wrong side of a limit elsewhere."""

from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.kernel.model import FAR, NEVER
from routewright.solvers.search.model import model
from routewright.solvers.search.units import LARGEST_ARC, Rates, Scale, units
from tests.solvers.search.more_cases import EVERY

PLACES = [[0, 0], [30, 40], [60, 80]]


def built(**fields: Any) -> Instance:
    given: dict[str, Any] = {"coords": PLACES, "rounding": "round", "delivery": 1, "capacity": 5}
    return Instance.build(**given | fields)


def test_whole_numbers_are_kept() -> None:
    scales = units(built(), 100.0)
    assert scales.arc == scales.time == scales.load == Scale(1.0, True)


def test_a_fraction_anywhere_makes_units_finer_by_a_power_of_two() -> None:
    scale = units(built(rounding="none"), 100.0).arc
    assert not scale.exact
    assert LARGEST_ARC / 2 < scale.factor * 100 <= LARGEST_ARC
    assert np.log2(scale.factor) % 1 == 0


@pytest.mark.parametrize(
    ("costs", "multiples"),
    [((2.0, 3.0, 2.5), [4, 6, 5]), ((1.03, 1.17), [103, 117]), ((1.0, 2**0.5), [169, 239]), ((0.7, 0.7), [1, 1])],
)
def test_costs_of_distance_are_whole_multiples_of_one_price(costs: tuple[float, ...], multiples: list[int]) -> None:
    rates = Rates.of_types([VehicleType(distance_cost=cost) for cost in costs])
    assert rates.of.tolist() == multiples
    assert rates.of * rates.price == pytest.approx(costs, rel=2e-5)


def test_a_price_between_two_arcs_makes_units_finer_and_stays_exact() -> None:
    vehicle = VehicleType(capacity=5, distance_cost=7, fixed_cost=100)  # type: ignore[arg-type]
    instance = built(capacity=None, vehicle_types=[vehicle])
    scale = units(instance, 100.0).arc
    assert scale.exact
    assert scale.factor > 1
    asked = model(instance)
    assert asked.raw(asked.problem.fixed) == pytest.approx(100, rel=1e-6)


@pytest.mark.parametrize("factor", [1.0, 2.0**20])
def test_what_is_used_is_rounded_up_and_limits_down(factor: float) -> None:
    scale = Scale(factor, False)
    values = np.random.default_rng(0).random(1000) * 50
    assert (scale.up(values) >= values * factor - 1e-6).all()
    assert (scale.up(values) < values * factor + 1).all()
    assert (scale.down(values) <= (values + 1e-6 * np.maximum(1, values)) * factor).all()


def test_a_hair_above_a_whole_number_is_that_number() -> None:
    assert Scale(1.0, True).up(np.array([3.0000000001])).tolist() == [3]


def test_exact_limits_are_not_widened() -> None:
    assert Scale(1.0, True).limit(99.0) == 99
    assert Scale(1.0, False).limit(99.0) == 99
    assert Scale(2.0**30, False).limit(99.0) > 99 * 2**30
    assert Scale(1.0, True).limit(inf) == FAR


@pytest.mark.parametrize("case", EVERY)
def test_no_number_leaves_its_range(case: str) -> None:
    asked = model(EVERY[case](np.random.default_rng(0), 30))
    problem, windows = asked.problem, asked.windows
    assert problem.cost.min() >= 0
    assert problem.cost.max() <= LARGEST_ARC
    spent = problem.prize[problem.prize < FAR].sum() + problem.fixed * asked.n_nodes + problem.work.sum()
    assert spent < FAR / 2
    assert problem.load.sum() < FAR
    if windows is not None:
        assert 0 <= windows.travel.min() <= windows.travel.max() <= LARGEST_ARC
        assert 0 <= windows.service.min() <= windows.service.max() <= LARGEST_ARC
        assert windows.closes.max() <= NEVER
        assert windows.opens.max() <= NEVER // 2


@pytest.mark.parametrize("case", EVERY)
def test_whole_units_are_worth_what_they_stand_for(case: str) -> None:
    instance = EVERY[case](np.random.default_rng(1), 12)
    vehicle = instance.vehicle_types[0]
    asked = model(instance)
    arcs = instance.distance(asked.nodes[:, None], asked.nodes[None, :], vehicle.profile) * vehicle.distance_cost
    worth = asked.problem.cost * asked.price
    if vehicle.end is None:
        assert not worth[:, 0].any()
        arcs, worth = arcs[:, 1:], worth[:, 1:]
    assert worth == pytest.approx(arcs, abs=2e-7 * arcs.max())
    optional = ~instance.required[asked.nodes]
    optional[0] = False
    assert asked.problem.prize[optional] * asked.price == pytest.approx(instance.prize[asked.nodes][optional], rel=1e-5)
    assert asked.problem.fixed * asked.price == pytest.approx(vehicle.fixed_cost, rel=1e-5)


def test_the_longest_number_of_time_does_not_coarsen_arcs() -> None:
    instance = EVERY["road_times"](np.random.default_rng(0), 5)
    scales = units(instance, 1.0, 7200.0)
    assert scales.arc.factor == LARGEST_ARC
    assert scales.time == Scale(1.0, True) or scales.time.factor * 7200 <= LARGEST_ARC
