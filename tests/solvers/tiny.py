"""Seeded tiny instances, one maker per feature, small enough for the oracle."""

from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

Maker = Callable[[np.random.Generator, int], Instance]


def base(rng: np.random.Generator, n: int, depots: int = 1) -> dict[str, Any]:
    """Places, loads 1 to 9 and rounded distances."""
    return {
        "coords": rng.integers(0, 100, (n + depots, 2)),
        "rounding": "round",
        "delivery": [*[0] * depots, *rng.integers(1, 10, n)],
        "depots": depots,
    }


def windows(rng: np.random.Generator, n: int, depots: int = 1, width: int = 80) -> list[list[float]]:
    """One window for each client; depots are open long enough to serve anyone alone."""
    opens = rng.integers(0, 250, n)
    return [*[[0.0, 600.0]] * depots, *([float(a), float(a) + width] for a in opens)]


def cvrp(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**base(rng, n), capacity=15)


def unrounded(rng: np.random.Generator, n: int) -> Instance:
    fields = base(rng, n) | {"coords": rng.random((n + 1, 2)), "rounding": "none"}
    return Instance.build(**fields | {"delivery": [0, *(rng.integers(1, 10, n) / 30)]}, capacity=0.5)


def limited_fleet(rng: np.random.Generator, n: int) -> Instance:
    fields = base(rng, n)
    return Instance.build(**fields, capacity=int(sum(fields["delivery"]) / 2) + 5, vehicles=2)


def vrptw(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**base(rng, n), windows=windows(rng, n), service=[0, *[10] * n], capacity=20)


def vrptw_unrounded(rng: np.random.Generator, n: int) -> Instance:
    fields = base(rng, n) | {"rounding": "none"}
    return Instance.build(**fields, windows=windows(rng, n), service=[0, *[10] * n], capacity=20)


def duration_limit(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=30, max_duration=350, duration_cost=2)  # type: ignore[arg-type]
    return Instance.build(**base(rng, n), windows=windows(rng, n), service=[0, *[10] * n], vehicle_types=[vehicle])


def distance_limit(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**base(rng, n), vehicle_types=[VehicleType(max_distance=300)])


def overtime(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(max_duration=250, max_overtime=60, overtime_cost=3, fixed_cost=70)
    return Instance.build(**base(rng, n), service=[0, *[10] * n], vehicle_types=[vehicle])


def open_routes(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=15, end=None, max_duration=180, duration_cost=1, fixed_cost=20)  # type: ignore[arg-type]
    return Instance.build(**base(rng, n), service=[0, *[10] * n], vehicle_types=[vehicle])


def several_depots(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**base(rng, n, depots=2), windows=windows(rng, n, depots=2), capacity=15)


def mixed_fleet(rng: np.random.Generator, n: int) -> Instance:
    small = VehicleType(count=2, capacity=10, fixed_cost=20, speed=2.0)  # type: ignore[arg-type]
    large = VehicleType(capacity=25, fixed_cost=60, distance_cost=1.5, shift=(50, 500))  # type: ignore[arg-type]
    return Instance.build(**base(rng, n), windows=windows(rng, n), vehicle_types=[small, large])


def one_way(rng: np.random.Generator, n: int) -> Instance:
    """Starts at one depot, ends at another, which opens late."""
    vehicle = VehicleType(start=0, end=1, duration_cost=1, capacity=30)  # type: ignore[arg-type]
    times = windows(rng, n, depots=2)
    times[1] = [400.0, 600.0]
    return Instance.build(**base(rng, n, depots=2), windows=times, vehicle_types=[vehicle])


def optional_clients(rng: np.random.Generator, n: int) -> Instance:
    required = [False, *(rng.random(n) < 0.4)]
    return Instance.build(**base(rng, n), capacity=15, required=required, prize=[0, *rng.integers(10, 90, n)])


def groups(rng: np.random.Generator, n: int) -> Instance:
    group = [-1, *(i % 3 if i < n - 1 else -1 for i in range(n))]
    return Instance.build(**base(rng, n), capacity=15, group=group, prize=[0, *rng.integers(0, 40, n)])


def pickups(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**base(rng, n), pickup=[0, *rng.integers(0, 10, n)], capacity=20)


def two_loads(rng: np.random.Generator, n: int) -> Instance:
    loads = np.vstack([np.zeros((1, 2)), rng.integers(1, 10, (n, 2))])
    return Instance.build(**base(rng, n) | {"delivery": loads}, capacity=(15, 20))


def pairs(rng: np.random.Generator, n: int) -> Instance:
    """Two pairs; the other clients take deliveries from the depot."""
    fields = base(rng, n)
    pickup = np.zeros(n + 1)
    fields["delivery"][1] = fields["delivery"][3] = 0
    for first in (1, 3):
        pickup[first] = fields["delivery"][first + 1] = int(rng.integers(1, 10))
    return Instance.build(**fields, pickup=pickup, pairs=[[1, 2], [3, 4]], windows=windows(rng, n, width=200),
                          capacity=15)  # fmt: skip


def optional_pairs(rng: np.random.Generator, n: int) -> Instance:
    instance = pairs(rng, n)
    required = instance.required.copy()
    required[[1, 2]] = False
    return instance.replace(required=required, prize=np.where(np.arange(n + 1) < 3, 30.0, 0.0))


def backhauls(rng: np.random.Generator, n: int) -> Instance:
    fields = base(rng, n)
    pickup = np.zeros(n + 1)
    for client in range(n - 2, n + 1):
        pickup[client], fields["delivery"][client] = fields["delivery"][client], 0
    return Instance.build(**fields, pickup=pickup, backhaul="classic", capacity=20)


def releases(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=20, duration_cost=1, shift=(0, 700))  # type: ignore[arg-type]
    return Instance.build(**base(rng, n), release=[0, *rng.integers(0, 200, n)], vehicle_types=[vehicle])


def choosy_vehicles(rng: np.random.Generator, n: int) -> Instance:
    first = VehicleType(capacity=20, allowed=frozenset(range(1, n)), preference=((1, 40), (2, 15)))  # type: ignore[arg-type]
    second = VehicleType(capacity=20, fixed_cost=30, preference=((3, 25),))  # type: ignore[arg-type]
    return Instance.build(**base(rng, n), vehicle_types=[first, second])


def road_matrices(rng: np.random.Generator, n: int) -> Instance:
    """Asymmetric distances and durations, two profiles."""
    fields = base(rng, n)
    del fields["coords"]
    road = rng.integers(5, 100, (2, n + 1, n + 1)) * (1 - np.eye(n + 1, dtype=np.int64))
    times = rng.integers(5, 100, (2, n + 1, n + 1)) * (1 - np.eye(n + 1, dtype=np.int64))
    fleet = [VehicleType(count=1, capacity=25, max_duration=250, profile=0),  # type: ignore[arg-type]
             VehicleType(capacity=15, max_duration=200, profile=1)]  # type: ignore[arg-type]  # fmt: skip
    return Instance.build(**fields, distances=road, durations=times, vehicle_types=fleet)


def soft_windows(rng: np.random.Generator, n: int) -> Instance:
    late = [inf, *rng.choice([0.5, 2.0, inf], n)]
    return Instance.build(**base(rng, n), windows=windows(rng, n), lateness_cost=late, capacity=20)


def fewest_vehicles(rng: np.random.Generator, n: int) -> Instance:
    return vrptw(rng, n).replace(objective="vehicles_first")


def bonuses(rng: np.random.Generator, n: int) -> Instance:
    """Some clients are better left out, some are a joy to one vehicle and a burden to the other."""
    kind = VehicleType(capacity=(15,), preference=((1, -40), (2, 15), (4, -5)))
    other = VehicleType(capacity=(15,), fixed_cost=10, preference=((1, 20), (3, -60)))
    required = [False, True, False, True, *([False] * (n - 3))]
    prize = [0, 0, *rng.integers(-60, 60, n - 1)]
    return Instance.build(**base(rng, n), required=required, prize=prize, vehicle_types=[kind, other])


def half_optional_pairs(rng: np.random.Generator, n: int) -> Instance:
    instance = pairs(rng, n)
    required = instance.required.copy()
    required[[2, 3]] = False
    return instance.replace(required=required)


def early_times(rng: np.random.Generator, n: int) -> Instance:
    """Windows and shift open before time begins."""
    instance = vrptw(rng, n)
    windows = instance.windows.copy()
    windows[:, 0, 0] -= 60
    fleet = (VehicleType(capacity=(20,), shift=(-40, 600), duration_cost=1),)
    return instance.replace(windows=windows, vehicle_types=fleet)


def several_windows(rng: np.random.Generator, n: int) -> Instance:
    """Morning or afternoon; some clients are optional."""
    morning, afternoon = np.array(windows(rng, n, width=30)), np.array(windows(rng, n, width=30)) + 200
    afternoon[0] = morning[0]
    required = [False, *(rng.random(n) < 0.7)]
    return Instance.build(
        **base(rng, n), windows=np.stack([morning, afternoon], axis=1), required=required,
        prize=[0, *rng.integers(20, 90, n)], capacity=20,
    )  # fmt: skip


def groups_with_windows(rng: np.random.Generator, n: int) -> Instance:
    return several_windows(rng, n).replace(group=np.array([-1, 0, 0, *[-1] * (n - 2)]), required=np.arange(n + 1) > 2)


def fewest_served(rng: np.random.Generator, n: int) -> Instance:
    """As many clients as possible, by as few vehicles as possible."""
    instance = vrptw(rng, n)
    fleet = (VehicleType(count=1, capacity=(20,)), VehicleType(count=1, capacity=(9,)))
    return instance.replace(objective="vehicles_first", required=np.zeros(n + 1, dtype=bool), vehicle_types=fleet)


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        cvrp, unrounded, limited_fleet, vrptw, vrptw_unrounded, duration_limit, distance_limit, overtime, open_routes,
        several_depots, mixed_fleet, one_way, optional_clients, groups, pickups, two_loads, pairs, optional_pairs,
        backhauls, releases, choosy_vehicles, road_matrices, soft_windows, fewest_vehicles,
        bonuses, half_optional_pairs, early_times, several_windows, groups_with_windows, fewest_served,
    )
}  # fmt: skip


def make(feature: str, seed: int, n: int = 6) -> Instance:
    """The instance of a feature and a seed."""
    return MAKERS[feature](np.random.default_rng(seed), n)
