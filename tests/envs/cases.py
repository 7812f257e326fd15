"""Tiny instances for the environments: every combination of attributes, and rules beside them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, VehicleType
from tests.solvers import tiny

Maker = Callable[[int, int], Instance]
"""(clients, seed) to an instance."""


def _combination(variant: str) -> Maker:
    return lambda n, seed: generate("mtvrp", n, seed, variant=variant, capacity=12, **_two_depots(variant))


def _roads(variant: str) -> Maker:
    return lambda n, seed: generate("streets", n, seed, variant=variant, capacity=12, **_two_depots(variant))


def _two_depots(variant: str) -> dict[str, int]:
    return {"depots": 2} if variant.startswith("MD") else {}


def _tiny(make: tiny.Maker) -> Maker:
    return lambda n, seed: make(np.random.default_rng(seed), n)


def _tsp(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(coords=rng.integers(0, 100, (n + 1, 2)), rounding="round", vehicles=1)


def _atsp(rng: np.random.Generator, n: int) -> Instance:
    distances = rng.integers(1, 100, (n + 1, n + 1))
    np.fill_diagonal(distances, 9999)
    return Instance.build(distances=distances, vehicles=1)


def _duration(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=(30,), max_duration=350, shift=(20, 550))
    fields = tiny.base(rng, n)
    return Instance.build(**fields, windows=tiny.windows(rng, n), service=[0, *[10] * n], vehicle_types=[vehicle])


def _open_duration(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=(15,), end=None, max_duration=150, fixed_cost=20)
    return Instance.build(
        **tiny.base(rng, n), windows=tiny.windows(rng, n), service=[0, *[10] * n], vehicle_types=[vehicle]
    )


def _both_loads(rng: np.random.Generator, n: int) -> Instance:
    loads = [np.vstack([np.zeros((1, 2)), rng.integers(0, 10, (n, 2))]) for _ in range(2)]
    return Instance.build(**tiny.base(rng, n) | {"delivery": loads[0]}, pickup=loads[1], capacity=(15, 20))


def _few_at_each_depot(rng: np.random.Generator, n: int) -> Instance:
    fields = tiny.base(rng, n, depots=2)
    load = int(sum(fields["delivery"]) / 3) + 8
    types = [VehicleType(count=count, start=depot, end=depot, capacity=(load,)) for depot, count in ((0, 1), (1, 2))]
    return Instance.build(**fields, vehicle_types=types)


def _fast(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=(20,), speed=2.0)
    return Instance.build(**tiny.base(rng, n), windows=tiny.windows(rng, n, width=40), vehicle_types=[vehicle])


def _paired(rng: np.random.Generator, n: int) -> dict[str, Any]:
    """Fields of pairs, and of a client with a delivery of its own where n is odd."""
    fields = tiny.base(rng, n)
    pickup = np.zeros(n + 1)
    firsts = range(1, n, 2)
    for first in firsts:
        pickup[first] = fields["delivery"][first + 1]
        fields["delivery"][first] = 0
    return fields | {"pickup": pickup, "pairs": [[first, first + 1] for first in firsts]}


def _pairs(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**_paired(rng, n), capacity=12, windows=tiny.windows(rng, n, width=150))


def _pickup_tour(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(
        coords=rng.random((n + 1, 2)), pairs=[[first, first + 1] for first in range(1, n, 2)], vehicles=1
    )


def _orienteering(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(count=1, distance_cost=0.0, max_distance=180)
    prize = [0, *rng.integers(1, 10, n)]
    return Instance.build(
        coords=rng.integers(0, 100, (n + 1, 2)), rounding="round", required=False, prize=prize, vehicle_types=[vehicle]
    )


def _team_orienteering(rng: np.random.Generator, n: int) -> Instance:
    types = [VehicleType(count=1, start=depot, end=depot, max_distance=150) for depot in range(2)]
    prize = [0, 0, *rng.integers(10, 90, n)]
    required = [False, False, *(rng.random(n) < 0.3)]
    return Instance.build(**tiny.base(rng, n, depots=2), required=required, prize=prize, vehicle_types=types)


def _optional_pairs(rng: np.random.Generator, n: int) -> Instance:
    """Some firsts optional and their seconds not, or the other way round; windows keep vehicles from the seconds."""
    fields = tiny.base(rng, n) | {"delivery": 0}
    return Instance.build(
        **fields, pairs=[[first, first + 1] for first in range(1, n, 2)], required=[False, *(rng.random(n) < 0.4)],
        prize=[0, *rng.integers(10, 90, n)], windows=tiny.windows(rng, n, width=60 + 20 * n),
    )  # fmt: skip


def _optional_backhauls(rng: np.random.Generator, n: int) -> Instance:
    gives = rng.random(n) < 0.5
    loads = rng.integers(1, 10, n)
    return Instance.build(
        **tiny.base(rng, n) | {"delivery": [0, *np.where(gives, 0, loads)]}, pickup=[0, *np.where(gives, loads, 0)],
        backhaul="classic", capacity=12, required=[False, *(rng.random(n) < 0.5)], prize=[0, *rng.integers(10, 90, n)],
    )  # fmt: skip


def _seconds_that_give(rng: np.random.Generator, n: int) -> Instance:
    """The second node of a pair has a load for the depot too."""
    fields = tiny.base(rng, n)
    pickup = rng.integers(0, 8, n + 1)
    pickup[0] = 0
    firsts = range(1, n, 2)
    for first in firsts:
        fields["delivery"][first] = 0
        pickup[first] = fields["delivery"][first + 1]
    return Instance.build(**fields, pickup=pickup, pairs=[[first, first + 1] for first in firsts], capacity=14)


def _three_depots(rng: np.random.Generator, n: int) -> Instance:
    """From most depots most clients are out of reach."""
    places = rng.integers(0, 100, (3, 2))
    clients = places[rng.integers(0, 3, n)] + rng.integers(-5, 6, (n, 2))
    types = [VehicleType(start=depot, end=depot, max_distance=40) for depot in range(3)]
    return Instance.build(coords=np.concatenate([places, clients]), rounding="round", depots=3, vehicle_types=types)


def _open_between_hours(rng: np.random.Generator, n: int) -> Instance:
    """Open routes from a depot that opens late, and sometimes closes before the shift begins."""
    times = tiny.windows(rng, n, width=200)
    times[0] = [30.0, float(rng.integers(31, 60))]
    vehicle = VehicleType(end=None, shift=(float(rng.integers(20, 80)), 300), capacity=(20,), max_duration=200)
    return Instance.build(**tiny.base(rng, n), windows=times, vehicle_types=[vehicle])


def _kinds(rng: np.random.Generator, n: int) -> Instance:
    """Vehicle types of one depot, with prices, sizes and numbers of their own."""
    fields = tiny.base(rng, n)
    total = int(sum(fields["delivery"]))
    types = [
        VehicleType(count=2, capacity=(total // 2 + 5,), fixed_cost=40),
        VehicleType(count=1, capacity=(total // 3 + 9,), distance_cost=2.0, max_distance=260),
        VehicleType(capacity=(9,), fixed_cost=90, end=None),
    ]
    return Instance.build(**fields, vehicle_types=types)


def _kinds_with_hours(rng: np.random.Generator, n: int) -> Instance:
    """Slow and fast vehicles that work at different hours, at two depots."""
    types = [
        VehicleType(start=1, end=1, speed=2.0, shift=(50, 400)),
        VehicleType(start=0, end=0, speed=0.5, shift=(0, 600), max_duration=300),
        VehicleType(start=1, end=1, shift=(200, 600), max_duration=250),
    ]
    fields = tiny.base(rng, n, depots=2)
    return Instance.build(
        **fields, windows=tiny.windows(rng, n, depots=2, width=150), service=[0, 0, *[10] * n], vehicle_types=types
    )


def _profiles(rng: np.random.Generator, n: int) -> Instance:
    """Each vehicle type has roads of its own, times as well."""
    ways = rng.integers(20, 100, (2, 2, n + 1, n + 1))
    types = [VehicleType(capacity=(15,), profile=1), VehicleType(capacity=(12,), fixed_cost=10)]
    return Instance.build(
        distances=ways[0], durations=np.sort(ways[1], axis=0) // 10 + 40, delivery=[0, *rng.integers(1, 10, n)],
        windows=tiny.windows(rng, n, width=200), vehicle_types=types,
    )  # fmt: skip


def _tastes(rng: np.random.Generator, n: int) -> Instance:
    """The profiled problem: vehicles that may not visit some clients, and rather visit others."""
    types = [
        VehicleType(
            count=2, capacity=(20,), allowed=frozenset(client for client in range(1, n + 1) if rng.random() < 0.7),
            preference=tuple((client, float(rng.integers(-20, 30))) for client in range(1, n + 1, 2)),
        )
        for _ in range(2)
    ]  # fmt: skip
    return Instance.build(**tiny.base(rng, n), vehicle_types=[*types, VehicleType(capacity=(9,), fixed_cost=50)])


def _electric(rng: np.random.Generator, n: int, stations: int, **more: object) -> dict[str, object]:
    """Places round a depot in the middle, stations, and a battery that reaches the farthest and back home with luck."""
    places = np.vstack([[50, 50], rng.integers(0, 100, (n, 2)), rng.integers(20, 80, (stations, 2))])
    delivery = [0, *rng.integers(1, 10, n), *[0] * stations]
    return {"coords": places, "rounding": "round", "delivery": delivery, "stations": stations, **more}


def _battery(rng: np.random.Generator, n: int) -> Instance:
    stations = 2 if n < 3 else 1
    vehicle = VehicleType(capacity=(20,), battery=Battery(capacity=110))
    return Instance.build(**_electric(rng, n, stations), vehicle_types=[vehicle])  # type: ignore[arg-type]


def _battery_and_windows(rng: np.random.Generator, n: int) -> Instance:
    hours = [*tiny.windows(rng, n, width=200), [0.0, 600.0]]
    service = [0, *[10] * n, 0]
    types = [
        VehicleType(capacity=(15,), battery=Battery(capacity=100, recharge=2)),
        VehicleType(capacity=(9,), battery=Battery(capacity=250, use=2, recharge=1), max_duration=400, fixed_cost=10),
    ]
    fields = _electric(rng, n, 1, windows=hours, service=service)
    return Instance.build(**fields, vehicle_types=types)  # type: ignore[arg-type]


def _battery_in_the_plane(rng: np.random.Generator, n: int) -> Instance:
    """Fractional distances; one vehicle type without a battery, which has no use for stations."""
    types = [VehicleType(battery=Battery(capacity=1.1, recharge=0.5), shift=(0, 4)), VehicleType(fixed_cost=1)]
    return Instance.build(coords=rng.random((n + 2, 2)), stations=1, vehicle_types=types)


def _groups(rng: np.random.Generator, n: int) -> Instance:
    group = [-1, *rng.integers(-1, 2, n)]
    return Instance.build(**tiny.base(rng, n), group=group, capacity=15)


def _groups_of_time(rng: np.random.Generator, n: int) -> Instance:
    """Groups that stand for several windows of one client, and clients that need not be served."""
    group = [-1, *(np.arange(n) // 2)]
    return Instance.build(**tiny.base(rng, n) | {"delivery": 0}, group=group, windows=tiny.windows(rng, n, width=90))


def _vehicles_first(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**tiny.base(rng, n), capacity=15, objective="vehicles_first")


def _few(n: int) -> int | None:
    """Vehicles, scarce where all solutions are tried, enough for any random routes elsewhere."""
    return 2 if n < 7 else None


def _releases(rng: np.random.Generator, n: int) -> Instance:
    """Goods come in until after their windows open; the depot opens late."""
    times = tiny.windows(rng, n, width=220)
    release = [0, *(max(0.0, opens + int(rng.integers(-200, 60))) for opens, _ in times[1:])]
    times[0] = [float(rng.integers(0, 60)), 700.0]
    vehicle = VehicleType(capacity=(20,), shift=(30, 620))
    return Instance.build(
        **tiny.base(rng, n), windows=times, release=release, service=[0, *[10] * n], vehicle_types=[vehicle]
    )


def _releases_in_the_plane(rng: np.random.Generator, n: int) -> Instance:
    """Fractional numbers, routes that are open, and small depots that may close before some goods are there."""
    vehicle = VehicleType(end=None)
    opens = rng.random(n)
    times = [[0.0, 1.0 if n < 7 else 2.0], *([float(time), float(time) + 1.7] for time in opens)]
    release = [0, *(opens + 0.2 * rng.random(n))]
    return Instance.build(coords=rng.random((n + 1, 2)), windows=times, release=release, vehicle_types=[vehicle])


def _releases_and_durations(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=(30,), max_duration=300, shift=(20, 550))
    return Instance.build(
        **tiny.base(rng, n), windows=tiny.windows(rng, n, width=200), service=[0, *[10] * n],
        release=[0, *rng.integers(0, 60, n)], vehicle_types=[vehicle],
    )  # fmt: skip


def _releases_of_batteries(rng: np.random.Generator, n: int) -> Instance:
    hours = [*tiny.windows(rng, n, width=300), [0.0, 600.0]]
    vehicle = VehicleType(battery=Battery(capacity=110, recharge=1))
    fields = _electric(rng, n, 1, windows=hours, release=[0, *rng.integers(0, 200, n), 0])
    return Instance.build(**fields, vehicle_types=[vehicle])  # type: ignore[arg-type]


def _trips(rng: np.random.Generator, n: int) -> Instance:
    """Few vehicles that may reload, with a price; without reloads they would often be too few."""
    fields = tiny.base(rng, n)
    types = [
        VehicleType(count=1, capacity=(11,), fixed_cost=30, reload_depots=(0,), max_trips=2, max_distance=420),
        VehicleType(count=_few(n), capacity=(14,), fixed_cost=20, reload_depots=(0,), max_distance=300),
    ]
    return Instance.build(**fields, vehicle_types=types)


def _trips_and_windows(rng: np.random.Generator, n: int) -> Instance:
    """Reloading takes time, the depot has hours, and the way from the depot to itself is said to be long."""
    fields = tiny.base(rng, n)
    del fields["coords"], fields["rounding"]
    ways = rng.integers(40, 81, (n + 1, n + 1))
    np.fill_diagonal(ways, 999)
    times = tiny.windows(rng, n, width=150)
    times[0] = [20.0, 420.0]
    vehicle = VehicleType(count=_few(n), capacity=(12,), reload_depots=(0,), max_trips=3)
    return Instance.build(**fields, distances=ways, windows=times, service=[15, *[10] * n], vehicle_types=[vehicle])


def _trips_and_releases(rng: np.random.Generator, n: int) -> Instance:
    """The problem of Yang (2023): a limited fleet, windows, releases."""
    times = tiny.windows(rng, n, width=250)
    vehicle = VehicleType(count=_few(n), capacity=(14,), reload_depots=(0,))
    return Instance.build(
        **tiny.base(rng, n), windows=times, release=[0, *rng.integers(0, 100, n)], service=[0, *[10] * n],
        vehicle_types=[vehicle],
    )  # fmt: skip


def _reloads_elsewhere(rng: np.random.Generator, n: int) -> Instance:
    """Vehicles that reload at other depots than their own, one that ends at a client, one that makes a single trip."""
    times = tiny.windows(rng, n, depots=3, width=200)
    times[2] = [80.0, 300.0]
    types = [
        VehicleType(count=1, capacity=(12,), reload_depots=(2, 0), max_trips=2),
        VehicleType(count=1, start=1, end=None, capacity=(12,), reload_depots=(1,), fixed_cost=10),
        VehicleType(count=_few(n), start=1, end=1, capacity=(9,)),
    ]
    return Instance.build(
        **tiny.base(rng, n, depots=3), windows=times, release=[0, 0, 0, *rng.integers(0, 60, n)], vehicle_types=types
    )


def _trips_in_time(rng: np.random.Generator, n: int) -> Instance:
    """The whole route lasts no longer than the limit, its departure is free."""
    vehicle = VehicleType(count=_few(n), capacity=(12,), reload_depots=(0,), max_duration=330)
    return Instance.build(
        **tiny.base(rng, n), windows=tiny.windows(rng, n, width=150), service=[15, *[10] * n], vehicle_types=[vehicle]
    )


def _trips_of_pairs(rng: np.random.Generator, n: int) -> Instance:
    """Both nodes of a pair are on the same trip; some clients may be left out."""
    vehicle = VehicleType(count=1, capacity=(10,), reload_depots=(0,))
    return Instance.build(
        **_paired(rng, n), vehicle_types=[vehicle],
        required=[False, *(np.arange(n) % 4 < 3)], prize=[0, *rng.integers(10, 90, n)],
    )  # fmt: skip


def _trips_with_backhauls(rng: np.random.Generator, n: int) -> Instance:
    gives = rng.random(n) < 0.6
    loads = rng.integers(1, 10, n)
    vehicle = VehicleType(count=_few(n), capacity=(12,), reload_depots=(0,), max_trips=2)
    return Instance.build(
        **tiny.base(rng, n) | {"delivery": [0, *np.where(gives, loads, 0)]}, pickup=[0, *np.where(gives, 0, loads)],
        backhaul="classic", vehicle_types=[vehicle],
    )  # fmt: skip


def _split(rng: np.random.Generator, n: int) -> Instance:
    types = [VehicleType(capacity=(10,)), VehicleType(capacity=(14,), fixed_cost=30)]
    return Instance.build(**tiny.base(rng, n), vehicle_types=types, split=True)


def _split_windows(rng: np.random.Generator, n: int) -> Instance:
    fields = tiny.base(rng, n) | {"delivery": np.vstack([[0, 0], rng.integers(0, 8, (n, 2))])}
    return Instance.build(
        **fields, capacity=(7, 5), split=True, windows=tiny.windows(rng, n, width=150), service=[0, *[10] * n]
    )


def _split_fractions(rng: np.random.Generator, n: int) -> Instance:
    loads = {"delivery": [0, *(rng.integers(1, 10, n) / 30)], "rounding": "none"}
    return Instance.build(**tiny.base(rng, n) | loads, capacity=0.2, split=True)


COMBINATIONS: dict[str, Maker] = {variant: _combination(variant) for variant in VARIANTS}
ROADS: dict[str, Maker] = {
    f"A{variant}": _roads(variant) for variant in ("CVRP", "VRPTW", "OVRPLTW", "VRPMBLTW", "MDVRPBTW")
}
OTHERS: dict[str, Maker] = {
    "TSP": _tiny(_tsp),
    "ATSP": _tiny(_atsp),
    "unrounded": _tiny(tiny.unrounded),
    "limited fleet": _tiny(tiny.limited_fleet),
    "fleet at each depot": _tiny(_few_at_each_depot),
    "duration": _tiny(_duration),
    "open duration": _tiny(_open_duration),
    "two loads": _tiny(tiny.two_loads),
    "pickups": _tiny(tiny.pickups),
    "pickups of two loads": _tiny(_both_loads),
    "speed": _tiny(_fast),
    "PDPTW": _tiny(_pairs),
    "PDTSP": _tiny(_pickup_tour),
    "optional pairs": _tiny(_optional_pairs),
    "optional backhauls": _tiny(_optional_backhauls),
    "seconds that give": _tiny(_seconds_that_give),
    "three depots": _tiny(_three_depots),
    "open between hours": _tiny(_open_between_hours),
    "OP": _tiny(_orienteering),
    "prizes": _tiny(tiny.optional_clients),
    "prizes at two depots": _tiny(_team_orienteering),
}
FLEETS: dict[str, Maker] = {
    "vehicle types": _tiny(_kinds),
    "vehicle types with hours": _tiny(_kinds_with_hours),
    "profiles": _tiny(_profiles),
    "allowed and preferred": _tiny(_tastes),
    "battery": _tiny(_battery),
    "battery and windows": _tiny(_battery_and_windows),
    "battery in the plane": _tiny(_battery_in_the_plane),
    "groups": _tiny(_groups),
    "groups of windows": _tiny(_groups_of_time),
    "vehicles first": _tiny(_vehicles_first),
}
RELEASES: dict[str, Maker] = {
    "releases": _tiny(_releases),
    "releases in the plane": _tiny(_releases_in_the_plane),
    "releases and durations": _tiny(_releases_and_durations),
    "releases and batteries": _tiny(_releases_of_batteries),
}
TRIPS: dict[str, Maker] = {
    "trips": _tiny(_trips),
    "trips and windows": _tiny(_trips_and_windows),
    "trips and releases": _tiny(_trips_and_releases),
    "reloads elsewhere": _tiny(_reloads_elsewhere),
    "trips and durations": _tiny(_trips_in_time),
    "trips of pairs": _tiny(_trips_of_pairs),
    "trips with backhauls": _tiny(_trips_with_backhauls),
}
SPLIT: dict[str, Maker] = {
    "split": _tiny(_split),
    "split windows": _tiny(_split_windows),
    "split fractions": _tiny(_split_fractions),
}
ENUMERABLE = COMBINATIONS | ROADS | OTHERS | FLEETS | RELEASES | TRIPS
EVERY = ENUMERABLE | SPLIT
