from typing import Any

import pytest

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Battery
from tests.data.check.cases import cost, fleet, kinds, line, one


def electric(battery: Battery, **more: Any) -> Instance:
    """Depot 0 at 0, client 1 at 10, station 2 at 6."""
    return line(0, 10, 6, stations=1, **fleet(battery=battery, **more))


def test_energy_falls_with_distance_and_never_below_zero() -> None:
    assert check(electric(Battery(20)), one(1)) == []
    found = check(electric(Battery(19)), one(1))
    assert [(v.kind, v.node) for v in found] == [("battery", 0)]
    assert "energy is -1" in str(found[0])
    assert kinds(check(electric(Battery(39, use=2)), one(1))) == ["battery"]


def test_energy_that_ran_out_is_told_once() -> None:
    assert kinds(check(electric(Battery(5)), one(1))) == ["battery"]


def test_a_station_fills_the_battery_unless_told_otherwise() -> None:
    assert check(electric(Battery(10)), one(2, 1, 2)) == [], "10 to go, 4 left, 8 driven, 2 left, full again"
    assert check(electric(Battery(14)), one(1, 2)) == []
    assert check(electric(Battery(14)), one(1, 2, charges=(6.0,))) == []
    assert kinds(check(electric(Battery(14)), one(1, 2, charges=(5.0,)))) == ["battery"]


def test_charging_takes_time_by_the_energy_taken() -> None:
    instance = electric(Battery(14, recharge=3), duration_cost=1)
    assert cost(instance, one(1, 2)) == 20 + 20 + 3 * 14
    assert cost(instance, one(1, 2, charges=(6.0,))) == 20 + 20 + 3 * 6


def test_charges_fit_the_battery_and_the_number_of_stations() -> None:
    instance = electric(Battery(20))
    assert kinds(check(instance, one(1, 2, charges=(15.0,)))) == ["charge"]
    assert kinds(check(instance, one(1, 2, charges=(-1.0,)))) == ["charge"]
    assert kinds(check(instance, one(1, 2, charges=(float("nan"),)))) == ["charge"]
    assert kinds(check(instance, one(1, 2, charges=()))) == ["charge"]
    assert kinds(check(instance, one(1, charges=(1.0,)))) == ["charge"]


def test_a_reload_depot_fills_the_battery() -> None:
    instance = line(0, 10, 9, **fleet(battery=Battery(20), reload_depots=0))
    assert check(instance, Solution((Route(((1,), (2,))),))) == []
    assert kinds(check(instance, Solution((Route(((1, 2, 1),)),)))) == ["repeated client", "battery"]


def test_without_a_battery_a_station_takes_no_time() -> None:
    instance = line(0, 10, 6, stations=1, service=[0, 0, 50], **fleet(duration_cost=1))
    assert cost(instance, one(1, 2)) == 20 + 20


def test_an_open_route_needs_energy_to_its_last_stop_only() -> None:
    assert check(electric(Battery(10), end=None), one(1)) == []
    assert kinds(check(electric(Battery(9), end=None), one(1))) == ["battery"]


@pytest.mark.parametrize(("spare", "expected"), [(1e-7, []), (-1e-7, []), (-2e-5, ["battery"])])
def test_energy_near_zero_is_forgiven_where_numbers_are_not_whole(spare: float, expected: list[str]) -> None:
    instance = Instance.build(coords=[(0, 0), (1, 1)], **fleet(battery=Battery(8**0.5 + spare)))
    assert kinds(check(instance, one(1))) == expected
