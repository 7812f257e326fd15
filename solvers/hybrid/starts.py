"""Where a search may start: routes made in several ways and polished, and how far apart they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.search.flat import joined, kinds, split
from routewright.solvers.search.kernel.model import FAR, Nodes
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


@dataclass(frozen=True)
class Start:
    """The best of some routes to start from.

    Attributes:
        flat: clients, after each route the kind of its vehicle.
        totals: costs of all, in whole units.
    """

    flat: Nodes
    totals: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether it serves all that must be served."""
        return min(self.totals) < FAR

    @property
    def apart(self) -> float | None:
        """By how much the worst costs more than the best, as a share; None for a single one."""
        best = min(self.totals)
        return (max(self.totals) - best) / max(best, 1) if len(self.totals) > 1 else None

    def beside(self, asked: Model, flat: Nodes) -> "Start":
        """The better one of this and others."""
        total = _total(asked, flat)
        return Start(flat if total < min(self.totals) else self.flat, (*self.totals, total))


def opened(asked: Model, openings: Sequence[Opening], seed: int) -> list[Nodes]:
    """Routes of each opening but the policy's; of the usual one where there is no other."""
    made: dict[Opening, Callable[[], Nodes]] = {
        Opening.USUAL: lambda: start_flat(asked, seed),
        Opening.INSERTION: lambda: _polished(asked, inserted(asked, seed), seed),
    }
    return [made[each]() for each in openings if each in made] or [start_flat(asked, seed)]


def of_policy(instance: Instance, asked: Model, played: Solution, seed: int, *, polished: bool = True) -> Nodes | None:
    """A policy's routes; None where one of them is of no use, or clients are left."""
    routes = usable(instance, played) if complete(instance, played) else None
    if routes is None:
        return None
    flat = as_flat(asked, routes)
    return _polished(asked, flat, seed) if polished else flat


def complete(instance: Instance, played: Solution) -> bool:
    """Whether a policy served all that must be served, within all limits by the judge's sums."""
    from routewright.data.check import check
    from routewright.solvers.neural.finds import surely_kept  # torch

    if instance.required[list(played.unserved)].any():
        return False
    return surely_kept(instance) or not check(instance, played)


def best_of(asked: Model, flats: Sequence[Nodes]) -> Start:
    """The one that costs least, the first of equals."""
    start = Start(flats[0], (_total(asked, flats[0]),))
    for flat in flats[1:]:
        start = start.beside(asked, flat)
    return start


def _polished(asked: Model, flat: Nodes, seed: int) -> Nodes:
    """The general family has no polish."""
    return flat if asked.fleet is not None else joined(polish(asked, split(flat), seed))


def _total(asked: Model, flat: Nodes) -> int:
    session = Session(asked, 0, max(1, len(kinds(flat, asked.first))), remember=False)
    session.load_flat(flat)
    return session.total
