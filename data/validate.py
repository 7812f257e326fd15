"""Checks that every instance passes when it is made: one message each, naming field and value."""

from typing import TYPE_CHECKING, Any

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
    _check_roles(instance)
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
    for name, least in (("scale", 1), ("depots", 1), ("stations", 0)):
        value = getattr(instance, name)
        _reject(value % 1 != 0 or value < least, f"{name} is {value}, must be a whole number >= {least}")


def _check_shapes(instance: "Instance") -> None:
    n = len(instance.service)
    _reject(
        n < instance.depots + instance.stations,
        f"{n} nodes cannot hold {instance.depots} depots and {instance.stations} stations",
    )
    _reject(instance.delivery.ndim != 2, f"delivery: shape is {instance.delivery.shape}, must be ({n}, K)")
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
    pairs = instance.pairs.shape
    _reject(len(pairs) != 2 or pairs[1] != 2, f"pairs: shape is {pairs}, must be (M, 2)")
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
        _check_degrees(instance)
    for name in ("delivery", "pickup", "service", "release"):
        array = getattr(instance, name)
        _reject_first(~(np.isfinite(array) & (array >= 0)), array, name, "must be finite and >= 0")
    prize = instance.prize
    _reject_first(~np.isfinite(prize), prize, "prize", "must be finite")
    late = instance.lateness_cost
    _reject_first(np.isnan(late) | (late < 0), late, "lateness_cost", "must be >= 0")


def _check_degrees(instance: "Instance") -> None:
    if instance.metric != "haversine" or instance.coords is None:
        return
    for axis, (name, most) in enumerate((("latitude", 90.0), ("longitude", 180.0))):
        bad = np.flatnonzero(np.abs(instance.coords[:, axis]) > most)
        if len(bad):
            value = instance.coords[bad[0], axis]
            raise InstanceError(
                f"coords: {name} of node {bad[0]} is {value:g}, must be from {-most:g} to {most:g} "
                "(haversine coordinates are latitude, longitude)"
            )


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


def _check_roles(instance: "Instance") -> None:
    """Only clients carry loads or belong to a group."""
    elsewhere = np.ones(instance.n_nodes, dtype=bool)
    elsewhere[instance.depots : instance.n_nodes - instance.stations] = False
    for name in ("delivery", "pickup"):
        load = getattr(instance, name)
        _reject_first((load != 0) & elsewhere[:, None], load, name, "must be 0 at a depot or station")
    in_group = (instance.group >= 0) & elsewhere
    _reject_first(in_group, instance.group, "group", "must be negative at a depot or station")


def _check_loads(instance: "Instance") -> None:
    for vehicle in instance.vehicle_types:
        _reject(
            len(vehicle.capacity) not in (0, instance.n_loads),
            f"capacity has {len(vehicle.capacity)} dimensions, loads have {instance.n_loads}",
        )
    available = [vehicle.count != 0 for vehicle in instance.vehicle_types]
    if instance.split or not any(available):
        return
    largest = instance.capacities[available].max(axis=0)
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
        group = int(instance.group[first])
        both = group >= 0 and group == int(instance.group[second])
        _reject(both, f"pairs: {first} and {second} are both of group {group}, of which only one client is visited")
        _reject(
            not np.array_equal(instance.pickup[first], instance.delivery[second]),
            f"pairs: node {first} picks up {instance.pickup[first]}, "
            f"but node {second} delivers {instance.delivery[second]}",
        )


def _check_fleet(instance: "Instance") -> None:
    types = instance.vehicle_types
    _reject(not types or all(vehicle.count == 0 for vehicle in types), "no vehicle: vehicle_types is empty")
    matrices = [matrix for matrix in (instance.distances, instance.durations) if matrix is not None]
    profiles = min(map(len, matrices), default=1)
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
    _reject(periods.ndim != 2 or periods.shape[1] != 2, f"speed_periods: shape is {periods.shape}, must be (R, 2)")
    _reject_first(~np.isfinite(periods), periods, "speed_periods", "must be finite")
    _reject(len(periods) == 0 or periods[0, 0] != 0, "speed_periods: the first period must start at 0")
    _reject(bool((np.diff(periods[:, 0]) <= 0).any()), "speed_periods: start times must increase")
    _reject_first(periods[:, 1] <= 0, periods[:, 1], "speed_periods", "every speed factor must be > 0")


def _reject(wrong: bool, message: str) -> None:
    if wrong:
        raise InstanceError(message)


def _reject_first(wrong: NDArray[np.bool_], array: NDArray[Any], name: str, rule: str) -> None:
    bad = np.argwhere(wrong)
    if len(bad):
        where = ", ".join(map(str, bad[0]))
        raise InstanceError(f"{name}[{where}] is {array[tuple(bad[0])]:g}, {rule}")
