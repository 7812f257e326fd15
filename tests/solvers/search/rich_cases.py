"""Tiny instances of what only the search over sequences knows, alone and in random combinations.

All distances are whole multiples of ten on a grid, so that the oracle can try every charge.
"""

from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np

from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, Break, VehicleType

Draft = dict[str, Any]
Feature = Callable[[np.random.Generator, Draft], None]
"""Changes a draft: the arguments of ``Instance.build``, of its vehicle types as dicts."""


def draft(rng: np.random.Generator, n: int, stations: int = 0) -> Draft:
    """Two depots, clients, stations; two kinds of vehicles."""
    size = 2 + n + stations
    places = rng.integers(0, 6, (size, 2)) * 10
    places[:2] = [[20, 20], [40, 30]]
    road = np.abs(places[:, None] - places[None, :]).sum(axis=2).astype(float)
    fleet = [{"capacity": (9.0,)}, {"capacity": (14.0,), "fixed_cost": 30.0}]
    loads = np.zeros(size)
    loads[2 : 2 + n] = rng.integers(1, 6, n)
    return {"distances": road, "depots": 2, "stations": stations, "delivery": loads, "fleet": fleet, "n": n}


def built(given: Draft) -> Instance:
    """The instance of a draft."""
    fields = dict(given)
    fields.pop("n")
    fleet = [VehicleType(**kind) for kind in fields.pop("fleet")]
    return Instance.build(vehicle_types=fleet, **fields)


def _per_client(given: Draft, values: Any, rest: float) -> Any:
    table = np.full(given["distances"].shape[-1], rest)
    table[2 : 2 + given["n"]] = values
    return table


def windows(rng: np.random.Generator, given: Draft) -> None:
    opens = rng.integers(0, 12, given["n"]) * 10
    table = np.full((given["distances"].shape[-1], 1, 2), [0.0, inf])
    table[2 : 2 + given["n"], 0] = np.stack([opens, opens + 80], axis=1)
    table[:2, 0] = [0.0, 400.0]
    given["windows"] = table
    given["service"] = _per_client(given, 10.0, 0.0)


def several_windows(rng: np.random.Generator, given: Draft) -> None:
    windows(rng, given)
    given["windows"] = np.repeat(given["windows"], 2, axis=1)
    late = rng.random(given["n"]) < 0.6
    rows = np.flatnonzero(late) + 2
    given["windows"][rows, 1] += 120
    given["windows"][rows, 0, 1] -= 50


def soft_windows(rng: np.random.Generator, given: Draft) -> None:
    if "windows" not in given:
        windows(rng, given)
    given["lateness_cost"] = _per_client(given, rng.choice([0.5, 2.0, inf], given["n"]), inf)


def prices(rng: np.random.Generator, given: Draft) -> None:
    given["fleet"][0] |= {"duration_cost": 1.0, "distance_cost": 0.5}
    given["fleet"][-1] |= {"duration_cost": 0.5, "distance_cost": 2.0}


def limits(rng: np.random.Generator, given: Draft) -> None:
    given["fleet"][0] |= {"max_duration": 100.0, "max_overtime": 40.0, "overtime_cost": 3.0}
    given["fleet"][-1] |= {"max_distance": 160.0}


def shifts(rng: np.random.Generator, given: Draft) -> None:
    given["fleet"][0] |= {"shift": (30.0, 260.0), "start": 0, "end": 1}
    given["fleet"][-1] |= {"end": None}


def releases(rng: np.random.Generator, given: Draft) -> None:
    given["release"] = _per_client(given, rng.integers(0, 6, given["n"]) * 10, 0.0)
    given["fleet"][0] |= {"duration_cost": 1.0}


def reloads(rng: np.random.Generator, given: Draft) -> None:
    given["fleet"] = [{"capacity": (6.0,), "reload_depots": (0, 1), "count": 2, "fixed_cost": 15.0}]
    if rng.random() < 0.5:
        given["fleet"][0]["max_trips"] = 2
    if rng.random() < 0.5:
        given["release"] = _per_client(given, rng.integers(0, 6, given["n"]) * 10, 0.0)
        given["fleet"][0]["shift"] = (0.0, 400.0)


def choosy(rng: np.random.Generator, given: Draft) -> None:
    clients = list(range(2, 2 + given["n"]))
    given["fleet"][0] |= {"allowed": frozenset(clients[1:]), "preference": ((clients[1], 12.0), (clients[-1], -7.0))}


def profiles(rng: np.random.Generator, given: Draft) -> None:
    road = given["distances"]
    other = (road + rng.integers(0, 3, road.shape) * 10.0) * (1 - np.eye(len(road)))
    given["distances"] = np.stack([road, other])
    given["fleet"][-1]["profile"] = 1
    given["fleet"][0]["speed"] = 2.0


def two_loads(rng: np.random.Generator, given: Draft) -> None:
    loads = np.zeros((given["distances"].shape[-1], 2))
    loads[2 : 2 + given["n"]] = rng.integers(0, 6, (given["n"], 2))
    given["delivery"] = loads
    for kind in given["fleet"]:
        kind["capacity"] = (kind["capacity"][0], kind["capacity"][0] + 1.0)


def pickups(rng: np.random.Generator, given: Draft) -> None:
    taken = _per_client(given, rng.integers(0, 6, given["n"]), 0.0)
    given["pickup"] = np.stack([taken, taken], axis=1) if given["delivery"].ndim == 2 else taken


def backhauls(rng: np.random.Generator, given: Draft) -> None:
    taken = np.zeros_like(given["delivery"])
    last = 1 + given["n"]
    taken[last], given["delivery"][last] = given["delivery"][last], 0.0
    given |= {"pickup": taken, "backhaul": "classic"}


def pairs(rng: np.random.Generator, given: Draft) -> None:
    given["delivery"][2] = 0.0
    given["pickup"] = _per_client(given, 0.0, 0.0)
    given["pickup"][2] = given["delivery"][3]
    given["pairs"] = [[2, 3]]


def optional(rng: np.random.Generator, given: Draft) -> None:
    given["required"] = np.arange(given["distances"].shape[-1]) % 2 == 0
    given["prize"] = _per_client(given, rng.integers(-20, 60, given["n"]), 0.0)


def groups(rng: np.random.Generator, given: Draft) -> None:
    given["group"] = np.full(given["distances"].shape[-1], -1)
    given["group"][2:4] = 0
    given["prize"] = _per_client(given, rng.integers(0, 30, given["n"]), 0.0)


def breaks(rng: np.random.Generator, given: Draft) -> None:
    given["fleet"][0]["breaks"] = (Break(40.0, 90.0, 20.0), Break(110.0, 200.0, 10.0))
    given["fleet"][-1]["breaks"] = (Break(30.0, 100.0, 15.0),)


def speeds(rng: np.random.Generator, given: Draft) -> None:
    given["speed_periods"] = [[0.0, 1.0], [40.0, 0.5], [120.0, 2.0]]
    if "windows" not in given:
        windows(rng, given)


def batteries(rng: np.random.Generator, given: Draft) -> None:
    rate = float(rng.integers(0, 2))
    for kind, capacity in zip(given["fleet"], (100.0, 130.0), strict=False):
        kind["battery"] = Battery(capacity, 1.0, rate)
        kind["fixed_cost"] = 60.0


def vehicles_first(rng: np.random.Generator, given: Draft) -> None:
    given["objective"] = "vehicles_first"


def max_route(rng: np.random.Generator, given: Draft) -> None:
    given["objective"] = "max_route"
    for kind in given["fleet"]:
        kind["count"] = 2


def split(rng: np.random.Generator, given: Draft) -> None:
    given["split"] = True
    given["delivery"] = _per_client(given, rng.integers(1, 4, given["n"]), 0.0)
    given["fleet"] = [{"capacity": (3.0,)}, {"capacity": (4.0,), "fixed_cost": 15.0}]


FEATURES: dict[str, Feature] = {
    feature.__name__: feature
    for feature in (
        windows, several_windows, soft_windows, prices, limits, shifts, releases, reloads, choosy, profiles, two_loads,
        pickups, backhauls, pairs, optional, groups, breaks, speeds, batteries, vehicles_first, max_route, split,
    )
}  # fmt: skip

CLASHES = [
    {"windows", "several_windows"},
    {"vehicles_first", "max_route"},
    {"backhauls", "pairs"},
    {"backhauls", "pickups"},
    {"backhauls", "two_loads"},
    {"pairs", "pickups"},
    {"pairs", "two_loads"},
    {"pairs", "groups"},
    {"pairs", "optional"},
    {"groups", "optional"},
    {"split", "two_loads"},
    {"split", "pickups"},
    {"split", "backhauls"},
    {"split", "pairs"},
    {"split", "optional"},
    {"split", "groups"},
    {"split", "choosy"},
    {"split", "batteries"},
]
"""Features that say different things of the same field, or that the search refuses together."""


def alone(feature: str, seed: int) -> Instance:
    """A feature by itself; charging and splitting make plans too many for more clients."""
    rng = np.random.default_rng(seed)
    given = draft(rng, 3 if feature in {"batteries", "split"} else 4, 2 if feature == "batteries" else 0)
    FEATURES[feature](rng, given)
    return built(given)


SLOW = {"batteries", "reloads"}
"""Features for which the oracle takes seconds."""


def combined(seed: int, *, slow: bool = True) -> tuple[list[str], Instance]:
    """Some features at random, in the order in which they are listed; without ``SLOW`` ones unless ``slow``."""
    rng = np.random.default_rng([seed, 7])
    chosen: list[str] = []
    known = [name for name in FEATURES if slow or name not in SLOW]
    for name in rng.permutation(known)[: rng.integers(2, 7)].tolist():
        if not any(clash <= {*chosen, name} for clash in CLASHES):
            chosen.append(name)
    order = [name for name in FEATURES if name in chosen]
    n = 2 if "batteries" in order else 3 if "split" in order else 4
    given = draft(rng, n, 2 if "batteries" in order else 0)
    # What replaces the fleet comes first.
    for name in sorted(order, key=lambda name: (name not in {"split", "reloads"}, list(FEATURES).index(name))):
        FEATURES[name](rng, given)
    return order, built(given)
