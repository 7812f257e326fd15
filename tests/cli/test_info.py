"""What ``routewright info`` tells about files and features."""

import json
from pathlib import Path

import numpy as np
import pytest

from routewright.cli.features import features
from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, Break, VehicleType
from routewright.solvers.registry import SOLVERS
from tests.cli import shuttle
from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def _with_shuttle_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in reversed(list(SOLVERS)):  # put back in order
        monkeypatch.delitem(SOLVERS, name)
    monkeypatch.setitem(SOLVERS, "shuttle", shuttle.__name__)


def test_people_are_told_size_fleet_rule_and_solvers(routewright: Command, square: Path) -> None:
    outcome = routewright("info", square)
    assert (outcome.code, outcome.err) == (0, "")
    for words in ("square", "1 depot, 4 clients", "unlimited, capacity 10", "rounded to the nearest", "none beyond"):
        assert words in outcome.out
    assert outcome.out.splitlines()[-1].split() == ["by", "shuttle", "yes"]


def test_programs_are_told_the_same(routewright: Command, square: Path) -> None:
    facts = json.loads(routewright("info", square, "--json").out)
    assert (facts["name"], facts["clients"], facts["rounding"]) == ("square", 4, "round")
    assert facts["vehicles"][0]["capacity"] == [10]
    assert facts["solvers"] == {"shuttle": []}


COORDS = [[0, 0], [0, 1], [1, 0]]
WINDOW = [[0.0, np.inf], [0.0, 9.0], [0.0, np.inf]]
FEATURES = {
    "time windows": Instance.build(coords=COORDS, windows=WINDOW),
    "service times": Instance.build(coords=COORDS, service=[0, 1, 0]),
    "release times": Instance.build(coords=COORDS, release=[0, 1, 0]),
    "pickups": Instance.build(coords=COORDS, pickup=[0, 1, 0], capacity=5),
    "several loads": Instance.build(coords=COORDS, delivery=[[0, 0], [1, 2], [2, 1]], capacity=(5, 5)),
    "optional clients": Instance.build(coords=COORDS, required=[False, False, True], prize=[0, 5, 0]),
    "groups of alternative clients": Instance.build(coords=COORDS, group=[-1, 0, 0]),
    "split deliveries": Instance.build(coords=COORDS, split=True),
    "several depots": Instance.build(coords=COORDS, depots=2),
    "limited fleet": Instance.build(coords=COORDS, vehicles=2),
    "open routes": Instance.build(coords=COORDS, vehicle_types=[VehicleType(end=None)]),
    "reloads": Instance.build(coords=COORDS, vehicle_types=[VehicleType(reload_depots=(0,))]),
    "distance limits": Instance.build(coords=COORDS, vehicle_types=[VehicleType(max_distance=9)]),
    "duration limits": Instance.build(coords=COORDS, vehicle_types=[VehicleType(max_duration=9)]),
    "batteries": Instance.build(coords=COORDS, vehicle_types=[VehicleType(battery=Battery(9))]),
    "breaks": Instance.build(coords=COORDS, vehicle_types=[VehicleType(breaks=(Break(0, 1, 1),))]),
    "forbidden clients": Instance.build(coords=COORDS, vehicle_types=[VehicleType(allowed=frozenset({1, 2}))]),
    "several vehicle types": Instance.build(coords=COORDS, vehicle_types=[VehicleType(), VehicleType(fixed_cost=3)]),
    "asymmetric distances": Instance.build(distances=[[0, 1, 2], [3, 0, 1], [2, 1, 0]]),
}


@pytest.mark.parametrize(("name", "instance"), FEATURES.items(), ids=FEATURES)
def test_a_feature_is_named_where_it_is_present_and_alone(name: str, instance: Instance) -> None:
    assert features(instance) == [name]


def test_a_plain_instance_has_no_features() -> None:
    assert features(Instance.build(coords=COORDS, delivery=[0, 1, 1], capacity=5)) == []
