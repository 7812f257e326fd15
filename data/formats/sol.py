"""Routes in CVRPLIB form (.sol): ``Route #1: 5 3 7`` lines and a ``Cost`` line.

Numbers are our node indices, that is VRPLIB id - 1 with depots counted (where a file's depots come
first). Where there are several vehicle types, ``Route #k`` is vehicle k, counted type by type;
vehicles that stay at home have an empty line. A depot's number inside a route is a reload.
"""

import re
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.json_solution import claim_from_json
from routewright.data.formats.text import read_text
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType

_ROUTE = re.compile(r"\s*route\s*#?\s*(\d+)\s*:?(.*)$", re.IGNORECASE)
_COST = re.compile(r"\s*cost\s*[:\s]\s*(.*?)\s*$", re.IGNORECASE)
_REMARK = re.compile(r"\s*(\w+)\s*:")


def read_solution(path: str | Path, instance: Instance) -> tuple[Solution, float | None]:
    """Read routes (.sol, or .json), and the cost as the file claims it (its unit is the file's own).

    Optional clients that no route visits become ``unserved`` (alternatives of a group do not).

    Raises:
        FormatError: naming file, line and value.
    """
    text = read_text(path)
    if text.lstrip()[0] == "{":
        solution, cost = claim_from_json(text, path)
        _check_known(path, solution, instance)
        return solution, cost
    routes: list[Route] = []
    seen: set[int] = set()
    cost = None
    for number, line in enumerate(text.splitlines(), start=1):
        found = _ROUTE.match(line)
        claimed = _COST.match(line)
        if found:
            vehicle = _vehicle(path, number, int(found[1]), seen)
            route = _route(path, number, found[2], vehicle, instance)
            routes += [] if route is None else [route]
        elif claimed:
            cost = _number(path, number, claimed[1])
        elif line.strip() and not _REMARK.match(line):
            raise FormatError(path, f"{line.strip()[:40]!r} is neither a route nor a cost", number)
    if not seen:
        raise FormatError(path, "holds no routes ('Route #1: ...')")
    return Solution(tuple(routes), _unserved(routes, instance)), cost


def _check_known(path: str | Path, solution: Solution, instance: Instance) -> None:
    """Raise FormatError at a node, depot or vehicle type that the instance does not have."""
    for index, route in enumerate(solution.routes):
        depots = [depot for depot in (route.start, route.end, *route.reloads) if depot is not None]
        limits = {"node": (route.stops, instance.n_nodes), "depot": (depots, instance.depots)}
        limits["vehicle_type"] = ([route.vehicle_type], len(instance.vehicle_types))
        for what, (numbers, end) in limits.items():
            for number in numbers:
                if not 0 <= number < end:
                    raise FormatError(path, f"routes.{index}: {what} {number} does not exist (there are {end})")
    for node in solution.unserved:
        if not 0 <= node < instance.n_nodes:
            raise FormatError(path, f"unserved: node {node} does not exist (there are {instance.n_nodes})")


def _vehicle(path: str | Path, line: int, vehicle: int, seen: set[int]) -> int:
    if vehicle in seen:
        raise FormatError(path, f"Route #{vehicle} stands twice", line)
    seen.add(vehicle)
    return vehicle


def _number(path: str | Path, line: int, word: str) -> float:
    try:
        cost = float(word)
    except ValueError:
        cost = float("nan")
    if not np.isfinite(cost):
        raise FormatError(path, f"Cost is {word!r}, must be a number", line)
    return cost


def _route(path: str | Path, line: int, words: str, vehicle: int, instance: Instance) -> Route | None:
    """The route of vehicle number ``vehicle`` (from 1), None if it stays at home."""
    nodes = [_node(path, line, word, instance) for word in words.split()]
    if not nodes:
        return None
    index = _type_of(path, line, vehicle, instance)
    kind = instance.vehicle_types[index]
    # Some programs write the way out of the depot and home as well.
    nodes = nodes[nodes[0] == kind.start :]
    if nodes and nodes[-1] == kind.end:
        nodes.pop()
    trips: list[list[int]] = [[]]
    reloads = []
    for node in nodes:
        if node < instance.depots:
            reloads.append(node)
            trips.append([])
        else:
            trips[-1].append(node)
    if not all(trips):
        raise FormatError(path, f"Route #{vehicle} has a trip without clients", line)
    return Route(tuple(map(tuple, trips)), index, reloads=_unless_usual(reloads, kind))


def _unless_usual(reloads: list[int], kind: VehicleType) -> tuple[int, ...]:
    return () if set(reloads) <= set(kind.reload_depots[:1]) else tuple(reloads)


def _node(path: str | Path, line: int, word: str, instance: Instance) -> int:
    try:
        node = int(word)
    except ValueError:
        raise FormatError(path, f"{word!r} is not a client number", line) from None
    if not 0 <= node < instance.n_nodes:
        last = instance.n_nodes - 1
        raise FormatError(path, f"client {node} does not exist (numbers are {instance.depots} to {last})", line)
    return node


def _last_vehicles(instance: Instance) -> list[int]:
    """Number of the last vehicle of each type; of unlimited types as many as clients are counted."""
    counts = [instance.n_clients if kind.count is None else kind.count for kind in instance.vehicle_types]
    return list(accumulate(counts))


def _type_of(path: str | Path, line: int, vehicle: int, instance: Instance) -> int:
    if len(instance.vehicle_types) == 1:
        return 0
    last = _last_vehicles(instance)
    if not 1 <= vehicle <= last[-1]:
        raise FormatError(path, f"Route #{vehicle}: there are {last[-1]} vehicles", line)
    return int(np.searchsorted(last, vehicle))


def _unserved(routes: list[Route], instance: Instance) -> tuple[int, ...]:
    visited = {node for route in routes for node in route.stops}
    optional = ~instance.required & (instance.group < 0)
    return tuple(node for node in instance.clients if optional[node] and node not in visited)


def _must_not_matter(path: str | Path, instance: Instance, solution: Solution, cost: float) -> None:
    """Complain of departures that the evaluator would not choose."""
    from routewright.data.evaluate import evaluate

    free = Solution(tuple(replace(route, departure=None) for route in solution.routes), solution.unserved)
    if evaluate(instance, free).cost != cost:
        raise FormatError(path, "routes leave at times that cost more than others, which .sol cannot say: write .json")


def write_solution(
    solution: Solution, path: str | Path, instance: Instance | None = None, cost: float | None = None
) -> None:
    """Write routes in CVRPLIB form.

    Departure times are left out, for the evaluator finds them again; so are unserved clients.

    Args:
        solution: what to write.
        path: file to write.
        instance: needed where there are several vehicle types or reloads.
        cost: reported cost; None is the evaluator's where ``instance`` is given, else no cost line.

    Raises:
        FormatError: for what the form cannot say: split quantities, partial charges, a start or
            end that is not the vehicle type's, more routes than vehicles, departures at which the cost is another one.
    """
    if cost is None and instance is not None:
        from routewright.data.evaluate import evaluate

        cost = evaluate(instance, solution).cost
        if any(route.departure is not None for route in solution.routes):
            _must_not_matter(path, instance, solution, cost)
    lines = _lines(solution, path, instance)
    with atomic_write(path) as stream:
        stream.writelines(f"Route #{number}:{''.join(f' {node}' for node in nodes)}\n" for number, nodes in lines)
        if cost is not None:
            stream.write(f"Cost {_as_written(cost)}\n")


def _as_written(cost: float) -> str:
    return str(int(cost)) if float(cost).is_integer() else repr(float(cost))


def _lines(solution: Solution, path: str | Path, instance: Instance | None) -> list[tuple[int, list[int]]]:
    used = [route for route in solution.routes if len(route)]
    visits = [_visits(route, path, instance) for route in used]
    if instance is None or len(instance.vehicle_types) == 1:
        if any(route.vehicle_type for route in used):
            raise FormatError(path, "vehicle_type: routes of several types need the instance to be numbered")
        return list(enumerate(visits, start=1))
    by_vehicle = dict(zip(_vehicle_numbers(used, path, instance), visits, strict=True))
    return [(number, by_vehicle.get(number, [])) for number in range(1, max(by_vehicle, default=0) + 1)]


def _vehicle_numbers(routes: list[Route], path: str | Path, instance: Instance) -> list[int]:
    last = _last_vehicles(instance)
    free = [1, *(end + 1 for end in last[:-1])]
    numbers = []
    for route in routes:
        kind = route.vehicle_type
        if free[kind] > last[kind]:
            raise FormatError(path, f"vehicle_type: more routes of type {kind} than its {last[kind]} vehicles")
        numbers.append(free[kind])
        free[kind] += 1
    return numbers


def _visits(route: Route, path: str | Path, instance: Instance | None) -> list[int]:
    """Nodes of a route, trips joined by the depot of the reload."""
    _reject_unsayable(route, path, instance)
    reloads = route.reloads
    if len(route.trips) > 1 and not reloads:
        usual = () if instance is None else instance.vehicle_types[route.vehicle_type].reload_depots
        if not usual:
            raise FormatError(path, "trips: the reload depot of a route with several trips is not known")
        reloads = usual[:1] * (len(route.trips) - 1)
    nodes = list(route.trips[0])
    for depot, trip in zip(reloads, route.trips[1:], strict=True):
        nodes += [depot, *trip]
    return nodes


def _reject_unsayable(route: Route, path: str | Path, instance: Instance | None) -> None:
    for field in ("quantities", "charges"):
        if getattr(route, field) is not None:
            raise FormatError(path, f"{field}: routes in CVRPLIB form cannot say them")
    for field in ("start", "end"):
        stated = getattr(route, field)
        usual = None if instance is None else getattr(instance.vehicle_types[route.vehicle_type], field)
        if stated is not None and stated != usual:
            raise FormatError(path, f"{field}: a route at depot {stated}, its vehicle type has {usual}")
