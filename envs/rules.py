"""The constraints in force for a batch, chosen once, on the host."""

from collections.abc import Iterable
from typing import NamedTuple

from routewright.envs.constraints.base import Constraint
from routewright.envs.problem import Problem


class Rules(NamedTuple):
    """Constraints, and what a step need not ask them again."""

    constraints: tuple[Constraint, ...]
    timed: bool
    """Whether any of them needs travel times."""
    free_to_close: bool
    """Whether a route may always end, and a vehicle at a depot always finds a client that it can serve."""


def in_force(kinds: Iterable[type[Constraint]], problem: Problem) -> Rules:
    """Those of ``kinds`` that any row of the batch has."""
    constraints = tuple(kind(problem) for kind in kinds if kind.applies(problem))
    return Rules(
        constraints,
        timed=any(constraint.timed for constraint in constraints),
        free_to_close=problem.n_depots == 1 and not any(map(_interferes, constraints)),
    )


def _interferes(constraint: Constraint) -> bool:
    return type(constraint).may_close is not Constraint.may_close or constraint.may_strand()
