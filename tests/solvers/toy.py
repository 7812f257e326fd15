"""A solver for tests: random orders cut by capacity, a step each; knows single-trip CVRP only."""

import numpy as np

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop


def supports(instance: Instance) -> list[str]:
    return ["pairs"] if len(instance.pairs) else []


def version() -> str:
    return "0.1"


def prepare(instance: Instance, stop: Stop) -> None: ...


def run(instance: Instance, monitor: Monitor, *, seed: int, threads: int, initial_solution: Solution | None) -> Answer:
    rng = np.random.default_rng(seed)
    best, step = Solution(), 0
    while not monitor.done(step):
        step += 1
        routes = _cut(instance, rng.permutation(np.array(instance.clients)).tolist())
        cost = sum(_length(instance, route) for route in routes) / instance.scale
        if cost < monitor.best:
            best = Solution.from_routes(routes)
            monitor.improved(cost, step, best)
    return Answer(best, step)


def _cut(instance: Instance, order: list[int]) -> list[list[int]]:
    routes: list[list[int]] = [[]]
    for client in order:
        if sum(instance.delivery[c, 0] for c in [*routes[-1], client]) > instance.capacities[0, 0]:
            routes.append([])
        routes[-1].append(client)
    return routes


def _length(instance: Instance, route: list[int]) -> float:
    tour = [0, *route, 0]
    return float(instance.distance(tour[:-1], tour[1:]).sum())
