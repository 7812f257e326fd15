"""Which routes were begun, and where their vehicles are."""

from dataclasses import dataclass

from routewright.data.evaluate import evaluate
from routewright.data.evaluate.timetable import RouteTimetable
from routewright.data.instance import Instance
from routewright.data.solution import Solution


@dataclass(frozen=True)
class OnRoad:
    """A route that was begun and is not over.

    Attributes:
        number: in the plan.
        stops: that the vehicle has left, serves, or is driving to: they stay as they are.
        rest: that it would still visit.
        timed: its timetable.
    """

    number: int
    stops: tuple[int, ...]
    rest: tuple[int, ...]
    timed: RouteTimetable

    @property
    def free(self) -> float:
        """When it leaves the last of its stops."""
        return float(self.timed.columns.departure[len(self.stops)])

    @property
    def driven(self) -> float:
        """Distance until the last of its stops."""
        return float(self.timed.columns.distance[len(self.stops)])


def under_way(instance: Instance, plan: Solution, now: float) -> tuple[list[OnRoad], list[int], set[int]]:
    """Routes that were begun before ``now`` and go on, those that have left their last stop, and the clients of both.

    Returns:
        (routes, numbers of routes, clients of whom it is too late to think again).
    """
    going: list[OnRoad] = []
    over: list[int] = []
    done: set[int] = set()
    for timed in evaluate(instance, plan).routes:
        stops = plan.routes[timed.route].stops
        left = int((timed.columns.departure[: len(stops) + 1] < now).sum())  # positions that the vehicle has left
        done.update(stops[:left])
        if left > len(stops):
            over.append(timed.route)
        elif left:
            going.append(OnRoad(timed.route, stops[:left], stops[left:], timed))
    return going, over, done
