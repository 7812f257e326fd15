"""One route timed the slow way: every departure and break place tried, travel second by second.

It shares no code with the evaluator; docs/problem.md is all it knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import inf
from typing import NamedTuple

import numpy as np

from routewright.data import Instance, Route, VehicleType

DUST = 1e-9  # rounding of times that meet a closing exactly, where speeds make them fractions


class Outcome(NamedTuple):
    """A route that breaks no limit, ordered as the page prefers them."""

    cost: float
    departure: float
    end: float


@dataclass(frozen=True)
class Oracle:
    """Times single-trip routes of the first vehicle type between depots 0."""

    instance: Instance
    trip: tuple[int, ...]

    @cached_property
    def windows(self) -> list[list[tuple[float, float]]]:
        return [list(map(tuple, node)) for node in self.instance.windows.tolist()]

    @cached_property
    def service(self) -> list[float]:
        return list(self.instance.service.tolist())

    @cached_property
    def lateness_cost(self) -> list[float]:
        return list(self.instance.lateness_cost.tolist())

    @cached_property
    def travel(self) -> list[list[float]]:
        nodes = np.arange(self.instance.n_nodes)
        return [list(row) for row in self.instance.duration(nodes[:, None], nodes[None, :]).tolist()]

    @cached_property
    def periods(self) -> list[tuple[float, float, float]]:
        """(start, end, factor)."""
        rows = [] if self.instance.speed_periods is None else self.instance.speed_periods.tolist()
        ends = [start for start, _ in rows[1:]] + [inf]
        return [(start, end, factor) for (start, factor), end in zip(rows, ends, strict=False)]

    @property
    def vehicle(self) -> VehicleType:
        return self.instance.vehicle_types[0]

    def best(self, departures: Iterator[float] | list[float]) -> Outcome | None:
        """The least (cost, departure, end) over ``departures`` and all places of the breaks."""
        outcomes = [
            outcome
            for departure in departures
            for places in self._placements()
            if (outcome := self.run(departure, places)) is not None
        ]
        return min(outcomes, default=None)

    def _placements(self) -> Iterator[tuple[int | None, ...]]:
        """A slot for each break: 0 at the depot, then before and after each service; None is left out."""
        slots = [None, *range(2 * len(self.trip) + 1)]
        for places in product(slots, repeat=len(self.vehicle.breaks)):
            used = [place for place in places if place is not None]
            if used == sorted(used):
                yield places

    def run(self, departure: float, places: tuple[int | None, ...] = ()) -> Outcome | None:
        """The route from ``departure``, or None where it breaks a limit of time."""
        route = [self.vehicle.start, *self.trip, *([] if self.vehicle.end is None else [self.vehicle.end])]
        clock: float | None = self._rest(departure, 0, places)
        lateness = 0.0
        for index, node in enumerate(route[1:], 1):
            if clock is None:
                return None
            clock = self._drive(clock, self.travel[route[index - 1]][node])
            is_stop = node != 0
            clock = self._rest(clock, 2 * index - 1, places) if is_stop else clock
            if clock is None:
                return None
            begin, late = self._serve(clock, node, is_stop)
            price = self.lateness_cost[node]
            if late and price == inf:
                return None
            lateness += late * price if late else 0.0
            clock = begin + (self.service[node] if is_stop else 0.0)
            clock = self._rest(clock, 2 * index, places) if is_stop else clock
        return None if clock is None else self._price(departure, clock, lateness, places)

    def _rest(self, clock: float | None, slot: int, places: tuple[int | None, ...]) -> float | None:
        for place, rest in zip(places, self.vehicle.breaks, strict=False):
            if place == slot and clock is not None:
                start = max(clock, rest.earliest)
                clock = start + rest.duration if start <= rest.latest else None
        return clock

    def _serve(self, clock: float, node: int, is_stop: bool) -> tuple[float, float]:
        windows = self.windows[node]
        last = max(closing for _, closing in windows)
        if clock > last + DUST:
            return clock, clock - last
        if not is_stop:
            return clock, 0.0
        return min(max(clock, opening) for opening, closing in windows if clock <= closing + DUST), 0.0

    def _drive(self, clock: float, plain: float) -> float:
        if not self.periods:
            return clock + plain
        while plain > 1e-12:  # period by period, Ichoua et al. 2003, figure 1
            factor, until = next((factor, end) for _, end, factor in self.periods if clock < end)
            step = min(plain, (until - clock) * factor)
            clock = until if step < plain else clock + step / factor
            plain -= step
        return clock

    def _price(self, departure: float, end: float, lateness: float, places: tuple[int | None, ...]) -> Outcome | None:
        vehicle = self.vehicle
        duration = end - departure
        needed = [rest.earliest <= end for rest in vehicle.breaks]
        if any(need and place is None for need, place in zip(needed, places, strict=False)):
            return None
        if end > vehicle.shift[1] + DUST or duration > vehicle.max_duration + vehicle.max_overtime + DUST:
            return None
        over = max(0.0, duration - vehicle.max_duration)
        return Outcome(lateness + vehicle.duration_cost * duration + vehicle.overtime_cost * over, departure, end)

    def route(self, departure: float | None = None) -> Route:
        return Route((self.trip,), departure=departure)
