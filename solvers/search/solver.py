"""The search as a solver: start, anneal, answer."""

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Cooling, Pace, elapsed, mean_arc
from routewright.solvers.search.model import Model, model
from routewright.solvers.search.session import Routes, Session
from routewright.solvers.search.start import start_routes


def run(
    instance: Instance, monitor: Monitor, *, seed: int = 0, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Search until ``monitor.done``. An iteration is one ruin and recreate."""
    if instance.n_clients == 0:
        return Answer(Solution(), 0, bound=0.0)
    asked = model(instance)
    routes = _given(asked, instance, initial_solution) or start_routes(asked, seed)
    session = Session(asked, seed, max_routes(asked, routes))
    session.load(routes)
    _report(monitor, session, 0)
    done = _anneal(session, monitor)
    return Answer(as_solution(instance, asked, session.best_routes()), done)


def max_routes(asked: Model, routes: Routes) -> int:
    """Room for routes beyond those there are."""
    return min(asked.problem.fleet, len(routes) + max(10, len(routes) // 3))


def _anneal(session: Session, monitor: Monitor) -> int:
    pace = Pace(monitor)
    cooling = Cooling()
    unit = mean_arc(session)
    n_clients = session.model.n_nodes - 1
    done = 0
    best = session.best_total
    while not monitor.done(done):
        done += pace.run(session, done, unit * cooling.at(elapsed(monitor, done, n_clients)))
        if session.best_total < best:
            best = session.best_total
            _report(monitor, session, done)
    return done


def _report(monitor: Monitor, session: Session, iterations: int) -> None:
    if session.is_complete:
        monitor.improved(session.model.reported(session.best_total), iterations)


def _given(asked: Model, instance: Instance, solution: Solution | None) -> Routes | None:
    """The routes of a start, if it is feasible."""
    from routewright.data.check import check

    if solution is None or check(instance, solution):
        return None
    return [asked.numbers(route.stops) for route in solution if len(route)]


def as_solution(instance: Instance, asked: Model, routes: Routes) -> Solution:
    """The answer in the words of data/."""
    plain = [asked.nodes[route].tolist() for route in routes]
    served = {node for route in plain for node in route}
    left_out = [node for node in instance.clients if node not in served and not instance.required[node]]
    return Solution.from_routes(plain, left_out)
