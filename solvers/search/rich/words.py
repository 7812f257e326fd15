"""Sequences of visits in the words of data/, and back."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.solvers.search.kernel.walk import rules as columns
from routewright.solvers.search.rich.session import Model, Session
from routewright.solvers.search.rich.visits import Visits

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]


class Tour(NamedTuple):
    """Visits of a route, and its vehicle."""

    visits: Int64
    kind: int


def tours(flat: Int64) -> list[Tour]:
    """Routes of a flat array, in which -1 less its kind stands after each."""
    ends = np.flatnonzero(flat < 0)
    parts = np.split(flat, ends + 1)[:-1]
    return [Tour(part[:-1], -1 - int(part[-1])) for part in parts]


def joined(routes: Sequence[Tour]) -> Int64:
    """The flat array of routes."""
    return np.array([node for tour in routes for node in (*tour.visits.tolist(), -1 - tour.kind)], dtype=np.int64)


def solution_of(session: Session, flat: Int64) -> Solution:
    """What the kernel found, with what it decided on the way."""
    model = session.model
    routes = tuple(_route(session, tour) for tour in tours(flat))
    served = {node for route in routes for node in route.stops}
    instance = model.instance
    return Solution(routes, tuple(c for c in instance.clients if c not in served and not instance.required[c]))


def _route(session: Session, tour: Tour) -> Route:
    model = session.model
    vehicle = model.instance.vehicle_types[tour.kind]
    trips: list[list[int]] = [[]]
    reloads, charges = [], []
    for node, event, energy in session.trace(tour.kind, tour.visits):
        if event == columns.RELOADING:
            reloads.append(node)
            trips.append([])
        elif event == columns.CHARGING:
            charges.append(energy)
            trips[-1].append(node)
        elif event == columns.VISIT and (not trips[-1] or trips[-1][-1] != node):
            trips[-1].append(node)
    return Route(
        tuple(map(tuple, trips)),
        tour.kind,
        reloads=tuple(reloads),
        quantities=_quantities(model, trips, tour.visits) if model.visits.are_pieces else None,
        charges=tuple(charges) if vehicle.battery is not None and charges else None,
    )


def _quantities(model: Model, trips: list[list[int]], visits: Int64) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Load handled at each stop: all pieces of a client on this route together."""
    instance = model.instance
    whole = np.where(instance.delivery > 0, instance.delivery, instance.pickup)
    share = np.zeros(instance.n_nodes)
    np.add.at(share, model.visits.place[visits], model.visits.share[visits])
    handled = whole * share[:, None]
    nearest = np.rint(handled)
    handled = np.where(np.abs(handled - nearest) < 1e-9 * np.maximum(1.0, nearest), nearest, handled)
    return tuple(tuple(tuple(handled[node].tolist()) for node in trip) for trip in trips)


def flat_of(instance: Instance, visits: Visits, routes: Sequence[Route]) -> Int64:
    """Given routes as sequences of visits; how they reload and charge is decided anew."""
    found = [
        Tour(
            np.array([visits.first_of[node] for node in route.stops if node in instance.clients], dtype=np.int64),
            route.vehicle_type,
        )
        for route in routes
    ]
    return joined([tour for tour in found if len(tour.visits)])
