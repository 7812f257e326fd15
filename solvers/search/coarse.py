"""Large instances, first pass: anneal segments of routes, each as if it were one client.

A few clients that follow each other move as one, in their order. So a third of the nodes and routes a
third as long stand for the instance, moves reach three times as far, and the coarse structure (which
routes collect on their way out, which drive straight to the far end) settles in seconds. Annealing
single clients mends the rest. Multilevel refinement is from Walshaw 2002, Operations Research 50(5).
"""

from math import ceil, inf
from typing import NamedTuple

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Cooling, Pace, Span, mean_arc
from routewright.solvers.search.flat import joined, split
from routewright.solvers.search.kernel.model import FAR, Int64, Problem
from routewright.solvers.search.model import Model, is_timed
from routewright.solvers.search.nearness import along_a_tour, neighbours
from routewright.solvers.search.session import begun
from routewright.solvers.search.units import units
from routewright.solvers.search.whole import Whole
from routewright.solvers.stop import Stop

SEGMENT = 3
"""Clients of a segment. With more, full vehicles leave no room for any change."""
REGION = 12_000
"""Clients whose segments are annealed together, about."""
LEAST_ROUTE = 20
"""Mean clients of a route. Where routes are shorter, single clients settle the structure as fast."""
SHARE = 0.3
"""Of the run."""
COOLING = Cooling(hot=2.0, cold=0.02)
"""In mean arcs between segments."""
LEAST_SECONDS = 0.002
"""Per segment: with less time nothing would settle."""
LEAST_ITERATIONS = 300
"""The same where only iterations count."""
ENDLESS_ITERATIONS = 1_000
"""Per segment where nothing limits the run."""


class Segments(NamedTuple):
    """Routes cut into segments."""

    parts: list[Int64]  # the clients of each
    routes: list[list[int]]  # numbers of parts


def pays(whole: Whole, stop: Stop) -> bool:
    """Whether a run has the time, and the instance the routes, for a coarse pass.

    Without an improvement in sight for long, a limit on iterations without one would end the run.
    """
    clients = whole.instance.n_clients
    limited = is_timed(whole.instance) or whole.instance.vehicle_types[0].max_distance < inf
    if limited or clients < LEAST_ROUTE * len(whole.routes) or stop.no_improvement is not None:
        return False
    segments = clients / SEGMENT
    seconds_suffice = stop.seconds * SHARE >= LEAST_SECONDS * segments
    iterations_suffice = stop.iterations is None or stop.iterations * SHARE >= LEAST_ITERATIONS * segments
    return seconds_suffice and iterations_suffice


def anneal_segments(whole: Whole, monitor: Monitor, pace: Pace, random: np.random.Generator) -> int:
    """Change the routes of ``whole`` from hot to cold, region after region; they may end dearer.

    Returns:
        Iterations done.
    """
    regions = ceil(whole.instance.n_clients / REGION)
    first = monitor.share(0)
    done = 0
    for count, (numbers, _) in zip(range(1, regions + 1), whole.cover(REGION, random), strict=False):
        if monitor.done(done):
            break
        span = Span(monitor, done, end=first + (SHARE - first) * count / regions)
        done += _anneal(whole, numbers, span, monitor, pace, random, done)
    return done


def _anneal(
    whole: Whole,
    numbers: Int64,
    span: Span,
    monitor: Monitor,
    pace: Pace,
    random: np.random.Generator,
    before: int,
) -> int:
    segments = cut([whole.routes[number] for number in numbers], random)
    count = whole.instance.vehicle_types[0].count
    fleet = len(segments.parts) if count is None else len(numbers) + count - len(whole.routes)
    part = coarse_model(whole.instance, segments.parts, fleet)
    plain = [part.numbers(route) for route in segments.routes]
    session = begun(part, int(random.integers(1 << 31)), joined(plain))
    unit = mean_arc(session)
    endless = ENDLESS_ITERATIONS * len(segments.parts)
    done = 0
    while not monitor.done(before + done) and (share := span.share(before + done, endless)) < 1.0:
        done += pace.run(session, before + done, unit * COOLING.at(share))
    found = [[segments.parts[part.nodes[number] - 1] for number in route] for route in split(session.current_flat())]
    whole.replace(numbers, [np.concatenate(route) for route in found])
    return done


def cut(routes: list[Int64], random: np.random.Generator) -> Segments:
    """Cut routes into segments of one to five clients; a shorter route is one segment."""
    parts: list[Int64] = []
    numbers = []
    for route in routes:
        count = max(1, round(len(route) / SEGMENT))
        ends = SEGMENT * np.arange(1, count) + random.integers(-1, 2, count - 1)
        pieces = np.split(route, ends)
        numbers.append(list(range(len(parts) + 1, len(parts) + len(pieces) + 1)))
        parts += pieces
    return Segments(parts, numbers)


def coarse_model(instance: Instance, parts: list[Int64], fleet: int) -> Model:
    """A model whose clients are segments, numbered from 1 as the nodes of the model.

    What is driven inside a segment is work, not cost: it never changes, and recreate gives up the
    earlier the less of the cost is still to come.
    """
    vehicle = instance.vehicle_types[0]
    first = np.array([0, *(part[0] for part in parts)])
    last = np.array([0, *(part[-1] for part in parts)])
    between = instance.distance(last[:, None], first[None, :], vehicle.profile).copy()
    if vehicle.end is None:
        between[:, 0] = 0.0
    unit = units(instance, float(between.max()))
    part_of = np.repeat(np.arange(len(parts)) + 1, [len(part) for part in parts])
    order = np.concatenate(parts)
    within = part_of[1:] == part_of[:-1]
    arcs = unit.arc.up(instance.distance(order[:-1], order[1:], vehicle.profile))

    def summed(values: Int64, owner: Int64) -> Int64:
        return np.bincount(owner, weights=values, minlength=len(parts) + 1).astype(np.int64)

    inside = summed(arcs[within], part_of[1:][within])
    tour = along_a_tour(between + between.T)
    cost = unit.arc.up(between)[np.ix_(tour, tour)].astype(np.int32)
    problem = Problem(
        cost=cost,
        cost_in=np.ascontiguousarray(cost.T),
        near=neighbours(cost + cost.T),
        load=summed(unit.load.up(instance.delivery[order, 0]), part_of)[tour],
        work=(inside + summed(unit.arc.up(instance.service[order]), part_of))[tour],
        prize=np.full(len(tour), FAR),
        capacity=unit.load.limit(float(instance.capacities[0, 0])),
        longest=FAR,
        busiest=unit.arc.limit(vehicle.max_duration),
        fixed=round(vehicle.fixed_cost * unit.arc.factor / vehicle.distance_cost),
        fleet=max(1, min(fleet, len(parts))),
        first=1,
    )
    return Model(problem, tour, None, vehicle.distance_cost / unit.arc.factor, instance.scale)
