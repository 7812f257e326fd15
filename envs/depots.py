"""When a depot may be chosen, and when an episode is over."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Constraint, Fields
from routewright.envs.problem import Problem


def depot_actions(
    problem: Problem, constraints: tuple[Constraint, ...], fields: Fields, mask: Tensor
) -> tuple[Tensor, Tensor]:
    """Which depots may come next, and which rows are done.

    A route under way may end, unless a constraint forbids it while some client fits. A vehicle at a depot has to
    leave for a client; where none fits it moves on to another depot, and is stranded when none fits anywhere. The
    first route may begin at any depot. The last one ends at depot 0, which stands for the depot it began at.

    Args:
        problem: the instances.
        constraints: rules in force.
        fields: of the state, but for ``mask`` and ``done``.
        mask: [B, S, N] clients that may come next; nothing is said of depots yet.

    Returns:
        ([B, S, D] bool, [B, S] bool).
    """
    on_road = fields["on_road"]
    everyone = fields["served"] >= problem.n_clients
    done = everyone & ~on_road
    if problem.n_depots == 1 and not any(map(_interferes, constraints)):
        return (on_road | done)[..., None], done

    nobody = ~mask.any(-1)
    closing = on_road & (nobody | _all_agree(constraints, fields))
    if problem.n_depots == 1:
        done = done | (nobody & ~on_road)
        return (closing | done)[..., None], done

    done = done | (nobody & (fields["idle"] > problem.n_depots))
    moving = ~on_road & (nobody | (fields["idle"] == 0))
    depots = torch.arange(problem.n_depots, device=mask.device)
    elsewhere = depots != fields["node"][..., None]
    open_there = problem.real_depot & _openings(constraints, fields)
    columns = open_there & (closing[..., None] | (moving[..., None] & elsewhere))
    stuck = ~columns.any(-1) & nobody  # no depot has a vehicle left
    over = everyone | done | stuck
    columns = torch.where(over[..., None], depots == 0, columns)
    return columns, done | (stuck & ~on_road)


def _interferes(constraint: Constraint) -> bool:
    kind = type(constraint)
    return kind.may_close is not Constraint.may_close or constraint.may_strand()


def _all_agree(constraints: tuple[Constraint, ...], fields: Fields) -> Tensor | bool:
    agreed: Tensor | bool = True
    for constraint in constraints:
        part = constraint.may_close(fields)
        if part is not None:
            agreed = part & agreed
    return agreed


def _openings(constraints: tuple[Constraint, ...], fields: Fields) -> Tensor | bool:
    allowed: Tensor | bool = True
    for constraint in constraints:
        part = constraint.may_open(fields)
        if part is not None:
            allowed = part & allowed
    return allowed
