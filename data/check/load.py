"""What is on board (rules 5 to 7) and what is handled where visits are split (rule 2)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from routewright.data.check.precision import Precision
from routewright.data.check.tour import Tour
from routewright.data.check.violation import Violation
from routewright.data.instance import Instance

Floats = NDArray[np.float64]


class Loads:
    """Deliveries and pickups of every visit, quantities applied."""

    def __init__(self, instance: Instance, precision: Precision) -> None:
        self._instance, self._precision = instance, precision
        self._whole: Floats = np.where(instance.delivery > 0, instance.delivery, instance.pickup)
        self._mate = dict(instance.pairs.tolist()) | {b: a for a, b in instance.pairs.tolist()}
        self._second = {second for _, second in instance.pairs.tolist()}
        self._delivers = (instance.delivery > 0).sum(axis=1) > 0
        self._collects = (instance.pickup > 0).sum(axis=1) > 0

    def shares(self, tour: Tour) -> tuple[list[Floats] | None, list[Violation]]:
        """Quantities handled at the stops of each trip [stops, K]; None where their form is wrong."""
        given = tour.route.quantities
        if given is None:
            return [self._default(trip) for trip in tour.route.trips], []
        fault = self._misshapen(tour)
        if fault:
            return None, [tour.violation("quantity", fault)]
        width = self._instance.n_loads
        return [np.array(rows, dtype=np.float64).reshape(len(rows), width) for rows in given], []

    def _default(self, trip: tuple[int, ...]) -> Floats:
        whole: Floats = self._whole[list(trip)]
        whole[[node not in self._instance.clients for node in trip]] = 0.0
        return whole

    def _misshapen(self, tour: Tour) -> str | None:
        trips, given, width = tour.route.trips, tour.route.quantities or (), self._instance.n_loads
        if len(given) != len(trips):
            return f"quantities are given for {len(given)} trips, it makes {len(trips)}"
        for number, (trip, rows) in enumerate(zip(trips, given, strict=True)):
            try:
                table = np.array(rows, dtype=np.float64)
            except (TypeError, ValueError):
                return f"quantities of trip {number} are not a table of numbers"
            if trip and table.shape != (len(trip), width):
                return f"quantities of trip {number} have shape {table.shape}, must be ({len(trip)}, {width})"
            if not np.isfinite(table).all() or (table < 0).any():
                return f"quantities of trip {number} must be finite and >= 0"
        return None

    def check_trips(self, tour: Tour, shares: list[Floats]) -> Iterator[Violation]:
        """Capacity, pairs and backhaul of each trip of a tour."""
        for number, (trip, handled) in enumerate(zip(tour.route.trips, shares, strict=True)):
            yield from self._capacity(tour, number, trip, handled)
            if self._mate:
                yield from self._pairs(tour, number, trip, handled)
            if self._instance.backhaul == "classic":
                yield from self._backhaul(tour, number, trip)

    def _capacity(self, tour: Tour, number: int, trip: tuple[int, ...], handled: Floats) -> Iterator[Violation]:
        delivery, pickup = self._moved(trip, handled)
        mates = np.array([node in self._second for node in trip], dtype=bool)
        at_start = delivery[~mates].sum(axis=0)
        # On board when leaving the depot and each stop; a stop unloads before it loads, so that
        # the load between the two is never the highest.
        on_board = np.vstack([at_start, at_start + np.cumsum(pickup - delivery, axis=0)])
        for dimension, (capacity, loads) in enumerate(zip(tour.vehicle.capacity, on_board.T, strict=False)):
            peak = int(loads.argmax())
            load = float(loads[peak])
            if self._precision.above(load, capacity):
                place = f"after node {trip[peak - 1]}" if peak else "when leaving the depot"
                message = (
                    f"trip {number} carries {load:.12g} of load {dimension} {place}, its capacity is {capacity:.12g}"
                )
                yield tour.violation("capacity", message, trip[peak - 1] if peak else None)

    def _moved(self, trip: tuple[int, ...], handled: Floats) -> tuple[Floats, Floats]:
        nodes = list(trip)
        delivery, pickup = self._instance.delivery[nodes], self._instance.pickup[nodes]
        brings = delivery > 0
        beside = pickup * handled / np.where(brings, delivery, 1.0)  # in proportion to the delivery
        return np.where(brings, handled, 0.0), np.where(brings, beside, handled)

    def _pairs(self, tour: Tour, number: int, trip: tuple[int, ...], handled: Floats) -> Iterator[Violation]:
        place = {node: position for position, node in enumerate(trip)}
        delivery, pickup = self._moved(trip, handled)
        for node, position in place.items():
            mate = self._mate.get(node)
            if mate is None:
                continue
            if mate not in place:
                yield tour.violation("pair", f"trip {number} visits node {node} without its mate {mate}", node)
            elif node in self._second:
                if position < place[mate]:
                    yield tour.violation("pair", f"trip {number} visits node {node} before its pickup {mate}", node)
                elif not all(map(self._precision.equal, delivery[position], pickup[place[mate]])):
                    message = f"trip {number} delivers {delivery[position]} at node {node}"
                    yield tour.violation("pair", f"{message}, but picks up {pickup[place[mate]]} at {mate}", node)

    def _backhaul(self, tour: Tour, number: int, trip: tuple[int, ...]) -> Iterator[Violation]:
        clients = [node for node in trip if node in self._instance.clients]
        collected = None
        for node in clients:
            if self._delivers[node] and collected is not None:
                message = f"trip {number} delivers to client {node} after the pickup at {collected}"
                yield tour.violation("backhaul", message, node)
                return
            if self._collects[node]:
                collected = node
        if collected is not None and not any(self._delivers[node] for node in clients):
            yield tour.violation("backhaul", f"trip {number} has pickups only, such as client {collected}", collected)

    def check_totals(self, handled: Iterable[tuple[Tour, list[Floats]]], skip: set[int]) -> Iterator[Violation]:
        """Whether quantities add up to the load of every client but those of ``skip``."""
        totals: dict[int, Floats] = defaultdict(lambda: np.zeros(self._instance.n_loads))
        for tour, shares in handled:
            if tour.route.quantities is None and not self._instance.split:
                continue  # whole loads by definition
            for trip, table in zip(tour.route.trips, shares, strict=True):
                for node, row in zip(trip, table, strict=True):
                    totals[node] = totals[node] + row
        for node, total in totals.items():
            wanted = self._whole[node] if node in self._instance.clients else np.zeros_like(total)
            if node not in skip and not all(map(self._precision.equal, total, wanted)):
                message = f"node {node}: quantities add up to {total}, its load is {wanted}"
                yield Violation("quantity", message, node=node)
