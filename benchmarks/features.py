"""Which feature which solver takes: the table of docs/variants.md.

    python benchmarks/features.py

Asks ``supports`` about a small instance with each feature; nothing is solved.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from sets import ROOT

import routewright as rw
from routewright.compare.markdown import insert_into
from routewright.data.batch import unsupported
from routewright.solvers.registry import load

SOLVERS = ("search", "exact", "pyvrp", "ortools", "neural", "lk", "mcts", "hygese", "vroom", "fasttsp", "lkh")
PAGE = ROOT / "docs" / "variants.md"
CLIENTS = 8
FLEET = MappingProxyType({"count": 3, "capacity": (9.0,)})


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path, default=PAGE, help=argparse.SUPPRESS)
    page: Path = parser.parse_args(arguments).page
    insert_into(page, "features", table())
    return 0


def table() -> str:
    """Markdown: a row for each feature."""
    lines = ["| | environments | " + " | ".join(SOLVERS) + " |", "|---|" + ":-:|" * (1 + len(SOLVERS))]
    for title, instance in examples().items():
        known = [not unsupported(instance), *(not load(solver).supports(instance) for solver in SOLVERS)]
        lines.append(f"| {title} | " + " | ".join("yes" if each else "" for each in known) + " |")
    return "\n".join(lines)


def examples() -> dict[str, rw.Instance]:
    """A small instance with each feature, by what it is called."""
    nodes = np.arange(CLIENTS + 1)
    load = np.minimum(nodes, 3)
    window = np.column_stack([0 * nodes, 1000 + 0 * nodes])
    late = np.where(nodes > 0, 2.0, np.inf)
    twice = np.stack([window, window + 2000], axis=1)
    twice[0] = 0, 3000
    optional = {"required": nodes == 0, "prize": np.where(nodes > 0, 50.0, 0.0)}
    small = {"count": 3, "capacity": (6.0,)}
    pairs = {
        "pairs": [(1, 2), (3, 4), (5, 6), (7, 8)],
        "pickup": 2 * (nodes % 2),
        "delivery": 2 * (nodes > 0) * (1 - nodes % 2),
    }
    depots = [rw.VehicleType(**FLEET, start=depot, end=depot) for depot in (0, 1)]
    slow = np.stack([_ways(), 2 * _ways()])
    return {
        "TSP": _made(delivery=0, vehicles=1),
        "asymmetric TSP": _made(delivery=0, vehicles=1, coords=None, distances=_ways()),
        "capacity": _made(delivery=load, capacity=9),
        "asymmetric distances": _made(delivery=load, capacity=9, coords=None, distances=_ways()),
        "several load dimensions": _made(delivery=np.column_stack([load, load]), capacity=(9, 9)),
        "limited fleet": _made(delivery=load, capacity=9, vehicles=3),
        "fixed cost of vehicles": _of(fixed_cost=10.0),
        "open routes": _of(end=None),
        "distance limit": _of(max_distance=200.0),
        "duration limit": _of(max_duration=200.0),
        "time windows": _made(delivery=load, capacity=9, windows=window, service=5),
        "several time windows": _made(delivery=load, capacity=9, windows=twice),
        "soft time windows": _made(delivery=load, capacity=9, windows=window, lateness_cost=late),
        "release times": _made(delivery=load, capacity=9, release=np.where(nodes > 0, 30, 0)),
        "cost of duration": _of(duration_cost=0.5),
        "overtime": _of(max_duration=200.0, max_overtime=50.0, overtime_cost=2.0),
        "breaks": _of(breaks=(rw.Break(100, 200, 30),)),
        "time-dependent speeds": _made(delivery=load, capacity=9, speed_periods=[(0, 1.0), (100, 0.5)]),
        "mixed backhauls": _made(delivery=load, pickup=1, capacity=12, backhaul="mixed"),
        "classic backhauls": _made(
            delivery=load * (nodes % 2), pickup=load * (1 - nodes % 2), capacity=9, backhaul="classic"
        ),
        "pickup and delivery": _made(**pairs, capacity=9),
        "split deliveries": _made(delivery=load, capacity=9, split=True),
        "optional clients (prizes)": _made(delivery=load, capacity=9, **optional),
        "groups, one client of each": _made(delivery=load, capacity=9, group=np.where(nodes > 6, 0, -1)),
        "several depots": _made(
            nodes=CLIENTS + 2, depots=2, delivery=np.maximum(np.arange(10) - 1, 0) % 4, types=depots
        ),
        "heterogeneous fleet": _made(
            delivery=load, types=[rw.VehicleType(**FLEET), rw.VehicleType(**small, distance_cost=0.5)]
        ),
        "travel profiles": _made(
            delivery=load,
            coords=None,
            distances=slow,
            types=[rw.VehicleType(**FLEET), rw.VehicleType(**small, profile=1)],
        ),
        "site dependencies (allowed clients)": _made(
            delivery=load, types=[rw.VehicleType(**FLEET), rw.VehicleType(**small, allowed=frozenset((1, 2, 3)))]
        ),
        "preferences": _of(preference=((1, 5.0),)),
        "several trips": _of(reload_depots=(0,), max_trips=3),
        "electric vehicles": _made(
            nodes=CLIENTS + 2,
            stations=1,
            delivery=np.append(load, 0),
            types=rw.VehicleType(capacity=(9.0,), battery=rw.Battery(90.0)),
        ),
        "fewest vehicles first": _made(delivery=load, capacity=9, objective="vehicles_first"),
        "longest route as objective": _made(delivery=load, capacity=9, vehicles=4, objective="max_route"),
    }


def _of(**vehicle: Any) -> rw.Instance:
    """Capacity, and one kind of vehicle with something more."""
    return _made(delivery=np.minimum(np.arange(CLIENTS + 1), 3), types=rw.VehicleType(**FLEET, **vehicle))


def _made(nodes: int = CLIENTS + 1, types: Any = None, **fields: Any) -> rw.Instance:
    given: dict[str, Any] = {
        "coords": np.random.default_rng(1).integers(0, 40, (nodes, 2)),
        "rounding": "round",
    } | fields
    if given["coords"] is None:
        del given["coords"], given["rounding"]
    return rw.Instance.build(**given, vehicle_types=types)


def _ways() -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Whole distances that differ there and back and keep the triangle inequality."""
    ways = np.random.default_rng(2).integers(20, 40, (CLIENTS + 1, CLIENTS + 1))
    np.fill_diagonal(ways, 0)
    return ways


if __name__ == "__main__":
    raise SystemExit(main())
