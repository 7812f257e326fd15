"""Instances that join features, or whose numbers lie far apart, beside those of ``cases``."""

import numpy as np

from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from tests.solvers import tiny
from tests.solvers.search.cases import CASES


def windows_and_prizes(rng: np.random.Generator, n: int) -> Instance:
    required = [False, *(rng.random(n) < 0.4)]
    return tiny.vrptw(rng, n).replace(required=np.array(required), prize=np.array([0, *rng.integers(10, 90, n)]))


def windows_and_fleet(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(count=2)
    return Instance.build(**tiny.base(rng, n), windows=tiny.windows(rng, n, width=200), vehicle_types=[vehicle])


def windows_on_open_routes(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(capacity=20, end=None, max_duration=300, fixed_cost=15)  # type: ignore[arg-type]
    windows = tiny.windows(rng, n, width=200)
    windows[0] = [0.0, np.inf]
    return Instance.build(**tiny.base(rng, n), windows=windows, service=[0, *[10] * n], vehicle_types=[vehicle])


def opening_times_only(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(max_duration=300)
    windows = [[0.0, np.inf], *([float(opening), np.inf] for opening in rng.integers(0, 250, n))]
    return Instance.build(**tiny.base(rng, n), windows=windows, vehicle_types=[vehicle])


def shift(rng: np.random.Generator, n: int) -> Instance:
    """The shift is shorter than the day of the depot, which has a service of its own."""
    vehicle = VehicleType(shift=(20, 320))
    windows = [[-50.0, 900.0], *([float(opening), 900.0] for opening in rng.integers(-40, 150, n))]
    return Instance.build(**tiny.base(rng, n), windows=windows, service=[7, *[10] * n], vehicle_types=[vehicle])


def road_times(rng: np.random.Generator, n: int) -> Instance:
    """Kilometres with a fraction, and seconds: the numbers of time are far larger."""
    road = rng.random((n + 1, n + 1)) * (1 - np.eye(n + 1))
    seconds = rng.integers(600, 7200, (n + 1, n + 1)) * (1 - np.eye(n + 1))
    vehicle = VehicleType(max_duration=20_000)
    return Instance.build(distances=road, durations=seconds, vehicle_types=[vehicle])


def long_service(rng: np.random.Generator, n: int) -> Instance:
    """Routes without an end in time, clients that take hours, arcs of a unit square."""
    fields = tiny.base(rng, n) | {"coords": rng.random((n + 1, 2)), "rounding": "none"}
    windows = [[0.0, np.inf], *([float(opening), np.inf] for opening in rng.integers(0, 4, n))]
    return Instance.build(**fields, windows=windows, service=[0, *rng.integers(600, 3600, n)], capacity=15)


def uneven_prices(rng: np.random.Generator, n: int) -> Instance:
    """Prices of vehicles and clients are no multiples of the price of an arc."""
    vehicle = VehicleType(capacity=15, distance_cost=7, fixed_cost=100)  # type: ignore[arg-type]
    required, prize = [False, *(rng.random(n) < 0.5)], [0, *rng.integers(50, 600, n)]
    return Instance.build(**tiny.base(rng, n), required=required, prize=prize, vehicle_types=[vehicle])


def cheap_arcs(rng: np.random.Generator, n: int) -> Instance:
    """A vehicle costs a million times as much as the longest arc."""
    vehicle = VehicleType(capacity=15, fixed_cost=1_000_000)  # type: ignore[arg-type]
    fields = tiny.base(rng, n) | {"coords": rng.random((n + 1, 2)), "rounding": "none"}
    return Instance.build(**fields, vehicle_types=[vehicle])


def dear_prizes(rng: np.random.Generator, n: int) -> Instance:
    """Two vehicles do not carry everyone; leaving a client out costs far more than any arc."""
    fields = tiny.base(rng, n) | {"coords": rng.random((n + 1, 2)), "rounding": "none"}
    vehicle = VehicleType(count=2, capacity=10)  # type: ignore[arg-type]
    prize = [0, *(rng.integers(1, 9, n) * 100_000)]
    return Instance.build(**fields, required=[False] * (n + 1), prize=prize, vehicle_types=[vehicle])


def vast(rng: np.random.Generator, n: int) -> Instance:
    """Whole numbers too large for the kernels as they are."""
    fields = tiny.base(rng, n) | {"coords": rng.integers(0, 100_000_000, (n + 1, 2))}
    return Instance.build(**fields, capacity=15)


def vast_with_a_limit(rng: np.random.Generator, n: int) -> Instance:
    """Routes to both sides of the depot are a few units too long, which is less than a millionth."""
    away = 50_000_000 - rng.integers(0, 25, n)
    places = [[0, 0], *([int(x), 0] for x in away * rng.choice([-1, 1], n))]
    vehicle = VehicleType(max_distance=199_999_950)
    return Instance.build(**tiny.base(rng, n) | {"coords": places}, vehicle_types=[vehicle])


def epoch_seconds(rng: np.random.Generator, n: int) -> Instance:
    """Times of day as seconds since 1970."""
    fields = tiny.base(rng, n) | {"coords": rng.integers(0, 4000, (n + 1, 2))}
    day = 1_767_225_600.0
    opens = day + rng.integers(5700, 15_000, n)
    windows = [[day, day + 25_000], *([opening, opening + 700] for opening in opens)]
    return Instance.build(**fields, windows=windows, service=[0, *[300] * n], capacity=20)


def distance_and_hours(rng: np.random.Generator, n: int) -> Instance:
    vehicle = VehicleType(max_distance=280, max_duration=320)
    return Instance.build(**tiny.base(rng, n), service=[0, *rng.integers(1, 40, n)], vehicle_types=[vehicle])


def light_loads(rng: np.random.Generator, n: int) -> Instance:
    fields = tiny.base(rng, n) | {"delivery": [0, *(rng.integers(1, 10, n) / 30)]}
    return Instance.build(**fields, capacity=0.5)


MORE: dict[str, tiny.Maker] = {
    maker.__name__: maker
    for maker in (
        windows_and_prizes, windows_and_fleet, windows_on_open_routes, opening_times_only, shift, road_times,
        long_service, uneven_prices, cheap_arcs, dear_prizes, vast, vast_with_a_limit, epoch_seconds,
        distance_and_hours, light_loads,
    )
}  # fmt: skip
EVERY: dict[str, tiny.Maker] = CASES | MORE
