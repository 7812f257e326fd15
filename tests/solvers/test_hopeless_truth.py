"""Whoever is called hopeless is served by no route at all: every route of tiny instances is tried."""

from math import inf
from typing import Any

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, Break, VehicleType
from routewright.solvers.hopeless import hopeless, hopeless_groups
from tests.solvers.every_plan import served

Rng = np.random.Generator


def _vehicle(rng: Rng, depots: int, clients: list[int]) -> VehicleType:
    """Some limits, tight ones, of all that there are."""
    fields: dict[str, Any] = {"start": int(rng.integers(depots)), "speed": float(rng.choice([0.5, 1.0, 2.0]))}
    fields["end"] = None if rng.random() < 0.3 else int(rng.integers(depots))
    wishes: dict[str, Any] = {
        "shift": (int(rng.integers(0, 60)), int(rng.integers(90, 350))),
        "max_distance": int(rng.integers(60, 250)),
        "max_duration": int(rng.integers(60, 250)),
        "battery": Battery(int(rng.integers(50, 160)), recharge=0.3),
        "breaks": tuple(Break(int(a), int(a) + 40, 15) for a in np.sort(rng.integers(0, 200, rng.integers(1, 3)))),
        "allowed": frozenset(client for client in clients if rng.random() < 0.7),
        "capacity": (9,),
        "duration_cost": 1,
    }
    fields |= {name: value for name, value in wishes.items() if rng.random() < 0.4}
    if rng.random() < 0.4:
        fields |= {"reload_depots": tuple(range(depots)), "max_trips": 2}
    return VehicleType(**fields)


def _instance(seed: int, most: int) -> Instance:
    rng = np.random.default_rng(seed)
    n, depots, stations = int(rng.integers(1, most + 1)), int(rng.integers(1, 3)), int(rng.integers(0, 2))
    total = depots + n + stations
    opens = rng.integers(0, 150, (total, 2))
    windows = np.stack([opens, opens + rng.integers(20, 200, (total, 2))], axis=-1).astype(float)
    windows[rng.random(total) < 0.5] = 0, inf
    clients = np.arange(total)[depots : depots + n]
    fields: dict[str, Any] = {"delivery": np.where(np.isin(np.arange(total), clients), 4, 0)}
    pickup = np.zeros(total)
    if n > 1 and rng.random() < 0.4:
        fields["pairs"] = [clients[:2]]
        pickup[clients[0]], fields["delivery"][clients[0]] = 4, 0
    elif rng.random() < 0.3:
        fields["backhaul"] = "classic"
        pickup[clients[-1]], fields["delivery"][clients[-1]] = 4, 0
    if rng.random() < 0.3:
        fields["speed_periods"] = [[0, 0.7], [60, 1.4], [120, 1.0]]
    if rng.random() < 0.3:
        fields["lateness_cost"] = rng.choice([inf, 2.0], total)
    if rng.random() < 0.3:
        members = clients[1:] if "pairs" in fields else clients  # of a pair one at most
        fields["group"] = np.where(np.isin(np.arange(total), members), 0, -1)
    return Instance.build(
        coords=rng.integers(0, 70, (total, 2)),
        rounding="round",
        depots=depots,
        stations=stations,
        windows=windows,
        pickup=pickup,
        service=np.where(np.isin(np.arange(total), clients), rng.integers(0, 30, total), 0),
        release=np.where(np.isin(np.arange(total), clients), rng.integers(0, 120, total), 0),
        vehicle_types=[_vehicle(rng, depots, clients.tolist()) for _ in range(int(rng.integers(1, 3)))],
        **fields,
    )


def _agree(seeds: range, most: int) -> tuple[int, int]:
    """How many clients were named, and how many no route serves."""
    named = impossible = 0
    for seed in seeds:
        instance = _instance(seed, most)
        reached = served(instance)
        assert not reached & hopeless(instance).keys(), f"seed {seed}: {hopeless(instance)}"
        for group in hopeless_groups(instance):
            assert not reached & set(np.flatnonzero(instance.group == group)), f"seed {seed}: group {group}"
        named += len(hopeless(instance))
        impossible += sum(bool(instance.required[c]) and c not in reached for c in instance.clients)
    return named, impossible


def test_nobody_is_called_hopeless_whom_a_route_serves() -> None:
    named, impossible = _agree(range(60), most=2)
    assert named > 0.7 * impossible > 10


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nobody_is_called_hopeless_whom_a_route_serves_in_many_more() -> None:
    named, impossible = _agree(range(1000, 1300), most=3)
    assert named > 0.6 * impossible


def test_shortest_ways_count_where_a_detour_is_shorter() -> None:
    """Matrices without the triangle inequality, forty times."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        road = rng.integers(1, 100, (4, 4)) * (1 - np.eye(4))
        vehicle = VehicleType(max_distance=int(rng.integers(30, 150)), battery=Battery(int(rng.integers(40, 150))))
        closing = rng.integers(20, 90, 4).astype(float)
        windows = np.column_stack([np.zeros(4), np.where(np.arange(4) == 0, inf, closing)])
        instance = Instance.build(distances=road, windows=windows, vehicle_types=[vehicle])
        assert not served(instance) & hopeless(instance).keys(), f"seed {seed}"
