"""What a constraint is: fields of the state, their update, and a part of the mask."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from jaxtyping import Bool, Float
from torch import Tensor

from routewright.envs.legs import Legs
from routewright.envs.problem import Problem
from routewright.envs.shapes import Flag, Mask, Node, Number, PerNode

Fields = dict[str, Tensor]


class Move(NamedTuple):
    """One step of every row."""

    action: Node  # node chosen
    closes: Flag  # whether it is a door
    refills: Flag  # whether it is a door or a reload: another trip begins
    serves: Flag  # whether it is a client, who wants nothing more afterwards
    origin: Node  # door that the route began at, the next one where this one closes
    distance: Number  # driven, nothing where a route is open at its end
    duration: Number | None  # travel time, where a constraint asks for it
    charging: Number | None  # time to charge a battery, where there are any and a constraint asks for times
    values: Float[Tensor, "batch starts columns"] | None  # of ``Problem.column`` at the action

    def at(self, column: int) -> Number:
        """A column of the problem at the action."""
        assert self.values is not None
        return self.values[..., column]


class Constraint(ABC):
    """One rule of a problem, for all rows of a batch at once.

    Rows that do not have the rule carry neutral values. ``applies`` reads the batch on the host, once, in
    ``reset``: a rule that no row has takes no part in any step. Methods that raise ``NotImplementedError`` here are
    asked only where a rule has its own.
    """

    timed: ClassVar[bool] = False
    """Whether ``update`` reads ``move.duration``."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @classmethod
    @abstractmethod
    def applies(cls, problem: Problem) -> bool:
        """Whether any row of the batch has the rule."""

    def start(self) -> Fields:
        """Fields of the first state, each [B, S] or [B, S, ...]; none unless a rule has to remember something."""
        return {}

    def update(self, fields: Fields, move: Move) -> Fields:
        """Fields after a move; ``fields`` stay as they are."""
        return {}

    def fits(self, fields: Fields, legs: Legs) -> Mask | PerNode | None:
        """Which clients may come next, or 1 and 0; None for all.

        For rules that are no ``bounds``, which are several times faster on a CPU.
        """
        return None

    def bounds(self, fields: Fields) -> Mapping[int, Number | Flag]:
        """The values of the bounds that this rule has announced to ``problem.bounds``, by their numbers."""
        raise NotImplementedError

    def may_close(self, fields: Fields) -> Flag | None:
        """Whether the route may end here; None for always."""
        return None

    def may_open(self, fields: Fields) -> Bool[Tensor, "batch starts doors"] | None:
        """Doors where a route may begin; None for all."""
        return None

    def may_end(self, fields: Fields) -> Flag | None:
        """Whether the clients that must be served are enough; None for always."""
        return None

    def serves(self, fields: Fields, action: Node) -> Flag:
        """Whether a visit of ``action`` leaves nothing to do there."""
        raise NotImplementedError

    def released(self, free: Mask, fields: Fields, move: Move) -> Mask:
        """Nodes that may still be visited after a move, from ``free``, which lacks the move's action.

        ``fields`` are those before the move; ``free`` may be changed.
        """
        raise NotImplementedError

    def charging_time(self, fields: Fields, legs: Legs) -> PerNode:
        """Time that a battery is charged for at each node that may come next."""
        raise NotImplementedError

    def objective(self, fields: Fields) -> tuple[Bool[Tensor, " batch"], Number]:
        """Instances that ask for something else than the least cost, and its value in reported units."""
        raise NotImplementedError

    def failed(self, fields: Fields) -> Flag | None:
        """Rows that no solution will come of, beside those with required clients left; None for none."""
        return None

    def may_strand(self) -> bool:
        """Whether a vehicle at a depot may find no client that fits, although some are left."""
        return False
