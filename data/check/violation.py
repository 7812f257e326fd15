"""What the judge answers: one violation for each broken rule, readable in one line."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "unknown node",  # a number that is no node
    "depot in trip",  # a depot among the stops
    "repeated client",  # visited again where that is not allowed
    "missing client",  # required, but not visited
    "group",  # not exactly one client of the group
    "unserved",  # listed as unserved, but visited or no client at all
    "vehicle type",  # an index without a type
    "vehicle count",  # more routes than vehicles
    "depot",  # start or end is not the type's
    "allowed",  # a client this type may not visit
    "trips",  # more trips than the type may make
    "reload depot",  # none of the type's, or not one between each two trips
    "empty trip",  # a trip without stops beside others
    "quantity",  # wrong shape or value, or not adding up to the load
    "capacity",  # too much on board
    "pair",  # apart, in the wrong order, or unequal
    "backhaul",  # a delivery after a pickup, or pickups only
    "departure",  # too early, too late, or impossible
    "window",  # service cannot start inside a window
    "return",  # after the end depot has closed
    "shift",  # ends after the shift
    "duration",  # longer than max_duration + max_overtime
    "break",  # no place for the rests
    "distance",  # longer than max_distance
    "battery",  # energy below 0
    "charge",  # a wrong number of charges, or one that does not fit
    "cost",  # the claimed cost is wrong
]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True)
class Violation:
    """One broken rule.

    Attributes:
        kind: which rule; one of ``KINDS``.
        message: one line that says what, where and by how much.
        route: index into ``Solution.routes``; None where no single route is to blame.
        node: the node concerned, if there is one.
    """

    kind: Kind
    message: str
    route: int | None = None
    node: int | None = None

    def __str__(self) -> str:
        return self.message
