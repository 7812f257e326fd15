"""All solutions that the masks of an environment let through, and all that the judge does: for tiny instances."""

from collections.abc import Iterator
from itertools import permutations, product

import torch

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.envs.env import VRPEnv

FEW = 500
"""Solutions up to which each is judged whole."""

Plan = frozenset[tuple[int, tuple[int, ...]]]
"""A solution: depot and clients of each route, in no order."""


def reachable(instance: Instance, env: VRPEnv) -> dict[Plan, float]:
    """Complete solutions, each with its cost in the environment; every action sequence is tried.

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
                    raise RoutewrightError(f"routes {sorted(plan)} cost {found[plan]:g}, by actions {path} {cost:g}")
        mask = state["mask"][0] & ~state["done"][0][:, None]
        blocked = ~(mask.any(-1) | state["done"][0])
        if blocked.any():
            raise RoutewrightError(f"no action may follow {paths[int(blocked.nonzero()[0, 0])]}, but it is not done")
        rows, actions = mask.nonzero(as_tuple=True)
        paths = [(*paths[row], action) for row, action in zip(rows.tolist(), actions.tolist(), strict=True)]
        if paths:
            state = env.step(state.select(rows[None]), actions[None])
    return found


def as_plan(instance: Instance, actions: tuple[int, ...]) -> Plan:
    """Routes of an action sequence."""
    types = instance.vehicle_types
    return frozenset((types[route.vehicle_type].start, route.stops) for route in to_solution(instance, actions))


def feasible(instance: Instance) -> set[Plan]:
    """Complete solutions that ``check`` accepts, by trying all: up to six clients or so.

    Every route is judged. Solutions put together from good routes are judged once more where a fleet is limited or
    there are few.
    """
    plans = set(_plans(instance, tuple(instance.clients), _routes(instance)))
    if all(vehicle.count is None for vehicle in instance.vehicle_types) and len(plans) > FEW:
        return plans
    return {plan for plan in plans if not check(instance, as_solution(instance, plan))}


def as_solution(instance: Instance, plan: Plan) -> Solution:
    """The solution of a plan."""
    types = {vehicle.start: number for number, vehicle in enumerate(instance.vehicle_types)}
    return Solution(tuple(Route((stops,), vehicle_type=types[depot]) for depot, stops in sorted(plan)))


def _routes(instance: Instance) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
    """Routes that the judge finds nothing wrong with but that others are not served, by their smallest client."""
    by_first: dict[int, list[tuple[int, tuple[int, ...]]]] = {client: [] for client in instance.clients}
    for size in range(1, instance.n_clients + 1):
        for depot, stops in product(range(instance.depots), permutations(instance.clients, size)):
            faults = check(instance, as_solution(instance, frozenset({(depot, stops)})))
            if all(fault.kind == "missing client" for fault in faults):  # of the others
                by_first[min(stops)].append((depot, stops))
    return by_first


def _plans(
    instance: Instance, rest: tuple[int, ...], routes: dict[int, list[tuple[int, tuple[int, ...]]]]
) -> Iterator[Plan]:
    if not rest:
        yield frozenset()
        return
    if not instance.required[rest[0]]:
        yield from _plans(instance, rest[1:], routes)
    for route in routes[rest[0]]:
        if set(route[1]) <= set(rest):
            for plan in _plans(instance, tuple(client for client in rest if client not in route[1]), routes):
                yield plan | {route}
