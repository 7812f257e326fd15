"""All solutions that the masks of an environment let through, and all that the judge does: for tiny instances."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise, permutations, product

import torch

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.envs.env import VRPEnv

FEW = 500
"""Solutions up to which each is judged whole."""
OF_OTHERS = ("missing client", "group")
"""What may be wrong with a route of a good solution, seen alone: those that other routes serve are not served."""

Plan = tuple[Route, ...]
"""The routes of a solution, sorted; depots between trips are named."""


def reachable(instance: Instance, env: VRPEnv, *, orders: bool = True) -> dict[Plan, float]:
    """Complete solutions, each with its cost in the environment.

    Args:
        instance: with few clients.
        env: the environment.
        orders: try every action sequence. Otherwise, of those that have closed the same routes, in whichever order, and
            are at the same place of the same next one, only the first is followed: far fewer where vehicles are many.

    Raises:
        RoutewrightError: if two sequences give the same routes at different costs, or a mask forbids everything.
    """
    state = env.reset(to_tensordict([instance], dtype=torch.float64), starts=1)
    paths: list[tuple[int, ...]] = [()]
    found: dict[Plan, float] = {}
    while paths:
        costs, ended = env.cost(state)[0].tolist(), state["done"][0].tolist()
        for path, cost, done in zip(paths, costs, ended, strict=True):
            if done and cost < float("inf"):
                plan = as_plan(instance, path)
                if abs(found.setdefault(plan, cost) - cost) > 1e-9 * max(1.0, cost):
                    raise RoutewrightError(f"routes {in_words(plan)} cost {found[plan]:g}, by actions {path} {cost:g}")
        mask = state["mask"][0] & ~state["done"][0][:, None]
        blocked = ~(mask.any(-1) | state["done"][0])
        if blocked.any():
            raise RoutewrightError(f"no action may follow {paths[int(blocked.nonzero()[0, 0])]}, but it is not done")
        rows, actions = mask.nonzero(as_tuple=True)
        paths = [(*paths[row], action) for row, action in zip(rows.tolist(), actions.tolist(), strict=True)]
        if not orders:
            first = {_so_far(path, state.problem.n_doors): place for place, path in reversed(list(enumerate(paths)))}
            kept = sorted(first.values())
            rows, actions, paths = rows[kept], actions[kept], [paths[place] for place in kept]
        if paths:
            state = env.step(state.select(rows[None]), actions[None])
    return found


def _so_far(actions: tuple[int, ...], doors: int) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """Routes that a sequence has closed, sorted, and the one under way, each with its door first."""
    closed: list[tuple[int, ...]] = []
    route = [0]
    for action in actions:
        if action < doors:
            closed.append(tuple(route))
            route = []
        route.append(action)
    return tuple(sorted(closed)), tuple(route)


def as_plan(instance: Instance, actions: tuple[int, ...]) -> Plan:
    """Routes of an action sequence."""
    return _sorted(to_solution(instance, actions))


def in_words(plan: Plan) -> str:
    """Trips and vehicle type of each route, on one line."""
    return "; ".join(f"{route.trips}{route.reloads or ''} of type {route.vehicle_type}" for route in plan) or "none"


def feasible(instance: Instance) -> set[Plan]:
    """Complete solutions that ``check`` accepts, by trying all: up to six clients or so.

    Every route is judged. Solutions put together from good routes are judged once more where a fleet is limited or
    there are few. Between two clients, each station is visited once at most, and none by vehicles without a battery or
    with several trips.

    Raises:
        RoutewrightError: of split deliveries, which can be divided in any number of ways.
    """
    if instance.split:
        raise RoutewrightError(f"{instance.name!r}: solutions with split deliveries cannot be enumerated")
    plans = set(map(_sorted, _plans(instance, tuple(instance.clients), _routes(instance))))
    alone = all(vehicle.count is None for vehicle in instance.vehicle_types) and not (instance.group >= 0).any()
    if alone and len(plans) > FEW:
        return plans
    return {plan for plan in plans if not check(instance, Solution(plan))}


def _sorted(routes: Iterable[Route]) -> Plan:
    return tuple(
        sorted(routes, key=lambda route: (route.vehicle_type, route.trips, route.reloads, route.quantities or ()))
    )


def _routes(instance: Instance) -> dict[int, list[Route]]:
    """Routes that the judge finds nothing wrong with but that others are not served, by their smallest client."""
    by_first: dict[int, list[Route]] = {client: [] for client in instance.clients}
    sizes = range(1, instance.n_clients + 1)
    orders = chain.from_iterable(permutations(instance.clients, size) for size in sizes)
    for kind, order in product(range(len(instance.vehicle_types)), orders):
        for route in _driven(instance, kind, order):
            if all(fault.kind in OF_OTHERS for fault in check(instance, Solution((route,)))):
                by_first[min(order)].append(route)
    return by_first


def _driven(instance: Instance, kind: int, order: tuple[int, ...]) -> Iterator[Route]:
    """All ways of a vehicle to visit clients in this order: in several trips, or by way of stations."""
    vehicle = instance.vehicle_types[kind]
    if vehicle.trip_limit == 1:
        for stops in _with_calls(order, instance.station_nodes if vehicle.battery else ()):
            yield Route((stops,), vehicle_type=kind)
        return
    for number in range(len(order)):
        for cuts in combinations(range(1, len(order)), number):
            trips = tuple(order[first:last] for first, last in pairwise((0, *cuts, len(order))))
            for reloads in product(vehicle.reload_depots, repeat=number):
                yield Route(trips, vehicle_type=kind, reloads=reloads)


def _with_calls(order: tuple[int, ...], stations: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """A sequence of clients with all sequences of different stations between any of them."""
    calls = [calls for size in range(len(stations) + 1) for calls in permutations(stations, size)]
    for between in product(calls, repeat=len(order) + 1):
        pieces = ((client, *after) for client, after in zip(order, between[1:], strict=True))
        yield (*between[0], *chain.from_iterable(pieces))


def _plans(instance: Instance, rest: tuple[int, ...], routes: dict[int, list[Route]]) -> Iterator[Plan]:
    if not rest:
        yield ()
        return
    if not instance.required[rest[0]]:
        yield from _plans(instance, rest[1:], routes)
    for route in routes[rest[0]]:
        served = set(route.stops) & set(instance.clients)
        if served <= set(rest):
            for plan in _plans(instance, tuple(client for client in rest if client not in served), routes):
                yield (*plan, route)
