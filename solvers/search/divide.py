"""Large instances: anneal one region after the other, so that no matrix of all nodes is needed.

A region is a set of neighbouring routes. Its part of the instance is searched like a small instance
at the temperature of the whole, and its routes go back into the whole. Where time allows, a coarse
pass goes first.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from routewright.data.distance import between
from routewright.data.instance import Instance
from routewright.solvers.monitor import Monitor
from routewright.solvers.search import coarse
from routewright.solvers.search.anneal import Cooling, Pace, Span, mean_arc
from routewright.solvers.search.flat import joined, split
from routewright.solvers.search.kernel.model import Int64
from routewright.solvers.search.model import Model, is_timed, model
from routewright.solvers.search.nearness import near_clients, pieces
from routewright.solvers.search.polish import polish
from routewright.solvers.search.savings import saving_routes
from routewright.solvers.search.session import begun
from routewright.solvers.search.start import start_routes
from routewright.solvers.search.units import units
from routewright.solvers.search.whole import Whole

WHOLE_LIMIT = 2_000
"""Up to so many clients an instance is searched as a whole."""
REGION = 1_200
"""Clients of a region, about."""
VISITS = 5.0
"""How often a run comes by each client, about."""
SHORTEST_VISIT = 0.2
"""Seconds in a region: less would not pay for its matrix."""
FIXED_VISIT = 20_000
"""Iterations in a region where only iterations count."""
LARGE_COOLING = Cooling(hot=0.1, cold=0.02)
"""A large instance has too little time to melt its start."""
CYCLE = 5_000
"""Iterations per client of one cooling, where neither time nor iterations are limited."""
GREEDY_SHARE = 0.9
"""From this share of the budget on a region hands back its best solution instead of its current one."""


class Team(NamedTuple):
    """What threads need."""

    paces: list[Pace]  # of each thread
    random: np.random.Generator


def search(
    instance: Instance, start: list[list[int]], monitor: Monitor, seed: int, threads: int = 1
) -> tuple[list[Int64], int]:
    """Anneal region by region until ``monitor.done``, in each thread another one.

    Returns:
        (routes, iterations of the first thread).
    """
    random = np.random.default_rng(seed)
    team = Team([Pace(monitor) for _ in range(threads)], random)
    whole = Whole(instance, [np.array(route) for route in start] or _start(instance, monitor, seed))
    best = whole.copy()
    done = 0
    if not start and coarse.pays(whole, monitor.stop):
        _report(monitor, best, done)
        done = coarse.anneal_segments(whole, monitor, team.paces[0], random)
    _polish_everywhere(whole, monitor, random, done)
    best = _better(whole, best, monitor, done)
    span = Span(monitor, done)
    while not monitor.done(done):
        done += _visit(whole, monitor, team, span, done)
        best = _better(whole, best, monitor, done)
    return best.routes, done


def _better(whole: Whole, best: Whole, monitor: Monitor, done: int) -> Whole:
    """A copy of ``whole`` if that is the best so far, or the best before."""
    found = whole.copy() if whole.rank < best.rank else best
    _report(monitor, found, done)
    return found


def _start(instance: Instance, monitor: Monitor, seed: int) -> list[Int64]:
    vehicle = instance.vehicle_types[0]
    if is_timed(instance) or instance.distances is not None or instance.coords is None:
        return first_routes(instance, monitor, seed)
    corners = np.array([instance.coords.min(axis=0), instance.coords.max(axis=0)])
    unit = units(instance, float(between(corners[0], corners[1], instance.metric, instance.rounding)))
    routes = saving_routes(
        near=near_clients(instance),
        arc=lambda i, j: unit.arc.up(instance.distance(i, j)),
        load=unit.load.up(instance.delivery[:, 0]),
        work=unit.arc.up(instance.service),
        capacity=unit.load.limit(float(instance.capacities[0, 0])),
        longest=unit.arc.limit(vehicle.max_distance),
        busiest=unit.arc.limit(vehicle.max_duration),
        fixed=round(unit.arc.factor * vehicle.fixed_cost / vehicle.distance_cost),
    )
    if vehicle.count is not None and len(routes) > vehicle.count:
        return first_routes(instance, monitor, seed)
    return [np.array(route) for route in routes]


def first_routes(instance: Instance, monitor: Monitor, seed: int) -> list[Int64]:
    """Start routes of each piece of the plane by itself."""
    routes: list[Int64] = []
    left = instance.vehicle_types[0].count
    for clients in pieces(instance, np.asarray(instance.clients)):
        if monitor.done(0) and routes:
            # Out of time: what is left stays unserved rather than breaking the limit.
            break
        part = model(instance, clients)
        fleet = part.problem.fleet if left is None else min(part.problem.fleet, left - len(routes))
        if fleet < 1:
            break
        part = _with_fleet(part, fleet)
        routes += [part.nodes[route] for route in start_routes(part, seed)]
    return routes


def _polish_everywhere(whole: Whole, monitor: Monitor, random: np.random.Generator, done: int) -> None:
    for numbers, unserved in whole.cover(REGION, random):
        if monitor.done(done):
            return
        part = _part(whole, numbers, unserved)
        routes = polish(part, [part.numbers(whole.routes[n].tolist()) for n in numbers], int(random.integers(1 << 31)))
        whole.replace(numbers, [part.nodes[route] for route in routes])


def _part(whole: Whole, numbers: Int64, unserved: Int64, *, spare: bool = True) -> Model:
    """The model of the clients of a region, with the vehicles that are left if ``spare``."""
    part = model(whole.instance, np.concatenate([*(whole.routes[number] for number in numbers), unserved]))
    count = whole.instance.vehicle_types[0].count
    if count is not None:
        left = count - len(whole.routes) if spare else 0
        part = _with_fleet(part, min(part.problem.fleet, len(numbers) + left))
    return part


class _Region(NamedTuple):
    """Neighbouring routes, as an instance of their own."""

    numbers: Int64  # of the routes
    part: Model
    seed: int


def _regions(whole: Whole, random: np.random.Generator, count: int) -> list[_Region]:
    """One around a random client; more of them, for as many threads, where they share no route."""
    found: list[_Region] = []
    taken: set[int] = set()
    for _ in range(count):
        numbers, unserved = whole.region(int(random.choice(np.asarray(whole.instance.clients))), REGION)
        if taken.isdisjoint(numbers.tolist()) and not (found and len(unserved)):
            part = _part(whole, numbers, unserved, spare=not found)
            found.append(_Region(numbers, part, int(random.integers(1 << 31))))
            taken.update(numbers.tolist())
    return found


def _visit(whole: Whole, monitor: Monitor, team: Team, span: Span, done: int) -> int:
    """Anneal one region in each thread and put their routes back; iterations of the first one."""

    def anneal(region: _Region, pace: Pace) -> tuple[list[Int64], int]:
        return _anneal(whole, region, monitor, pace, span, done)

    regions = _regions(whole, team.random, len(team.paces))
    if len(regions) == 1:
        found = [anneal(regions[0], team.paces[0])]
    else:
        with ThreadPoolExecutor(len(regions)) as executor:
            found = list(executor.map(anneal, regions, team.paces))
    numbers = np.concatenate([region.numbers for region in regions])
    whole.replace(numbers, [route for routes, _ in found for route in routes])
    return found[0][1]


def _anneal(
    whole: Whole, region: _Region, monitor: Monitor, pace: Pace, span: Span, done: int
) -> tuple[list[Int64], int]:
    """Routes of a region annealed at the temperature of the whole, and iterations."""
    instance, part = whole.instance, region.part
    plain = [part.numbers(whole.routes[number].tolist()) for number in region.numbers]
    session = begun(part, region.seed, joined(plain))
    unit = mean_arc(session)
    cycle = CYCLE * instance.n_clients
    iterations = 0
    began = time.perf_counter()
    while not monitor.done(done + iterations):
        share = _cyclic(span.share(done + iterations, cycle))
        iterations += pace.run(session, done + iterations, unit * LARGE_COOLING.at(share))
        if _is_over(monitor, pace, began, iterations, instance.n_clients):
            break
    late = monitor.done(done + iterations) or _cyclic(span.share(done + iterations, cycle)) >= GREEDY_SHARE
    flat = session.best_flat if late else session.current_flat()
    return [part.nodes[route] for route in split(flat)], iterations


def _cyclic(share: float) -> float:
    """An endless run begins again and again."""
    return share if share <= 1.0 else share % 1.0


def _is_over(monitor: Monitor, pace: Pace, began: float, iterations: int, n_clients: int) -> bool:
    if not pace.timed:
        return iterations >= FIXED_VISIT
    seconds = max(SHORTEST_VISIT, monitor.stop.seconds * REGION / (VISITS * n_clients))
    return time.perf_counter() - began >= seconds


def _with_fleet(part: Model, fleet: int) -> Model:
    return replace(part, problem=part.problem._replace(fleet=max(1, fleet)))


def _report(monitor: Monitor, whole: Whole, iterations: int) -> None:
    if whole.is_complete:
        monitor.improved(whole.cost / whole.instance.scale, iterations)
