"""What a solver answers: routes made of trips, and the optional clients it left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One vehicle's day.

    Attributes:
        trips: node sequences without depots; more than one where the vehicle reloads. Charging
            stations stand where they are visited.
        vehicle_type: index into ``Instance.vehicle_types``.
        start: depot it leaves from; None is the vehicle type's.
        end: depot it returns to; None is the vehicle type's (or nowhere, where that is open).
        reloads: depot between each two trips; empty is the type's first reload depot throughout.
        departure: raw time at which it leaves; None lets the evaluator choose.
        quantities: for split deliveries, parallel to ``trips``: the load [K] handled at each stop;
            None is the client's whole load.
        charges: energy taken at each station visit, in order; None fills the battery each time.
    """

    trips: tuple[tuple[int, ...], ...]
    vehicle_type: int = 0
    start: int | None = None
    end: int | None = None
    reloads: tuple[int, ...] = ()
    departure: float | None = None
    quantities: tuple[tuple[tuple[float, ...], ...], ...] | None = None
    charges: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "trips", tuple(tuple(int(n) for n in trip) for trip in self.trips))
        object.__setattr__(self, "reloads", tuple(int(depot) for depot in self.reloads))

    @property
    def stops(self) -> tuple[int, ...]:
        """All nodes visited between the depots, trips joined."""
        return tuple(node for trip in self.trips for node in trip)

    def __len__(self) -> int:
        return sum(map(len, self.trips))


@dataclass(frozen=True)
class Solution:
    """A set of routes. Clients that no route visits are unserved."""

    routes: tuple[Route, ...] = ()
    unserved: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "routes", tuple(self.routes))
        object.__setattr__(self, "unserved", tuple(sorted(int(node) for node in self.unserved)))

    @classmethod
    def from_routes(cls, routes: Iterable[Sequence[int]], unserved: Iterable[int] = ()) -> "Solution":
        """Single-trip routes of the first vehicle type; empty sequences are left out."""
        return cls(tuple(Route((tuple(route),)) for route in routes if len(route)), tuple(unserved))

    def __iter__(self) -> Iterator[Route]:
        return iter(self.routes)

    def __len__(self) -> int:
        return len(self.routes)
