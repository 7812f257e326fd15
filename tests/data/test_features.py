"""Features in words: present and alone, and none that cannot be felt."""

import numpy as np
import pytest

from routewright.data.batch import features
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, VehicleType

COORDS = [[0, 0], [0, 1], [1, 0]]
WINDOW = [[0.0, np.inf], [0.0, 9.0], [0.0, np.inf]]
ROAD = [[0, 1, 2], [3, 0, 1], [2, 1, 0]]
ALONE = {
    "matrices": Instance.build(distances=ROAD),
    "time windows": Instance.build(coords=COORDS, windows=WINDOW),
    "release times": Instance.build(coords=COORDS, release=[0, 1, 0]),
    "several trips": Instance.build(coords=COORDS, vehicle_types=[VehicleType(reload_depots=(0,), max_trips=2)]),
    "optional clients": Instance.build(coords=COORDS, required=[False, False, True], prize=[0, 5, 0]),
    "groups of clients": Instance.build(coords=COORDS, group=[-1, 0, 0]),
    "pairs": Instance.build(coords=COORDS, pairs=[[1, 2]], pickup=[0, 1, 0], delivery=[0, 0, 1], capacity=2),
    "split deliveries": Instance.build(coords=COORDS, split=True),
    "charging stations": Instance.build(coords=COORDS, stations=1),
    "objective max_route": Instance.build(coords=COORDS, objective="max_route"),
    "capacities": Instance.build(coords=COORDS, delivery=[0, 1, 1], capacity=1),
    "mixed backhauls": Instance.build(coords=COORDS, pickup=[0, 1, 0], capacity=5),
    "several loads": Instance.build(coords=COORDS, delivery=[[0, 0], [1, 2], [2, 1]], capacity=(5, 5)),
    "one vehicle": Instance.build(coords=COORDS, vehicles=1),
    "several depots": Instance.build(coords=COORDS, depots=2),
    "open routes": Instance.build(coords=COORDS, vehicle_types=[VehicleType(end=None)]),
    "distance limits": Instance.build(coords=COORDS, vehicle_types=[VehicleType(max_distance=9)]),
    "duration limits": Instance.build(coords=COORDS, vehicle_types=[VehicleType(max_duration=9)]),
    "fixed costs": Instance.build(coords=COORDS, vehicle_types=[VehicleType(fixed_cost=9)]),
    "ways without a price": Instance.build(coords=COORDS, vehicle_types=[VehicleType(distance_cost=0)]),
    "batteries": Instance.build(coords=COORDS, vehicle_types=[VehicleType(battery=Battery(9))]),
    "tastes of vehicles": Instance.build(coords=COORDS, vehicle_types=[VehicleType(allowed=frozenset({1, 2}))]),
}


@pytest.mark.parametrize(("name", "instance"), ALONE.items(), ids=ALONE)
def test_a_feature_is_named_where_it_is_present_and_alone(name: str, instance: Instance) -> None:
    assert features(instance) == (name,)


@pytest.mark.parametrize(
    "instance",
    [
        Instance.build(coords=COORDS, delivery=[0, 1, 1], capacity=2),  # one vehicle has room for all
        Instance.build(coords=COORDS, vehicles=2),
        Instance.build(coords=COORDS, service=[0, 1, 1]),  # nothing closes
        Instance.build(coords=COORDS, rounding="round", scale=1),
        Instance.build(coords=COORDS, backhaul="classic"),  # nobody gives
    ],
)
def test_what_cannot_be_felt_is_no_feature(instance: Instance) -> None:
    assert features(instance) == ()


def test_several_at_once_are_all_named() -> None:
    instance = generate("streets", 30, 1, variant="VRPBLTW")
    assert set(features(instance)) == {"matrices", "capacities", "time windows", "classic backhauls", "distance limits"}
    types = [VehicleType(capacity=1), VehicleType(capacity=2)]  # type: ignore[arg-type]
    mixed = Instance.build(coords=COORDS, delivery=[0, 1, 1], pickup=[0, 1, 0], vehicle_types=types)
    assert set(features(mixed)) == {
        "capacities", "mixed backhauls", "clients that get and give", "several depots", "vehicle types that differ",
    }  # fmt: skip
