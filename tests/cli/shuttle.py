"""A solver for tests of the command line: a route for each client, which is quick and feasible.

With seed 13 it forgets the last client, with seed 14 it is interrupted after its first solution.
"""

import signal

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor

FORGETFUL = 13
INTERRUPTED = 14


def supports(instance: Instance) -> list[str]:
    """It can only drive there and back."""
    return ["pairs"] if len(instance.pairs) else []


def version() -> str:
    """Of this module."""
    return "1.0"


def run(instance: Instance, monitor: Monitor, *, seed: int, threads: int, initial_solution: Solution | None) -> Answer:
    """One route for each client."""
    clients = list(instance.clients)
    if seed == FORGETFUL:
        clients.pop()
    solution = Solution.from_routes([client] for client in clients)
    monitor.improved(evaluate(instance, solution).cost, 1, solution)
    if seed == INTERRUPTED:
        signal.raise_signal(signal.SIGINT)
    iterations = 1
    while not monitor.done(iterations):
        iterations += 1
    return Answer(solution, iterations)
