"""Broken rules in words: every kind has its own, and they name number, place and remedy."""

import re

import numpy as np
import pytest

from routewright.data.check import KINDS, Kind, Violation, check
from routewright.data.explain import RULES, explain
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.data.vehicle import VehicleType
from tests.data.check.planted import PLANTS, feasible

FIELDS = {*Instance.__dataclass_fields__, *VehicleType.__dataclass_fields__, "departure", "vehicle_type", "None"}


def test_every_kind_has_words_of_its_own() -> None:
    assert set(RULES) == set(KINDS)
    assert len({rule for rule, _ in RULES.values()}) == len({advice for _, advice in RULES.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_keep_every_number_of_the_judge(kind: Kind) -> None:
    case = PLANTS[kind](feasible(np.random.default_rng(3)))
    for violation in check(case.instance, case.solution, case.cost):
        words = explain(violation, case.instance)
        assert "\n" not in words
        assert violation.message in words
        assert words.startswith(RULES[kind][0])
        assert words.endswith(RULES[kind][1] + ".")


def test_what_is_advised_exists() -> None:
    """Words with an underscore or an equals sign are fields that the reader can look up."""
    for _, advice in RULES.values():
        named = re.findall(r"\b([a-z]+_[a-z_]+)\b|\b([a-z_]+)=", advice)
        assert {first or second for first, second in named} <= FIELDS, advice


def _late() -> Instance:
    """Client 1 is 10 away and closes at 8."""
    return Instance.build(
        coords=[[0, 0], [6, 8]], windows=[[0, 99], [0, 8]], names=("yard", "bakery"), rounding="round"
    )


def test_the_place_is_named_where_the_instance_is_given() -> None:
    (violation,) = check(_late(), Solution.from_routes([[1]]))
    words = explain(violation, _late())
    assert "(node 1 is 'bakery', a client at (6, 8))" in words
    assert re.search(r"\b10\b.*\b8\b", words)
    assert "bakery" not in explain(violation)


def test_a_widened_window_heals_as_advised() -> None:
    (violation,) = check(_late(), Solution.from_routes([[1]]))
    assert "lateness_cost" in explain(violation)
    soft = _late().replace(lateness_cost=np.array([np.inf, 2.0]))
    assert check(soft, Solution.from_routes([[1]]), 20 + 2 * 2) == []


def test_where_no_plan_helps_the_words_say_so() -> None:
    reason = "client 1 cannot be served: its time window closes before a vehicle can arrive"
    words = explain(Violation("missing client", reason, node=1), _late())
    assert words.startswith("No plan can serve")
    assert "required=False" in words
