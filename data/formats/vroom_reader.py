"""Problems in the JSON form of VROOM, an open-source route optimiser: jobs, shipments, vehicles, matrices.

What is kept, what is refused and how the two differ is told in ``docs/formats.md``. Seconds, metres
and (longitude, latitude), as there. A task may stay undone where it must: what counts first are the
priorities of the tasks done, then their number, then the price. Prizes say so here: leaving a task
out costs more than all driving.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.json_text import parse, validated
from routewright.data.formats.rows import naming
from routewright.data.formats.text import read_text
from routewright.data.formats.vroom_travel import NOWHERE, Key, Spot, Travel, key_of, travel
from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.data.vehicle import Break, VehicleType

if TYPE_CHECKING:
    from routewright.data.formats.vroom_models import ProblemModel, TaskModel, VehicleModel

_TASKS = re.compile(r'"(jobs|shipments)"\s*:')
_VEHICLES = re.compile(r'"vehicles"\s*:')

Task = tuple[str, "TaskModel", Any]
"""Its kind (job, pickup, delivery), itself, and the job or shipment it belongs to."""


def looks_like_vroom(text: str) -> bool:
    """Whether ``text`` is a JSON object with vehicles and tasks."""
    return text.lstrip().startswith("{") and bool(_VEHICLES.search(text)) and bool(_TASKS.search(text))


def read_vroom(path: str | Path, *, speed: float | None = None) -> Instance:
    """Read a problem.

    Args:
        path: the file.
        speed: metres per second as the crow flies, where the file has no matrices; None is 10.

    Returns:
        An instance whose ``distances`` are what arcs cost and whose ``durations`` are seconds. Nodes
        are called ``job 7``, ``pickup 3`` or ``delivery 3`` by their ids, with ``: description`` if
        there is one; a vehicle type is called by the ids of its vehicles.

    Raises:
        FormatError: naming the field and the value that are wrong, or that have no place here.
    """
    from routewright.data.formats.vroom_models import ProblemModel, refused

    document = parse(path, read_text(path))
    reason = refused(document)
    if reason:
        raise FormatError(path, reason)
    return _instance(path, validated(path, ProblemModel, document), speed)


def _instance(path: str | Path, problem: "ProblemModel", speed: float | None) -> Instance:
    tasks = _tasks(path, problem)
    doors = list(dict.fromkeys(door for vehicle in problem.vehicles for door in _doors(path, vehicle) if door))
    spots = [*doors, *((task.location, task.location_index) for _, task, _ in tasks)]
    if len(spots) > MATRIX_LIMIT:
        raise FormatError(path, f"{len(spots)} places, the most are {MATRIX_LIMIT}")
    keys = list(dict.fromkeys(map(key_of, problem.vehicles)))
    ways = {key: travel(path, problem, spots, key, speed) for key in keys}
    width = _width(path, problem)
    first = len(doors)
    pairs = [(first + i, first + i + 1) for i, (kind, _, _) in enumerate(tasks) if kind == "pickup"]
    fleet = _fleet(path, problem, tasks, doors, ways)
    with naming(path):
        instance = Instance.build(
            distances=np.stack([way.prices for way in ways.values()]),
            durations=np.stack([way.times for way in ways.values()]),
            coords=_coords(spots),
            depots=first,
            delivery=[*[[0.0] * width] * first, *(_load(task, "delivery", width) for task in tasks)],
            pickup=[*[[0.0] * width] * first, *(_load(task, "pickup", width) for task in tasks)],
            pairs=pairs,
            windows=_windows(first, tasks),
            service=[*[0.0] * first, *(task.service for _, task, _ in tasks)],
            required=False,
            prize=[*[0.0] * first, *prizes([owner.priority for *_, owner in tasks], fleet, ways.values())],
            vehicle_types=fleet,
            names=(*(f"depot {i}" for i in range(first)), *map(_name, tasks)),
            name=Path(path).name.split(".")[0],
        )
        return instance if instance.coords is None else instance.replace(metric="haversine")


def _tasks(path: str | Path, problem: "ProblemModel") -> list[Task]:
    tasks: list[Task] = [("job", job, job) for job in problem.jobs]
    for shipment in problem.shipments:
        tasks += [("pickup", shipment.pickup, shipment), ("delivery", shipment.delivery, shipment)]
    seen: set[tuple[str, int]] = set()
    for kind, task, _ in tasks:
        if (kind, task.id) in seen:
            raise FormatError(path, f"{kind} id {task.id} stands twice")
        seen.add((kind, task.id))
        if task.location is None and task.location_index is None:
            raise FormatError(path, f"{kind} {task.id}: has neither location nor location_index")
    if not tasks:
        raise FormatError(path, "has no jobs and no shipments")
    return tasks


def _doors(path: str | Path, vehicle: "VehicleModel") -> tuple[Spot, Spot | None]:
    """Where a vehicle starts and ends; None is an open end."""
    start, end = (vehicle.start, vehicle.start_index), (vehicle.end, vehicle.end_index)
    if start == end == (None, None):
        raise FormatError(path, f"vehicle {vehicle.id}: has neither start nor end")
    return NOWHERE if start == (None, None) else start, None if end == (None, None) else end


def _width(path: str | Path, problem: "ProblemModel") -> int:
    """Load dimensions: the same for all that has loads."""
    loads: list[tuple[str, list[float]]] = [
        (f"job {job.id}: {name}", getattr(job, name)) for job in problem.jobs for name in ("delivery", "pickup")
    ]
    loads += [(f"shipment of pickup {s.pickup.id}: amount", s.amount) for s in problem.shipments]
    loads = [(place, load) for place, load in loads if load]
    loads += [(f"vehicle {v.id}: capacity", v.capacity or []) for v in problem.vehicles if loads or v.capacity]
    width = len(loads[0][1]) if loads else 0
    for place, load in loads:
        if len(load) != width:
            raise FormatError(path, f"{place} has {len(load)} load dimensions, {loads[0][0]} has {width}")
    return max(width, 1)


def _load(task: Task, field: str, width: int) -> list[float]:
    kind, _, owner = task
    if kind == "job":
        found: list[float] = getattr(owner, field)
    else:
        found = owner.amount if kind == field else []
    return found or [0.0] * width


def _windows(depots: int, tasks: list[Task]) -> Any:
    rows = [[(0.0, inf)]] * depots + [task.time_windows or [(0.0, inf)] for _, task, _ in tasks]
    most = max(map(len, rows))
    return np.array([row + row[-1:] * (most - len(row)) for row in rows])


def _coords(spots: list[Spot]) -> Any:
    """(latitude, longitude) of all nodes; nowhere lies among the others."""
    known = [place for place, index in spots if index != -1 and place is not None]
    if len(known) < sum(index != -1 for _, index in spots):
        return None
    middle = np.mean(known, axis=0)
    return np.array([middle if place is None else place for place, _ in spots])[:, ::-1]


def _fleet(
    path: str | Path, problem: "ProblemModel", tasks: list[Task], doors: list[Spot], ways: dict[Key, Travel]
) -> list[VehicleType]:
    """Vehicles that differ in nothing but their ids are one type, named by those ids."""
    seen: set[int] = set()
    types: dict[VehicleType, list[int]] = {}
    for vehicle in problem.vehicles:
        if vehicle.id in seen:
            raise FormatError(path, f"vehicle id {vehicle.id} stands twice")
        seen.add(vehicle.id)
        with naming(path):
            kind = _vehicle(path, vehicle, tasks, doors, ways)
        types.setdefault(kind, []).append(vehicle.id)
    return [replace(kind, count=len(ids), name=",".join(map(str, ids))) for kind, ids in types.items()]


def _vehicle(
    path: str | Path, vehicle: "VehicleModel", tasks: list[Task], doors: list[Spot], ways: dict[Key, Travel]
) -> VehicleType:
    start, end = _doors(path, vehicle)
    skills = set(vehicle.skills)
    able = {len(doors) + i for i, (*_, owner) in enumerate(tasks) if skills.issuperset(owner.skills)}
    rests = sorted((rest.time_windows[0], rest.service) for rest in vehicle.breaks)
    return VehicleType(
        capacity=tuple(vehicle.capacity or ()),
        fixed_cost=vehicle.costs.fixed,
        start=doors.index(start),
        end=None if end is None else doors.index(end),
        shift=vehicle.time_window or (0.0, inf),
        max_distance=_limit(path, vehicle, ways[key_of(vehicle)]),
        profile=list(ways).index(key_of(vehicle)),
        allowed=None if len(able) == len(tasks) else frozenset(able),
        breaks=tuple(Break(opens, closes, service) for (opens, closes), service in rests),
    )


def _limit(path: str | Path, vehicle: "VehicleModel", way: Travel) -> float:
    limits = []
    for name in ("max_travel_time", "max_distance"):
        limit = way.limit(name, getattr(vehicle, name))
        if limit is None:
            raise FormatError(path, f"vehicle {vehicle.id}: {name} needs costs that are in proportion to it")
        limits.append(limit)
    return min(limits)


def _name(task: Task) -> str:
    kind, model, _ = task
    return f"{kind} {model.id}: {model.description}" if model.description else f"{kind} {model.id}"


def prizes(priorities: list[int], fleet: Iterable[VehicleType], ways: Iterable[Travel]) -> list[float]:
    """Prices of leaving tasks out: by priority, then by number, either above all that driving costs."""
    dearest = max(float(way.prices.max()) for way in ways)
    n = len(priorities)
    unit = float(np.ceil(2 * n * dearest + n * max(vehicle.fixed_cost for vehicle in fleet)) + 1)
    return [unit * (1 + (n + 1) * priority) for priority in priorities]
