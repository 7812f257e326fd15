"""Tiny instances for the environments: every combination of attributes, and rules beside them."""

from collections.abc import Callable

import numpy as np

from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
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


def _pairs(rng: np.random.Generator, n: int) -> Instance:
    """Pairs, and a client with a delivery of its own where n is odd."""
    fields = tiny.base(rng, n)
    pickup = np.zeros(n + 1)
    firsts = range(1, n, 2)
    for first in firsts:
        pickup[first] = fields["delivery"][first + 1]
        fields["delivery"][first] = 0
    return Instance.build(
        **fields, pickup=pickup, pairs=[[first, first + 1] for first in firsts], capacity=12,
        windows=tiny.windows(rng, n, width=150),
    )  # fmt: skip


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
EVERY = COMBINATIONS | ROADS | OTHERS
