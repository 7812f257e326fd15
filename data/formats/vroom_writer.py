"""Problems in the JSON form of VROOM; whole numbers only, as there."""

from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.json_text import layout, plain
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

Json = dict[str, Any]


def write_vroom(instance: Instance, path: str | Path) -> None:
    """Write ``instance`` so that VROOM, like ``read_vroom``, looks for the same plans.

    Every client becomes a job, every pair a shipment, every vehicle an entry of its own (of a type
    without a limit as many as there are clients). Times, distances and prices go as they are, raw,
    as matrices. A client that must be served becomes a task that is served if that is possible.

    Raises:
        FormatError: naming the fields that the form has no place for.
    """
    reasons = inexpressible(instance)
    if reasons:
        raise FormatError(path, f"VROOM's form cannot hold this instance: {', '.join(reasons)}")
    document = {"jobs": _jobs(instance), "shipments": _shipments(instance)}
    document = {name: rows for name, rows in document.items() if rows}
    text = layout(document | {"vehicles": _vehicles(instance), "matrices": _matrices(instance)})
    with atomic_write(path) as stream:
        stream.write(text)


def inexpressible(instance: Instance) -> list[str]:
    """What of ``instance`` the form has no place for."""
    fleet = instance.vehicle_types
    paired = instance.pairs.ravel()
    first, second = instance.pairs.T
    clients = list(instance.clients)
    found = {
        "numbers that are not whole": not instance.exact,
        "times before 0": bool((instance.windows < 0).any()) or any(v.shift[0] < 0 for v in fleet),
        f"objective {instance.objective}": instance.objective != "cost",
        "optional clients": not instance.required[clients].all(),
        "groups": bool((instance.group >= 0).any()),
        "classic backhauls": instance.backhaul == "classic",
        "split deliveries": instance.split,
        "charging stations and batteries": instance.stations > 0 or any(v.battery for v in fleet),
        "release times": bool(instance.release.any()),
        "soft time windows": _soft(instance),
        "pairs with further loads": bool(instance.delivery[first].any() or instance.pickup[second].any()),
        "windows of depots that only start or only end routes": _odd_hours(instance),
        "a price or a limit of duration": any(v.duration_cost or v.max_duration < inf for v in fleet),
        "reloads": any(v.reload_depots for v in fleet),
        "preferences": any(v.preference for v in fleet),
    }
    assert len(paired) == 2 * len(first)
    return [name for name, present in found.items() if present]


def _soft(instance: Instance) -> bool:
    closes = instance.windows[..., 1].max(axis=1)
    return bool((np.isfinite(closes) & np.isfinite(instance.lateness_cost)).any())


def _odd_hours(instance: Instance) -> bool:
    """Whether opening hours of a depot cannot be said as a vehicle's own."""
    limited = [d for d in range(instance.depots) if _hours(instance, d) != (0.0, inf)]
    return any((v.start in limited or v.end in limited) and v.start != v.end for v in instance.vehicle_types)


def _hours(instance: Instance, depot: int) -> tuple[float, float]:
    return float(instance.windows[depot, :, 0].min()), float(instance.windows[depot, :, 1].max())


def _jobs(instance: Instance) -> list[Json]:
    paired = set(instance.pairs.ravel().tolist())
    return [
        _task(instance, node)
        | _kept(delivery=_load(instance.delivery[node]), pickup=_load(instance.pickup[node]))
        | _skills(instance, {node})
        for node in instance.clients
        if node not in paired
    ]


def _shipments(instance: Instance) -> list[Json]:
    return [
        {"pickup": _task(instance, first), "delivery": _task(instance, second)}
        | _kept(amount=_load(instance.pickup[first]))
        | _skills(instance, {first, second})
        for first, second in instance.pairs.tolist()
    ]


def _load(load: Any) -> list[Any]:
    return [plain(value) for value in load] if load.any() else []


def _task(instance: Instance, node: int) -> Json:
    """A node; its id is its index."""
    windows = np.unique(instance.windows[node], axis=0)
    always = windows.tolist() == [[0.0, inf]]
    return {"id": node, "location_index": node} | _kept(
        description=instance.names[node] if instance.names else "",
        location=_location(instance, node),
        service=plain(instance.service[node]),
        time_windows=[] if always else [[plain(opens), _closing(closes)] for opens, closes in windows],
    )


def _location(instance: Instance, node: int) -> list[float] | None:
    """(longitude, latitude), where nodes have them."""
    if instance.coords is None or instance.metric != "haversine":
        return None
    return [float(axis) for axis in instance.coords[node][::-1]]


FOREVER = 2**31
"""A closing that never comes: the form knows no infinity."""


def _closing(time: float) -> Any:
    return FOREVER if time == inf else plain(time)


def _skills(instance: Instance, nodes: set[int]) -> Json:
    """Skill k + 1 is what every type but k has: tasks that type k may not visit ask for it."""
    barring = [k + 1 for k, v in enumerate(instance.vehicle_types) if v.allowed is not None and not nodes <= v.allowed]
    return {"skills": barring} if barring else {}


def _vehicles(instance: Instance) -> list[Json]:
    rows: list[Json] = []
    for index, vehicle in enumerate(instance.vehicle_types):
        count = instance.n_clients if vehicle.count is None else min(vehicle.count, instance.n_clients)
        rows += [{"id": len(rows) + i + 1} | _vehicle(instance, index, vehicle) for i in range(count)]
    return rows


def _vehicle(instance: Instance, index: int, vehicle: VehicleType) -> Json:
    opens, closes = _hours(instance, vehicle.start)
    shift = max(vehicle.shift[0], opens), min(vehicle.shift[1], closes)
    barring = [k + 1 for k, other in enumerate(instance.vehicle_types) if other.allowed is not None and k != index]
    fixed = {"fixed": plain(vehicle.fixed_cost)} if vehicle.fixed_cost else {}
    rests = [
        {"id": k + 1, "time_windows": [[plain(r.earliest), _closing(r.latest)]], "service": plain(r.duration)}
        for k, r in enumerate(vehicle.breaks)
    ]
    limit = {} if vehicle.max_distance == inf else {"max_distance": plain(vehicle.max_distance)}
    end = None if vehicle.end is None else {"end_index": vehicle.end} | _kept(end=_location(instance, vehicle.end))
    return (
        {"profile": f"{_profile(instance, vehicle)}", "start_index": vehicle.start}
        | _kept(description=vehicle.name, start=_location(instance, vehicle.start))
        | (end or {})
        | _kept(capacity=_capacity(instance, index), costs=fixed, skills=barring, breaks=rests)
        | ({} if shift == (0.0, inf) else {"time_window": [plain(shift[0]), _closing(shift[1])]})
        | limit
    )


def _capacity(instance: Instance, index: int) -> list[Any]:
    """What is unlimited holds everything there is."""
    everything = (instance.delivery + instance.pickup).sum(axis=0)
    if not everything.any():
        return []
    return [plain(value) for value in np.minimum(instance.capacities[index], everything)]


def _profile(instance: Instance, vehicle: VehicleType) -> int:
    """Vehicles that differ in profile, speed or price per distance travel by matrices of their own."""
    return _profiles(instance).index((vehicle.profile, vehicle.speed, vehicle.distance_cost))


def _profiles(instance: Instance) -> list[tuple[int, float, float]]:
    return list(dict.fromkeys((v.profile, v.speed, v.distance_cost) for v in instance.vehicle_types))


def _matrices(instance: Instance) -> Json:
    tables: Json = {}
    for number, (profile, speed, price) in enumerate(_profiles(instance)):
        road = instance.distance_matrix(profile)
        times = road / speed if instance.durations is None else instance.durations[profile]
        tables[f"{number}"] = {"durations": plain(times), "distances": plain(road), "costs": plain(price * road)}
    return tables


def _kept(**fields: Any) -> Json:
    """Fields that say something."""
    return {name: value for name, value in fields.items() if value}
