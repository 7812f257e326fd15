"""Rests of drivers.

The library places a break anywhere between the visits of two nodes, during travel too. Ours are held
at stops: before the way to the next one, or on arrival there, before the service. So each way is
told to come wholly before a break or wholly after it, and of two breaks before the first, after the
second or between them.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from routewright.data.vehicle import Break
from routewright.solvers.ortools.times import services

if TYPE_CHECKING:
    from routewright.solvers.ortools.model import Model


class Rest(NamedTuple):
    """When a break begins and ends: the horizon and 0 where it is not held."""

    begin: Any
    end: Any


def add_breaks(model: "Model", time: Any, horizon: int) -> None:
    """The breaks of all vehicles."""
    waits = _services(model)
    for number, index in enumerate(model.vehicles):
        pauses = model.instance.vehicle_types[index].breaks
        if not pauses:
            continue
        intervals = [_interval(model, time, number, rest, horizon) for rest in pauses]
        time.SetBreakIntervalsOfVehicle(intervals, number, waits)
        rests = [Rest(interval.SafeStartExpr(horizon), interval.SafeEndExpr(0)) for interval in intervals]
        for first, second in pairwise(rests):
            model.routing.solver().Add(first.end <= second.begin)
        _keep_off_the_road(model, time, number, waits, rests)


def _services(model: "Model") -> list[int]:
    """By index."""
    times = services(model)
    found = [0] * (model.routing.Size() + len(model.vehicles))
    for node, index in model.index.items():
        found[index] = int(times[node])
    return found


def _interval(model: "Model", time: Any, number: int, rest: Break, horizon: int) -> Any:
    """The break, within the route; it is not needed where the route ends before it begins."""
    routing, solver, scaling = model.routing, model.routing.solver(), model.scaling
    first, last = time.CumulVar(routing.Start(number)), time.CumulVar(routing.End(number))
    used = solver.IsDifferentCstVar(routing.NextVar(routing.Start(number)), routing.End(number))
    opens, closes = (int(bound) for bound in scaling.span(rest.earliest, rest.latest))
    length = int(scaling.later(rest.duration))
    interval = solver.FixedDurationIntervalVar(opens, min(closes, horizon), length, True, f"break {number}")
    held = interval.PerformedExpr()
    solver.Add(held <= used)
    solver.Add(held + solver.IsLessCstVar(last, opens) >= used)
    solver.Add(interval.SafeStartExpr(horizon) >= first)
    solver.Add(interval.SafeEndExpr(0) <= last)
    return interval


def _keep_off_the_road(model: "Model", time: Any, number: int, waits: list[int], rests: list[Rest]) -> None:
    """No way of the vehicle goes on during a rest, and none is held at the end depot.

    The arrival at the next node is told by itself, not as a sum: or the library would find out its
    earliest time by trying one instant after the other.
    """
    routing, solver = model.routing, model.routing.solver()
    times = [time.CumulVar(index) for index in range(len(waits))]
    for index in [routing.Start(number), *model.index.values()]:
        elsewhere = solver.IsDifferentCstVar(routing.VehicleVar(index), number)
        goes_on = solver.IsDifferentCstVar(routing.NextVar(index), routing.End(number))
        way = time.FixedTransitVar(index) - waits[index]
        arrives = solver.Element(times, routing.NextVar(index))
        earliest = time.CumulVar(index) + time.FixedTransitVar(index)
        follows = [solver.IsLessOrEqualVar(rest.end + way, arrives) for rest in rests]
        precedes = [solver.IsGreaterOrEqualVar(rest.begin, earliest) for rest in rests]
        for before, after in zip(precedes, follows, strict=True):
            solver.Add(elsewhere + before + after >= 1)
            solver.Add(elsewhere + after + goes_on >= 1)
        for position, (first, second) in enumerate(pairwise(rests)):
            between = solver.IsLessOrEqualVar(first.end + way, second.begin)
            solver.Add(elsewhere + precedes[position] + follows[position + 1] + between >= 1)
