"""Checks that every instance passes when it is made: one message each, naming field and value."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.data.distance import METRICS, ROUNDINGS
from routewright.data.errors import InstanceError

if TYPE_CHECKING:  # Instance validates itself with this module
    from routewright.data.instance import Instance


def validate(instance: "Instance") -> None:
    """Raise InstanceError at the first contradiction in ``instance``."""
    _check_words(instance)
    _check_shapes(instance)
    _check_numbers(instance)
    _check_windows(instance)
    _check_loads(instance)
    _check_pairs(instance)
    _check_fleet(instance)
    _check_speed_periods(instance)


def _check_words(instance: "Instance") -> None:
    words = {
        "metric": METRICS,
        "rounding": ROUNDINGS,
        "backhaul": ("none", "classic", "mixed"),
        "objective": ("cost", "vehicles_first", "max_route"),
    }
    for name, choices in words.items():
        value = getattr(instance, name)
        _reject(value not in choices, f"{name} is {value!r}, must be one of {', '.join(choices)}")
    _reject(instance.scale < 1, f"scale is {instance.scale}, must be >= 1")
    _reject(instance.depots < 1, f"depots is {instance.depots}, must be >= 1")
    _reject(instance.stations < 0, f"stations is {instance.stations}, must be >= 0")


def _check_shapes(instance: "Instance") -> None:
    n = len(instance.service)
    _reject(n < instance.depots + instance.stations, f"{n} nodes cannot hold {instance.depots} depots")
    k = instance.delivery.shape[-1]
    shapes: dict[str, tuple[int, ...]] = dict.fromkeys(
        ("lateness_cost", "service", "release", "required", "prize", "group"), (n,)
    )
    shapes |= {"delivery": (n, k), "pickup": (n, k)}
    if instance.coords is not None:
        shapes["coords"] = (n, 2)
    for name, shape in shapes.items():
        found = getattr(instance, name).shape
        _reject(found != shape, f"{name}: shape is {found}, must be {shape} for {n} nodes")
    found = instance.windows.shape
    _reject(
        len(found) != 3 or found[0] != n or found[1] < 1 or found[2] != 2,
        f"windows: shape is {found}, must be ({n}, W, 2)",
    )
    _check_matrices(instance, n)
    if instance.names:
        _reject(len(instance.names) != n, f"names: {len(instance.names)} given for {n} nodes")


def _check_matrices(instance: "Instance", n: int) -> None:
    for name in ("distances", "durations"):
        matrix = getattr(instance, name)
        if matrix is None:
            continue
        _reject(
            matrix.ndim != 3 or matrix.shape[1:] != (n, n),
            f"{name}: matrix is {'x'.join(map(str, matrix.shape[1:]))}, must be {n}x{n}",
        )
        _reject_first(~np.isfinite(matrix) | (matrix < 0), matrix, name, "must be finite and >= 0")
    needs_coords = instance.distances is None
    _reject(needs_coords and instance.coords is None, "an instance needs coords [N, 2] or distances [N, N]")
    _reject(needs_coords and instance.metric == "explicit", "metric is explicit but there are no distances")


def _check_numbers(instance: "Instance") -> None:
    if instance.coords is not None:
        _reject_first(~np.isfinite(instance.coords), instance.coords, "coords", "must be finite")
    for name in ("delivery", "pickup", "service", "release"):
        array = getattr(instance, name)
        _reject_first(~(np.isfinite(array) & (array >= 0)), array, name, "must be finite and >= 0")
    prize = instance.prize
    _reject_first(~np.isfinite(prize), prize, "prize", "must be finite")
    late = instance.lateness_cost
    _reject_first(np.isnan(late) | (late < 0), late, "lateness_cost", "must be >= 0")


def _check_windows(instance: "Instance") -> None:
    opens, closes = instance.windows[..., 0], instance.windows[..., 1]
    _reject_first(np.isnan(opens) | np.isinf(opens), opens, "windows", "must open at a finite time")
    _reject_first(np.isnan(closes), closes, "windows", "must close at some time")
    bad = np.argwhere(opens > closes)
    if len(bad):
        node, which = map(int, bad[0])
        raise InstanceError(
            f"windows: node {node} closes at {closes[node, which]:g}, before it opens at {opens[node, which]:g}"
        )


def _check_loads(instance: "Instance") -> None:
    depots = instance.depots
    for name in ("delivery", "pickup"):
        at_depot = getattr(instance, name)[:depots]
        _reject_first(at_depot != 0, at_depot, name, "must be 0 at a depot")
    if instance.split or not instance.vehicle_types:
        return
    for vehicle in instance.vehicle_types:
        _reject(
            len(vehicle.capacity) not in (0, instance.n_loads),
            f"capacity has {len(vehicle.capacity)} dimensions, loads have {instance.n_loads}",
        )
    largest = instance.capacities.max(axis=0)
    for name in ("delivery", "pickup"):
        load = getattr(instance, name)
        bad = np.argwhere(load > largest)
        if len(bad):
            node, which = map(int, bad[0])
            raise InstanceError(
                f"{name}: node {node} asks {load[node, which]:g}, above every capacity (largest {largest[which]:g})"
            )


def _check_pairs(instance: "Instance") -> None:
    seen: set[int] = set()
    for first, second in instance.pairs.tolist():
        for node in (first, second):
            _reject(node not in instance.clients, f"pairs: node {node} is not a client")
            _reject(node in seen, f"pairs: node {node} stands in two pairs")
            seen.add(node)
        _reject(
            not np.array_equal(instance.pickup[first], instance.delivery[second]),
            f"pairs: node {first} picks up {instance.pickup[first]}, "
            f"but node {second} delivers {instance.delivery[second]}",
        )


def _check_fleet(instance: "Instance") -> None:
    types = instance.vehicle_types
    _reject(not types or all(vehicle.count == 0 for vehicle in types), "no vehicle: vehicle_types is empty")
    profiles = 1 if instance.distances is None else len(instance.distances)
    for index, vehicle in enumerate(types):
        ends = [vehicle.start, *vehicle.reload_depots] + ([] if vehicle.end is None else [vehicle.end])
        for depot in ends:
            _reject(
                not 0 <= depot < instance.depots,
                f"vehicle type {index}: depot {depot} does not exist (depots are 0 to {instance.depots - 1})",
            )
        _reject(
            not 0 <= vehicle.profile < profiles,
            f"vehicle type {index}: profile is {vehicle.profile}, there are {profiles}",
        )
        named = [*(vehicle.allowed or ()), *(client for client, _ in vehicle.preference)]
        for client in named:
            _reject(client not in instance.clients, f"vehicle type {index}: node {client} is not a client")


def _check_speed_periods(instance: "Instance") -> None:
    periods = instance.speed_periods
    if periods is None:
        return
    _reject(len(periods) == 0 or periods[0, 0] != 0, "speed_periods: the first period must start at 0")
    _reject(bool((np.diff(periods[:, 0]) <= 0).any()), "speed_periods: start times must increase")
    _reject(not bool((periods[:, 1] > 0).all()), "speed_periods: every speed factor must be > 0")


def _reject(wrong: bool, message: str) -> None:
    if wrong:
        raise InstanceError(message)


def _reject_first(wrong: NDArray[np.bool_], array: NDArray[np.float64], name: str, rule: str) -> None:
    bad = np.argwhere(wrong)
    if len(bad):
        where = ", ".join(map(str, bad[0]))
        raise InstanceError(f"{name}[{where}] is {array[tuple(bad[0])]:g}, {rule}")
