"""A solver of your own: again and again, drive to one of the nearest clients that still fit.

Run it with ``python examples/own_solver.py``, or hand the file to ``routewright compare x.vrp --solvers``.
"""

import sys

import numpy as np

import routewright as rw
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.plain import beyond_capacities, capacity, demand, reasons
from routewright.solvers.registry import SOLVERS


def version() -> str:
    """Stands in every result."""
    return "1"


def supports(instance: rw.Instance) -> list[str]:
    """What it cannot do, in words; nothing where it can."""
    vehicle = instance.vehicle_types[0]
    limited = min(vehicle.max_distance, vehicle.max_duration) < np.inf or vehicle.count is not None
    return reasons(beyond_capacities(instance) | {"limits of a route or of the fleet": limited})


def run(
    instance: rw.Instance, monitor: Monitor, *, seed: int, threads: int, initial_solution: rw.Solution | None
) -> Answer:
    """Start again until time is up; ``solve`` sees to it that the answer is no worse than a start."""
    random, ways = np.random.default_rng(seed), instance.distance_matrix()
    loads, room = demand(instance), capacity(instance)
    best, rounds = rw.Solution.from_routes([[client] for client in instance.clients]), 0
    while not monitor.done(rounds):
        left, spare, here = set(instance.clients), 0.0, 0
        routes: list[list[int]] = []
        while left:
            near = sorted((client for client in left if loads[client] <= spare), key=lambda client: ways[here, client])
            if near:
                here = near[min(len(near), random.geometric(0.8)) - 1]
            else:
                here, spare = int(random.choice(list(left))), room
                routes.append([])
            routes[-1].append(here)
            left.remove(here)
            spare -= loads[here]
        found, rounds = rw.Solution.from_routes(routes), rounds + 1
        if rw.evaluate(instance, found).cost < rw.evaluate(instance, best).cost:
            best = found
            monitor.improved(rw.evaluate(instance, best).cost, rounds)
    return Answer(best, rounds)


def main(seconds: float = 1.0) -> rw.Result:
    """Solve an instance with it: by its name it is a solver like those that are there."""
    SOLVERS["nearest"] = __name__
    return rw.solve(rw.packaged("xstyle-100"), solver="nearest", time_limit=seconds)


if __name__ == "__main__":
    sys.stdout.write(f"{main()}\n")
