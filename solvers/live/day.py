"""A day's plan that is driven while clients call and cancel.

Stops that a vehicle has left, serves or is driving to stay as they are; everything after them may be planned anew,
within a second from the plan there is. Goods are alike: a vehicle on the road may serve a client it did not know when
it left, if it has room and the client's ``release`` was before it left.
"""

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np

from routewright.data.check import check
from routewright.data.errors import InstanceError, RoutewrightError, UnsupportedError
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.live.changes import Changes, changes
from routewright.solvers.live.remaining import NEUTRAL, OF_NODES, remaining
from routewright.solvers.live.under_way import under_way
from routewright.solvers.result import Result
from routewright.solvers.solve import solve
from routewright.solvers.start import check_start

SECONDS = 1.0
"""Of planning anew, if nothing else is said."""


class LiveDay:
    """A plan under way.

    >>> day = LiveDay(instance, rw.solve(instance).solution)  # doctest: +SKIP
    >>> day.now = 10 * 60  # doctest: +SKIP
    >>> new = day.add(coords=(3.0, 4.0), delivery=2, service=5)  # doctest: +SKIP
    >>> day.cancel(17)  # doctest: +SKIP
    >>> print(day.replan())  # doctest: +SKIP

    Attributes:
        instance: of the whole day, with those who called since; cancelled clients are optional and cost nothing.
        plan: that is followed.
        result: of the last planning; None before.

    Args:
        instance: of the day.
        plan: to begin with; it must keep all rules.
        now: raw time.

    Raises:
        UnsupportedError: for reloads, breaks, batteries, split deliveries, classic backhauls and the longest route as
            objective, of which a part that was driven says too little.
        InstanceError: if the plan breaks a rule, with the first one.
    """

    def __init__(self, instance: Instance, plan: Solution, now: float = -inf) -> None:
        reasons = _beyond(instance)
        if reasons:
            raise UnsupportedError(f"a live day does not know {', '.join(reasons)}")
        check_start(instance, plan)
        violations = check(instance, plan)
        if violations:
            raise InstanceError(f"the plan of the day cannot be driven: {violations[0]}")
        self.instance, self.plan = instance, plan
        self.result: Result | None = None
        self._now, self._cancelled = now, frozenset[int]()

    @property
    def now(self) -> float:
        """Raw time; it never goes back."""
        return self._now

    @now.setter
    def now(self, time: float) -> None:
        if not time >= self._now:
            raise RoutewrightError(f"now is {time:g}, must not be before {self._now:g}")
        self._now = time

    @property
    def driven(self) -> tuple[tuple[int, ...], ...]:
        """Of each route of the plan, the stops that stay as they are."""
        going, over, _ = under_way(self.instance, self.plan, self._now)
        fixed = {item.number: item.stops for item in going} | {
            number: self.plan.routes[number].stops for number in over
        }
        return tuple(fixed.get(number, ()) for number in range(len(self.plan)))

    def add(self, **fields: Any) -> int:
        """A client who called; its node. It is not in the plan before ``replan``.

        Args:
            fields: of the client: ``coords`` (x, y), and ``delivery``, ``pickup``, ``windows`` (opens, closes),
                ``service``, ``release``, ``required``, ``prize``, ``lateness_cost``, ``name`` where not neutral.

        Raises:
            UnsupportedError: if ways come from a matrix: give ``extend`` the larger instance.
            InstanceError: if a field is unknown or makes no sense.
        """
        if self.instance.distances is not None or self.instance.durations is not None:
            raise UnsupportedError("ways of this instance come from a matrix; give the larger instance to extend()")
        self.extend(_with_client(self.instance, fields))
        return self.instance.clients[-1]

    def extend(self, instance: Instance) -> None:
        """The same day with more clients, which come after those known.

        Raises:
            InstanceError: if known clients are not where they were.
        """
        known = self.instance.clients.stop
        if instance.depots != self.instance.depots or instance.clients.stop < known:
            raise InstanceError("extend: depots and known clients must be the first nodes of the larger instance")
        nodes = np.arange(known)
        old, new = (each.distance(nodes[:, None], nodes[None, :]) for each in (self.instance, instance))
        if not np.array_equal(old, new):
            raise InstanceError("extend: ways between known nodes are not what they were")
        self.instance = _not_asked_for(instance, self._cancelled)

    def cancel(self, client: int) -> None:
        """A client who does not want to be visited, who leaves the plan at once; with the other one of a pair.

        Raises:
            InstanceError: if it is no client, or a vehicle was there or is on its way.
        """
        if client not in self.instance.clients:
            raise InstanceError(f"cancel: node {client} is not a client")
        both = {client} | {node for pair in self.instance.pairs.tolist() if client in pair for node in pair}
        _, _, done = under_way(self.instance, self.plan, self._now)
        for node in sorted(both & done):
            raise InstanceError(
                f"cancel: client {self.instance.label(node)} was visited, or a vehicle is on its way there"
            )
        plan = _as_they_left(self.instance, self.plan, self._now)
        self._cancelled |= both
        self.instance = _not_asked_for(self.instance, self._cancelled)
        self.plan = _without(plan, both)

    def replan(self, *, time_limit: float = SECONDS, solver: str = "auto", seed: int = 0, threads: int = 1) -> Changes:
        """Plan what is left anew, from the plan there is; ``plan`` and ``result`` are the new ones.

        Args:
            time_limit: seconds from the call to the answer.
            solver: as in ``solve``.
            seed: of the random numbers.
            threads: to use.
        """
        before = self.plan
        try:
            rest = remaining(self.instance, before, self._now, self._cancelled)
        except InstanceError:  # no vehicle is left, or none with room for somebody
            return self._as_it_is(seed)
        found = solve(
            rest.instance, solver=solver, time_limit=time_limit, seed=seed, threads=threads, initial_solution=rest.start
        )
        after = rest.in_day(found.solution, before)
        judged = evaluate(self.instance, after)
        violations = tuple(check(self.instance, after, judged.cost))
        self.plan = after
        self.result = replace(
            found, instance=self.instance, solution=after, cost=judged.cost, feasible=not violations, bound=None,
            violations=violations, trajectory=(),
        )  # fmt: skip
        return changes(self.instance, before, after)

    def _as_it_is(self, seed: int) -> Changes:
        """Nothing can be planned anew: the plan, judged."""
        judged = evaluate(self.instance, self.plan)
        violations = tuple(check(self.instance, self.plan, judged.cost))
        self.result = Result(
            self.instance, self.plan, judged.cost, not violations, 0.0, 0.0, 0, (), None, seed, "none", "", violations
        )
        return changes(self.instance, self.plan, self.plan)


def _not_asked_for(instance: Instance, clients: frozenset[int]) -> Instance:
    """The instance with these clients optional, for nothing."""
    nodes = sorted(clients)
    required, prize, group = instance.required.copy(), instance.prize.copy(), instance.group.copy()
    required[nodes], prize[nodes], group[nodes] = False, 0.0, -1
    return instance.replace(required=required, prize=prize, group=group)


def _as_they_left(instance: Instance, plan: Solution, now: float) -> Solution:
    """The plan with the departures of vehicles that have left, whatever becomes of their later stops."""
    routes = list(plan.routes)
    for timed in evaluate(instance, plan).routes:
        if timed.departure < now:
            routes[timed.route] = replace(routes[timed.route], departure=timed.departure)
    return Solution(tuple(routes), plan.unserved)


def _beyond(instance: Instance) -> list[str]:
    types = instance.vehicle_types
    rules = {
        "reloads": any(vehicle.trip_limit > 1 for vehicle in types),
        "breaks": any(vehicle.breaks for vehicle in types),
        "batteries": any(vehicle.battery is not None for vehicle in types),
        "split deliveries": instance.split,
        "classic backhauls": instance.backhaul == "classic",
        "objective max_route": instance.objective == "max_route",
    }
    return [name for name, there in rules.items() if there]


def _without(plan: Solution, clients: set[int]) -> Solution:
    routes = tuple(
        replace(route, trips=tuple(tuple(node for node in trip if node not in clients) for trip in route.trips))
        for route in plan
    )
    return Solution(routes, (*plan.unserved, *clients))


def _with_client(instance: Instance, fields: dict[str, Any]) -> Instance:
    """One client more, after those known."""
    known = {*OF_NODES, "name"} - {"group"}
    for name in fields:
        if name not in known:
            raise InstanceError(f"add: a client has no field {name!r}; it has {', '.join(sorted(known))}")
    if "coords" not in fields:
        raise InstanceError("add: coords are missing: where the client is")
    values = NEUTRAL | {"required": True, "windows": (0.0, inf)} | fields
    label = str(values.pop("name", ""))
    at = instance.clients.stop
    arrays = {name: _inserted(name, getattr(instance, name), at, values[name]) for name in OF_NODES}
    names = instance.names and (*instance.names[:at], label, *instance.names[at:])
    if label and not names:
        names = (*("" for _ in range(at)), label, *("" for _ in instance.station_nodes))
    return instance.replace(**arrays, names=names)


def _inserted(name: str, table: Any, at: int, value: Any) -> Any:
    try:
        row = np.broadcast_to(np.asarray(value, dtype=table.dtype), table.shape[1:])
    except (TypeError, ValueError) as error:
        raise InstanceError(f"add: {name} is {value!r}, must be {table.shape[1:] or 'a number'}") from error
    return np.insert(table, at, row, axis=0)
