"""Random instances of every kind that the search knows, and feasible routes to begin with."""

import numpy as np

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.model import model
from routewright.solvers.search.session import Session
from tests.solvers import tiny
from tests.solvers.search.neighbourhood import Tours


def unrounded(rng: np.random.Generator, n: int) -> Instance:
    return Instance.build(**tiny.base(rng, n) | {"coords": rng.random((n + 1, 2)), "rounding": "none"}, capacity=15)


def asymmetric(rng: np.random.Generator, n: int) -> Instance:
    """Any numbers: the triangle inequality does not hold either."""
    return Instance.build(distances=rng.integers(1, 100, (n + 1, n + 1)) * (1 - np.eye(n + 1)), delivery=1, capacity=4)


def fixed_cost(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=20, fixed_cost=90)  # type: ignore[arg-type]
    return Instance.build(**tiny.base(rng, n), vehicle_types=[vehicle])


def working_hours(rng: np.random.Generator, n: int) -> Instance:
    """A limit on driving and service, no window."""
    vehicle = VehicleType(max_duration=320)
    return Instance.build(**tiny.base(rng, n), service=[5, *rng.integers(1, 40, n)], vehicle_types=[vehicle])


def windows_and_duration(rng: np.random.Generator, n: int) -> Instance:
    """A limit on the time from departure to return, waiting included; travel times of their own."""
    vehicle = VehicleType(max_duration=350, fixed_cost=30)
    windows = tiny.windows(rng, n, width=150)
    road = rng.integers(1, 100, (n + 1, n + 1)) * (1 - np.eye(n + 1))
    return Instance.build(
        distances=road, durations=road.T, windows=windows, service=[0, *[10] * n], vehicle_types=[vehicle]
    )


def open_routes(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=20, end=None)  # type: ignore[arg-type]
    return Instance.build(**tiny.base(rng, n), vehicle_types=[vehicle])


CASES: dict[str, tiny.Maker] = {
    "capacity": tiny.cvrp,
    "unrounded": unrounded,
    "fleet": tiny.limited_fleet,
    "distance": tiny.distance_limit,
    "windows": tiny.vrptw,
    "optional": tiny.optional_clients,
    "asymmetric": asymmetric,
    "fixed cost": fixed_cost,
    "hours": working_hours,
    "windows and duration": windows_and_duration,
    "open": open_routes,
}


def start(instance: Instance) -> Tours:
    """One route per client, or, if vehicles are short, clients inserted greedily."""
    if instance.vehicle_types[0].count is None:
        return [[client] for client in instance.clients]
    asked = model(instance)
    session = Session(asked, 0, asked.n_nodes - 1, remember=False)
    session.load([])
    session.build()
    return [[int(asked.nodes[number]) for number in route] for route in session.best_routes()]
