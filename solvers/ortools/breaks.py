"""The rest of a driver; one for each vehicle.

The library places a break anywhere between the visits of two nodes, during travel too. Ours is held
at a stop: before the way to the next one, or on arrival there, before the service. So each way is
told to come wholly before the break or wholly after it.
"""

from typing import TYPE_CHECKING, Any

from routewright.data.vehicle import Break
from routewright.solvers.ortools.times import services

if TYPE_CHECKING:
    from routewright.solvers.ortools.model import Model


def add_breaks(model: "Model", time: Any, horizon: int) -> None:
    """The breaks of all vehicles."""
    waits = _services(model)
    for number, index in enumerate(model.vehicles):
        for rest in model.instance.vehicle_types[index].breaks:  # one at most
            interval = _interval(model, time, number, rest, horizon)
            time.SetBreakIntervalsOfVehicle([interval], number, waits)
            _keep_off_the_road(model, time, number, waits, (interval.SafeStartExpr(horizon), interval.SafeEndExpr(0)))


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


def _keep_off_the_road(model: "Model", time: Any, number: int, waits: list[int], rest: tuple[Any, Any]) -> None:
    """No way of the vehicle goes on during the rest, and none is held at the end depot."""
    routing, solver = model.routing, model.routing.solver()
    begin, end = rest
    for index in [routing.Start(number), *model.index.values()]:
        elsewhere = solver.IsDifferentCstVar(routing.VehicleVar(index), number)
        leaves = time.CumulVar(index) + waits[index] + time.SlackVar(index)
        before = solver.IsLessOrEqualVar(end, leaves)
        after = solver.IsGreaterOrEqualVar(begin, time.CumulVar(index) + time.FixedTransitVar(index))
        goes_on = solver.IsDifferentCstVar(routing.NextVar(index), routing.End(number))
        solver.Add(elsewhere + before + after >= 1)
        solver.Add(elsewhere + before + goes_on >= 1)
