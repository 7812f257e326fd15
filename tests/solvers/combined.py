"""Tiny instances in which features meet, as chance will have it."""

from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

Rng = np.random.Generator


def combined(seed: int, most: int = 4) -> Instance:
    """Each feature that enumeration knows, with a chance of its own."""
    rng = np.random.default_rng(seed)
    n, depots = int(rng.integers(2, most + 1)), int(rng.integers(1, 3))
    total = depots + n
    clients = np.arange(total) >= depots
    fields: dict[str, Any] = {
        "coords": rng.integers(0, 100, (total, 2)),
        "rounding": "round",
        "depots": depots,
        "delivery": np.where(clients, rng.integers(1, 6, total), 0),
        "service": np.where(clients, 5, 0),
        "required": clients,
    }
    features: dict[str, Callable[[], Any]] = {
        "windows": lambda: _windows(rng, total, depots),
        "lateness_cost": lambda: np.where(clients & (rng.random(total) < 0.5), 2.0, inf),
        "release": lambda: np.where(clients, rng.integers(0, 150, total), 0),
        "prize": lambda: np.where(clients, rng.integers(-20, 90, total), 0),
        "group": lambda: np.where(np.arange(total) >= total - 2, 0, -1),
        "pickup": lambda: np.where(clients, rng.integers(0, 6, total), 0),
        "backhaul": lambda: "mixed",
    }
    fields |= {name: make() for name, make in features.items() if rng.random() < 0.35}
    if "prize" in fields:
        fields["required"] = clients & (rng.random(total) < 0.5)
    if "pickup" not in fields and "group" not in fields and "release" not in fields and rng.random() < 0.5:
        fields |= _pair(fields["delivery"], depots)
    fleet = [_vehicle(rng, depots, n) for _ in range(int(rng.integers(1, 3)))]
    return Instance.build(**fields, vehicle_types=fleet)


def _windows(rng: Rng, total: int, depots: int) -> np.ndarray:
    """Two for each client, one of them early enough to count from before 0."""
    opens = np.stack([rng.integers(-40, 120, total), rng.integers(150, 300, total)], axis=1).astype(float)
    windows = np.stack([opens, opens + 70], axis=-1)
    if rng.random() < 0.5:
        windows[:, 1] = windows[:, 0]
    windows[:depots] = 0, 700
    return windows


def _pair(delivery: np.ndarray, depots: int) -> dict[str, Any]:
    pickup = np.zeros_like(delivery)
    pickup[depots], delivery[depots] = delivery[depots + 1], 0
    return {"pairs": [[depots, depots + 1]], "pickup": pickup, "delivery": delivery}


def _vehicle(rng: Rng, depots: int, n: int) -> VehicleType:
    fields: dict[str, Any] = {"capacity": (int(rng.integers(10, 16)),), "start": int(rng.integers(depots))}
    fields["end"] = None if rng.random() < 0.3 else int(rng.integers(depots))
    clients = range(depots, depots + n)
    wishes: dict[str, Any] = {
        "count": 2,
        "fixed_cost": 20,
        "distance_cost": 2,
        "duration_cost": 1,
        "max_distance": 350,
        "max_duration": 400,
        "shift": (-10, 800),
        "speed": 2.0,
        "allowed": frozenset(client for client in clients if rng.random() < 0.8),
        "preference": tuple((client, int(rng.integers(-30, 30))) for client in clients),
    }
    fields |= {name: value for name, value in wishes.items() if rng.random() < 0.25}
    if "max_duration" in fields:
        fields |= {"max_overtime": 40, "overtime_cost": 3}
    return VehicleType(**fields)
