"""Solutions in the shape that VROOM answers in: summary, routes with steps, tasks left undone.

``cost`` is the evaluator's; ``duration`` is travel alone, as there. What only a road router knows
(``geometry``, ``distance`` of a file without matrices) is left out. Breaks are numbered from 1.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from routewright.data.evaluate import Evaluation, RouteTimetable, TimedStop, evaluate
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.json_text import layout, plain
from routewright.data.instance import Instance
from routewright.data.solution import Solution

Json = dict[str, Any]
_NAME = re.compile(r"(job|pickup|delivery) (\d+)(?:: (.*))?$", re.DOTALL)


def write_vroom_solution(solution: Solution, path: str | Path, instance: Instance) -> None:
    """Write ``solution``.

    Args:
        solution: of any instance without stations and reloads.
        path: the file.
        instance: where ``read_vroom`` made it, tasks and vehicles keep their ids; elsewhere a task's
            id is its node and vehicles are counted from 1.

    Raises:
        FormatError: if the file cannot be written.
    """
    text = layout(vroom_solution(solution, instance))
    with atomic_write(path) as stream:
        stream.write(text)


def vroom_solution(solution: Solution, instance: Instance) -> Json:
    """The document that ``write_vroom_solution`` writes."""
    judged = evaluate(instance, solution)
    vehicles = _vehicle_ids(instance, judged)
    routes = [_route(judged, timed, vehicle) for timed, vehicle in zip(judged.routes, vehicles, strict=True)]
    undone = [_task(instance, node) for node in judged.unserved]
    driving = plain((judged.raw - judged.parts.prizes) / instance.scale)
    summary: Json = {"cost": driving, "routes": len(routes), "unassigned": len(undone)}
    for name in ("service", "duration", "waiting_time"):
        summary[name] = plain(sum(route[name] for route in routes))
    for name in ("delivery", "pickup"):
        summary[name] = [plain(sum(loads)) for loads in zip(*(route[name] for route in routes), strict=True)]
    return {"code": 0, "summary": summary, "unassigned": undone, "routes": routes}


def _vehicle_ids(instance: Instance, judged: Evaluation) -> list[int]:
    """Ids for the routes: those in the names of types, where all types are named so, else 1, 2, 3."""
    pools = [re.fullmatch(r"\d+(,\d+)*", vehicle.name) for vehicle in instance.vehicle_types]
    if not all(pools):
        return list(range(1, len(judged.routes) + 1))
    free = [list(map(int, vehicle.name.split(","))) for vehicle in instance.vehicle_types]
    return [free[timed.vehicle_type].pop(0) if free[timed.vehicle_type] else 0 for timed in judged.routes]


def _task(instance: Instance, node: int) -> Json:
    """Id, kind, description and place of a client."""
    named = _NAME.match(instance.names[node]) if instance.names else None
    firsts, seconds = (set(column) for column in instance.pairs.T.tolist())
    kind = "pickup" if node in firsts else "delivery" if node in seconds else "job"
    found: Json = {"id": int(named[2]) if named else node, "type": named[1] if named else kind}
    description = named[3] if named else (instance.names[node] if instance.names else None)
    if description:
        found["description"] = description
    return found | _location(instance, node)


def _location(instance: Instance, node: int) -> Json:
    if instance.coords is None or instance.metric != "haversine":
        return {}
    return {"location": [float(axis) for axis in instance.coords[node][::-1]]}


def _route(judged: Evaluation, timed: RouteTimetable, vehicle: int) -> Json:
    instance = judged.instance
    clients = [stop.node for stop in timed.stops if stop.node in instance.clients]
    steps = list(_steps(judged, timed))
    return {
        "vehicle": vehicle,
        "cost": plain(timed.cost / instance.scale),
        "service": plain(sum(step.get("service", 0) for step in steps)),
        "duration": steps[-1]["duration"],
        "waiting_time": plain(sum(step.get("waiting_time", 0) for step in steps)),
        "delivery": plain(instance.delivery[clients].sum(axis=0)),
        "pickup": plain(instance.pickup[clients].sum(axis=0)),
        "steps": steps,
    }


def _steps(judged: Evaluation, timed: RouteTimetable) -> Iterator[Json]:
    """Start, tasks, breaks and end; ``duration`` adds up the travel until there."""
    instance, under_way, last = judged.instance, 0.0, len(timed.stops) - 1
    for position, stop in enumerate(timed.stops):
        under_way += stop.arrival - timed.stops[position - 1].departure if position else 0.0
        rests = [rest for rest in timed.breaks if rest.position == position]
        times = {"arrival": plain(stop.arrival), "duration": plain(under_way), "load": plain(stop.load)}
        if stop.node < instance.depots:
            step = {"type": "end" if position == last else "start"} | _location(instance, stop.node) | times
        else:
            times["waiting_time"] = plain(stop.wait)
            times["service"] = plain(stop.departure - stop.arrival - stop.wait - sum(r.rest.duration for r in rests))
            step = _task(instance, stop.node) | times
        pauses = [(rest, _break(rest, timed, under_way, stop)) for rest in rests]
        yield from (pause for rest, pause in pauses if rest.start < stop.start)
        yield step
        yield from (pause for rest, pause in pauses if rest.start >= stop.start)


def _break(rest: Any, timed: RouteTimetable, under_way: float, stop: TimedStop) -> Json:
    return {
        "type": "break",
        "id": timed.breaks.index(rest) + 1,
        "arrival": plain(rest.start),
        "service": plain(rest.rest.duration),
        "duration": plain(under_way),
        "load": plain(stop.load),
    }
