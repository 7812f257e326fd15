"""The search as a solver: start, anneal, combine, answer."""

from collections.abc import Iterable

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.search import divide, team
from routewright.solvers.search.model import model
from routewright.solvers.search.session import split
from routewright.solvers.search.start import start_routes


def run(
    instance: Instance, monitor: Monitor, *, seed: int = 0, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Search until ``monitor.done``. An iteration is one ruin and recreate."""
    if instance.n_clients == 0:
        return Answer(Solution(), 0, bound=0.0)
    given = _feasible_routes(instance, initial_solution)
    if instance.n_clients > divide.WHOLE_LIMIT:
        routes, done = divide.search(instance, given, monitor, seed)
        return Answer(as_solution(instance, routes), done)
    asked = model(instance)
    start = [asked.numbers(route) for route in given] or start_routes(asked, seed)
    flat, done = team.search(asked, start, monitor, seed, threads)
    return Answer(as_solution(instance, [asked.nodes[route] for route in split(flat)]), done)


def _feasible_routes(instance: Instance, solution: Solution | None) -> list[list[int]]:
    """The routes of a start that the judge accepts; none otherwise."""
    from routewright.data.check import check

    if solution is None or check(instance, solution):
        return []
    return [list(route.stops) for route in solution if len(route)]


def as_solution(instance: Instance, routes: Iterable[Iterable[int]]) -> Solution:
    """The answer in the words of data/."""
    plain = [[int(node) for node in route] for route in routes]
    served = {node for route in plain for node in route}
    left_out = [node for node in instance.clients if node not in served and not instance.required[node]]
    return Solution.from_routes(plain, left_out)
