"""The constraints in force for a batch, chosen once, on the host."""

from collections.abc import Iterable
from typing import NamedTuple

from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields
from routewright.envs.legs import Legs
from routewright.envs.prices import Prices
from routewright.envs.problem import Problem


class Rules(NamedTuple):
    """Constraints, and what a step need not ask them again."""

    constraints: tuple[Constraint, ...]
    timed: bool
    """Whether any of them needs travel times."""
    free_to_close: bool
    """Whether a route may always end, and a vehicle at a depot always finds a client that it can serve."""
    prices: Prices
    releasing: tuple[Constraint, ...]
    """Those that decide on ``released``; likewise ``charging`` and so on."""
    charging: tuple[Constraint, ...]
    serving: tuple[Constraint, ...]
    ending: tuple[Constraint, ...]
    fitting: tuple[Constraint, ...]
    bounding: tuple[Constraint, ...]

    def legs(self, problem: Problem, fields: Fields) -> Legs:
        """Ways from where the rows of a state are."""
        legs = Legs(problem, fields["node"], fields["origin"])
        if self.timed:
            for constraint in self.charging:
                legs.charging = constraint.charging_time(fields, legs)
        return legs


def in_force(kinds: Iterable[type[Constraint]], problem: Problem) -> Rules:
    """Those of ``kinds`` that any row of the batch has."""
    constraints = tuple(kind(problem) for kind in kinds if kind.applies(problem))
    return Rules(
        constraints,
        timed=any(constraint.timed for constraint in constraints),
        free_to_close=problem.n_doors == 1
        and not any(constraint.may_strand() for constraint in constraints)
        and not overriding(constraints, "may_close"),
        prices=Prices(problem),
        releasing=overriding(constraints, "released"),
        charging=overriding(constraints, "charging_time"),
        serving=overriding(constraints, "serves"),
        ending=overriding(constraints, "may_end"),
        fitting=overriding(constraints, "fits"),
        bounding=overriding(constraints, "bounds"),
    )


def overriding(constraints: Iterable[Constraint], method: str) -> tuple[Constraint, ...]:
    """Constraints that have an answer of their own."""
    return tuple(each for each in constraints if getattr(type(each), method) is not getattr(Constraint, method))


def all_agree(answers: Iterable[Tensor | None]) -> Tensor | bool:
    """Where all constraints say yes; None is yes everywhere."""
    agreed: Tensor | bool = True
    for answer in answers:
        if answer is not None:
            agreed = answer & agreed
    return agreed
