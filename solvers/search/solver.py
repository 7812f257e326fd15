"""The search as a solver: start, anneal, breed, combine, answer."""

from collections import Counter
from collections.abc import Iterable, Sequence

from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.search import divide, team
from routewright.solvers.search.flat import joined, kinds, split
from routewright.solvers.search.general import general_model, needs_general
from routewright.solvers.search.kernel.model import Nodes
from routewright.solvers.search.model import Model, model
from routewright.solvers.search.optional import with_everybody
from routewright.solvers.search.rich import run as rich
from routewright.solvers.search.session import begun
from routewright.solvers.search.start import start_flat
from routewright.solvers.search.support import rich_features


def run(
    instance: Instance, monitor: Monitor, *, seed: int = 0, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Search until ``monitor.done``. An iteration is one ruin and recreate; a child that is bred counts as many."""
    if instance.n_clients == 0:
        return Answer(Solution(), 0, bound=0.0)
    given = feasible(instance, initial_solution)
    if rich_features(instance):
        return rich.search(instance, given, monitor, seed)
    if instance.n_clients > divide.WHOLE_LIMIT:
        routes, done = divide.search(instance, [list(route.stops) for route in given or ()], monitor, seed, threads)
        return Answer(as_solution(instance, routes), done)
    asked = whole_model(instance)
    done = 0
    if given is None:
        start, done = with_everybody(asked, start_flat(asked, seed), monitor, seed)
    else:
        start = completed(asked, as_flat(asked, given), seed)
    flat, done = team.search(asked, start, monitor, seed, threads, done)
    return Answer(in_words(instance, asked, flat), done)


ABSENT = {"missing client", "group"}
"""What the judge says of clients that are on no route."""


def whole_model(instance: Instance) -> Model:
    """What the kernels of the family of an instance work on, without dividing it."""
    return general_model(instance) if needs_general(instance) else model(instance)


def feasible(instance: Instance, solution: Solution | None) -> list[Route] | None:
    """The routes of a start that the judge accepts, who is not on them aside; None otherwise."""
    from routewright.data.check import check

    if solution is None:
        return None
    visited = Counter(int(instance.group[node]) for route in solution for node in route.stops)
    twice = any(count > 1 for group, count in visited.items() if group >= 0)
    wrong = {violation.kind for violation in check(instance, solution)} - ABSENT
    return None if wrong or twice else usable(instance, solution)


def usable(instance: Instance, solution: Solution) -> list[Route] | None:
    """The routes of a feasible solution; None where the kernels do not know one of them, or there is none."""
    for route in solution:
        vehicle = instance.vehicle_types[route.vehicle_type]
        if route.start not in {None, vehicle.start} or route.end not in {None, vehicle.end}:
            return None  # the judge allows other depots than the type's, the kernels do not
    return [route for route in solution if len(route)] or None


def as_flat(asked: Model, routes: Sequence[Route]) -> Nodes:
    """Routes as the kernels know them."""
    return joined([asked.numbers(route.stops) for route in routes], [route.vehicle_type for route in routes])


def completed(asked: Model, flat: Nodes, seed: int) -> Nodes:
    """The routes with all clients on them who find a place, greedily."""
    if int((flat >= asked.first).sum()) == asked.n_visits:
        return flat
    session = begun(asked, seed, flat)
    if session.is_complete:
        return flat
    session.build()
    return session.current_flat()


def in_words(instance: Instance, asked: Model, flat: Nodes) -> Solution:
    """What the kernels found, in the words of data/."""
    routes = [asked.nodes[route] for route in split(flat, asked.first)]
    return as_solution(instance, routes, kinds(flat, asked.first))


def as_solution(instance: Instance, routes: Sequence[Iterable[int]], types: Iterable[int] | None = None) -> Solution:
    """The answer in the words of data/: routes, and the type of the vehicle of each, the first by default."""
    given = [0] * len(routes) if types is None else types
    found = [Route((tuple(map(int, route)),), int(kind)) for route, kind in zip(routes, given, strict=True)]
    served = {node for route in found for node in route.stops}
    left_out = [node for node in instance.clients if node not in served and not instance.required[node]]
    return Solution(tuple(found), tuple(left_out))
