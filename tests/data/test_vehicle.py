"""Vehicle types: neutral by default, frozen, and validated field by field."""

from dataclasses import FrozenInstanceError, fields
from math import inf, nan
from typing import Any

import pytest

from routewright.data import Battery, Break, InstanceError, VehicleType


def test_the_default_limits_nothing_and_costs_distance_alone() -> None:
    vehicle = VehicleType()
    assert (vehicle.count, vehicle.capacity, vehicle.shift) == (None, (), (0, inf))
    assert (vehicle.max_distance, vehicle.max_duration, vehicle.battery, vehicle.allowed) == (inf, inf, None, None)
    assert (vehicle.distance_cost, vehicle.fixed_cost, vehicle.duration_cost) == (1, 0, 0)


def test_what_callers_find_natural_is_frozen_into_tuples() -> None:
    given: dict[str, Any] = {
        "capacity": 7,
        "reload_depots": [1, 2],
        "shift": [1, 9],
        "preference": {3: 2.5}.items(),
        "breaks": [Break(0, 1, 1)],
        "allowed": [4, 3, 4],
    }
    vehicle = VehicleType(**given)
    assert vehicle.capacity == (7,)
    assert vehicle.reload_depots == (1, 2)
    assert vehicle.shift == (1, 9)
    assert vehicle.preference == ((3, 2.5),)
    assert vehicle.breaks == (Break(0, 1, 1),)
    assert vehicle.allowed == frozenset({3, 4})
    assert hash(vehicle) == hash(VehicleType(**given | {"capacity": [7]}))


def test_nothing_can_be_changed_afterwards() -> None:
    for thing in (VehicleType(), Break(0, 1, 1), Battery(1)):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, fields(thing)[0].name, 5)


def test_the_name_is_for_people_and_does_not_make_types_differ() -> None:
    assert VehicleType(name="van") == VehicleType(name="lorry")
    assert VehicleType() != VehicleType(speed=2)


@pytest.mark.parametrize(
    ("reloads", "trips", "limit"), [((), None, 1), ((), 3, 1), ((0,), None, inf), ((0,), 3, 3), ((0,), 1, 1)]
)
def test_only_reload_depots_allow_several_trips(reloads: tuple[int, ...], trips: int | None, limit: float) -> None:
    assert VehicleType(reload_depots=reloads, max_trips=trips).trip_limit == limit


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"count": -1}, r"vehicle type: count is -1, must be a whole number >= 0"),
        ({"count": 1.5}, r"count is 1\.5, must be a whole number"),
        ({"count": inf}, r"count is inf, must be a whole number"),
        ({"max_trips": 0}, r"max_trips is 0, must be a whole number >= 1"),
        ({"capacity": -1}, r"capacity is -1, must be >= 0"),
        ({"capacity": (3, nan)}, r"capacity is nan, must be >= 0"),
        ({"max_distance": -1}, r"max_distance is -1, must be >= 0"),
        ({"max_duration": nan}, r"max_duration is nan, must be >= 0"),
        ({"max_overtime": -2}, r"max_overtime is -2, must be >= 0"),
        ({"overtime_cost": inf}, r"overtime_cost is inf, must be finite and >= 0"),
        ({"fixed_cost": -1}, r"fixed_cost is -1, must be finite and >= 0"),
        ({"distance_cost": inf}, r"distance_cost is inf, must be finite and >= 0"),
        ({"duration_cost": nan}, r"duration_cost is nan, must be finite and >= 0"),
        ({"speed": 0}, r"speed is 0, must be finite and > 0"),
        ({"speed": nan}, r"speed is nan, must be finite and > 0"),
        ({"shift": (1, 2, 3)}, r"shift is \(1, 2, 3\), must be \(earliest, latest\)"),
        ({"shift": (9, 5)}, r"shift ends at 5, before it starts at 9"),
        ({"shift": (nan, 5)}, r"shift starts at nan, must be finite"),
        ({"shift": (0, nan)}, r"shift ends at nan, before it starts at 0"),
        ({"preference": ((3, nan),)}, r"preference for client 3 is nan, must be finite"),
        ({"name": "van", "speed": -1}, r"vehicle type 'van': speed is -1"),
    ],
)
def test_a_wrong_field_is_named_with_its_value(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InstanceError, match=message):
        VehicleType(**given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((5, 4, 1), r"break: earliest 5 is after latest 4"),
        ((nan, 4, 1), r"break: earliest is nan, must be finite"),
        ((0, nan, 1), r"break: latest is nan, must be a time"),
        ((0, 4, -1), r"break: duration is -1, must be finite and >= 0"),
        ((0, 4, inf), r"break: duration is inf, must be finite and >= 0"),
    ],
)
def test_a_wrong_break_is_named_with_its_value(given: tuple[float, float, float], message: str) -> None:
    with pytest.raises(InstanceError, match=message):
        Break(*given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((0, 1, 1), r"battery: capacity is 0, must be finite and > 0"),
        ((inf, 1, 1), r"battery: capacity is inf, must be finite and > 0"),
        ((1, -1, 1), r"battery: use is -1, must be finite and >= 0"),
        ((1, 1, nan), r"battery: recharge is nan, must be finite and >= 0"),
    ],
)
def test_a_wrong_battery_is_named_with_its_value(given: tuple[float, float, float], message: str) -> None:
    with pytest.raises(InstanceError, match=message):
        Battery(*given)
