"""The strategies that other tests draw from reach what they promise."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from routewright.data import Instance
from tests.data.strategies import FEATURES, instances

QUICK = settings(database=None, max_examples=1000, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(instances())
def test_every_drawn_instance_is_valid(instance: Instance) -> None:
    assert instance.n_nodes >= instance.depots >= 1


@settings(max_examples=25)
@given(instances(features=(), min_clients=2))
def test_without_features_everything_is_neutral(instance: Instance) -> None:
    assert instance.rounding == "none"
    assert not instance.pickup.any()
    assert len(instance.vehicle_types) == 1
    assert instance.required[1:].all()


@settings(max_examples=25)
@given(instances(whole=True, features=FEATURES - {"haversine", "speed", "speed_periods"}))
def test_whole_numbers_give_exact_instances_where_distances_are_whole(instance: Instance) -> None:
    if instance.rounding != "none" or instance.distances is not None:
        assert instance.exact


@pytest.mark.parametrize(
    "wanted",
    [
        lambda i: len(i.pairs) == 2,
        lambda i: i.windows.shape[1] == 3,
        lambda i: i.depots == 3 and i.stations == 2,
        lambda i: i.distances is not None and len(i.distances) == 2,
        lambda i: i.metric == "haversine",
        lambda i: i.backhaul == "classic",
        lambda i: i.split and i.speed_periods is not None,
        lambda i: (i.group >= 0).sum() >= 2,
        lambda i: any(v.battery and v.breaks for v in i.vehicle_types),
        lambda i: any(v.end is None for v in i.vehicle_types),
    ],
)
def test_features_can_be_reached(wanted: Callable[[Instance], bool]) -> None:
    find(instances(), wanted, settings=QUICK)
