"""What a constraint is: fields of the state, their update, and a part of the mask."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from torch import Tensor

from routewright.envs.legs import Legs
from routewright.envs.problem import Problem

Fields = dict[str, Tensor]


class Move(NamedTuple):
    """One step of every row, all [B, S]."""

    action: Tensor  # node chosen
    closes: Tensor  # whether it is a door
    refills: Tensor  # whether it is a door or a reload: another trip begins
    serves: Tensor  # whether it is a client, who wants nothing more afterwards
    origin: Tensor  # door that the route began at, the next one where this one closes
    distance: Tensor  # driven, nothing where a route is open at its end
    duration: Tensor | None  # travel time, where a constraint asks for it
    charging: Tensor | None  # time to charge a battery, where there are any and a constraint asks for times
    values: Tensor | None  # [B, S, columns] of ``Problem.column`` at the action

    def at(self, column: int) -> Tensor:
        """A column of the problem at the action, [B, S]."""
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

    def fits(self, fields: Fields, legs: Legs) -> Tensor | None:
        """Which clients may come next, [B, S, N] bool, or 1 and 0; None for all.

        For rules that are no ``bounds``, which are several times faster on a CPU.
        """
        return None

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        """The values [B, S] of the bounds that this rule has announced to ``problem.bounds``, by their numbers."""
        raise NotImplementedError

    def may_close(self, fields: Fields) -> Tensor | None:
        """Whether the route may end here, [B, S] bool; None for always."""
        return None

    def may_open(self, fields: Fields) -> Tensor | None:
        """Doors where a route may begin, [B, S, D] bool; None for all."""
        return None

    def may_end(self, fields: Fields) -> Tensor | None:
        """Whether the clients that must be served are enough, [B, S] bool; None for always."""
        return None

    def serves(self, fields: Fields, action: Tensor) -> Tensor:
        """Whether a visit of ``action`` [B, S] leaves nothing to do there, [B, S] bool."""
        raise NotImplementedError

    def released(self, free: Tensor, fields: Fields, move: Move) -> Tensor:
        """Nodes that may still be visited after a move, [B, S, N] bool, from ``free``, which lacks the move's action.

        ``fields`` are those before the move; ``free`` may be changed.
        """
        raise NotImplementedError

    def charging_time(self, fields: Fields, legs: Legs) -> Tensor:
        """Time that a battery is charged for at each node that may come next, [B, S, N]."""
        raise NotImplementedError

    def objective(self, fields: Fields) -> tuple[Tensor, Tensor]:
        """Instances [B] bool that ask for something else than the least cost, and its value [B, S], reported units."""
        raise NotImplementedError

    def failed(self, fields: Fields) -> Tensor | None:
        """Rows that no solution will come of, beside those with required clients left; [B, S] bool; None for none."""
        return None

    def may_strand(self) -> bool:
        """Whether a vehicle at a depot may find no client that fits, although some are left."""
        return False
