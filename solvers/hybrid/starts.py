"""Where a search may start: routes made in several ways and polished, and how far apart they are."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.search.flat import joined, kinds, split
from routewright.solvers.search.kernel.model import Nodes
from routewright.solvers.search.model import Model
from routewright.solvers.search.polish import polish
from routewright.solvers.search.session import Session
from routewright.solvers.search.solver import as_flat, usable
from routewright.solvers.search.start import inserted, start_flat


class Opening(StrEnum):
    """A way to make routes."""

    POLICY = "policy"
    USUAL = "usual"  # how the search starts: savings, or insertion where windows or vehicles matter
    INSERTION = "insertion"


class Start(NamedTuple):
    """The best of some.

    Attributes:
        asked: the model.
        total: cost in whole units.
        flat: routes: clients, after each route the kind of its vehicle.
        apart: by how much the worst costs more, as a share; None for a single one.
    """

    asked: Model
    total: int
    flat: Nodes
    apart: float | None


def opened(
    instance: Instance, asked: Model, openings: Sequence[Opening], played: Solution | None, seed: int
) -> list[Nodes]:
    """Routes of each opening, a policy's where it served all; of the usual one where there would be none."""
    made: dict[Opening, Callable[[], Nodes | None]] = {
        Opening.POLICY: lambda: of_policy(instance, asked, played, seed),
        Opening.USUAL: lambda: start_flat(asked, seed),
        Opening.INSERTION: lambda: _polished(asked, inserted(asked, seed), seed),
    }
    found = [flat for flat in (made[each]() for each in openings) if flat is not None]
    return found or [start_flat(asked, seed)]


def of_policy(instance: Instance, asked: Model, played: Solution | None, seed: int) -> Nodes | None:
    """A policy's routes, polished; None where one of them is of no use."""
    if played is None or not complete(instance, played):
        return None
    routes = usable(instance, played)
    return None if routes is None else _polished(asked, as_flat(asked, routes), seed)


def complete(instance: Instance, played: Solution) -> bool:
    """Whether a policy served all that must be served, within all limits by the judge's sums."""
    from routewright.data.check import check
    from routewright.solvers.neural.finds import surely_kept  # torch

    if instance.required[list(played.unserved)].any():
        return False
    return surely_kept(instance) or not check(instance, played)


def best_of(asked: Model, flats: Iterable[Nodes]) -> Start:
    """The one that costs least, the first of equals."""
    found = [(_total(asked, flat), flat) for flat in flats]
    totals = [total for total, _ in found]
    best = totals.index(min(totals))
    apart = (max(totals) - totals[best]) / max(totals[best], 1) if len(found) > 1 else None
    return Start(asked, *found[best], apart)


def _polished(asked: Model, flat: Nodes, seed: int) -> Nodes:
    """The general family has no polish."""
    return flat if asked.fleet is not None else joined(polish(asked, split(flat), seed))


def _total(asked: Model, flat: Nodes) -> int:
    session = Session(asked, 0, max(1, len(kinds(flat, asked.first))), remember=False)
    session.load_flat(flat)
    return session.total
