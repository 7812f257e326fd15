"""When a depot may be chosen, and when an episode is over."""

from collections.abc import Iterable

import torch
from torch import Tensor

from routewright.envs.constraints.base import Fields
from routewright.envs.problem import Problem
from routewright.envs.rules import Rules


def admit_depots(problem: Problem, rules: Rules, fields: Fields, mask: Tensor) -> Tensor:
    """Complete a mask with the depots that may come next; returns which rows are done.

    A route under way may end, unless a constraint forbids it while some client fits. A vehicle at a depot has to
    leave for a client; where none fits it moves on to depots that it has not tried, and is stranded after them. The
    first route may begin at any depot. The last one ends at depot 0, which stands for the depot it began at. Once
    nobody must be served any more, depot 0 may be chosen at a depot, which is the end.

    Args:
        problem: the instances.
        rules: in force.
        fields: of the state, but for ``mask`` and ``done``.
        mask: [B, S, N] clients that may come next; its columns of depots are written.

    Returns:
        [B, S] bool.
    """
    on_road = fields["on_road"]
    everyone = fields["to_serve"] <= 0
    over = everyone & (fields["ended"] | (fields["to_visit"] <= 0)) if problem.any_optional else everyone
    done: Tensor = over & ~on_road
    if rules.free_to_close:
        mask[..., 0] = on_road | everyone
        return done

    # Much faster on a CPU than mask.any(-1).
    nobody = mask.view(torch.uint8).flatten(0, 1).sum(-1, dtype=torch.int32).view(on_road.shape) == 0
    closing = on_road & (nobody | _all_agree(each.may_close(fields) for each in rules.constraints))
    if problem.n_depots == 1:
        done |= nobody & ~on_road
        mask[..., 0] = closing | done | (everyone & ~on_road)
        return done

    first = ~fields["tried"].any(-1)
    moving = ~on_road & (nobody | first)
    depots = problem.each_depot
    elsewhere = (depots != fields["node"][..., None]) & ~fields["tried"]
    open_there = problem.real_depot & _all_agree(each.may_open(fields) for each in rules.constraints)
    columns = open_there & (closing[..., None] | (moving[..., None] & elsewhere))
    stuck = nobody & ~columns.any(-1)  # neither clients nor a depot with a vehicle that has not been tried
    columns |= (everyone & (closing | ~on_road))[..., None] & (depots == 0)  # the end
    over = over | done | stuck
    mask[..., : problem.n_depots] = torch.where(over[..., None], depots == 0, columns)
    done |= stuck & ~on_road
    return done


def tried_depots(problem: Problem, tried: Tensor, action: Tensor, road: Tensor) -> Tensor:
    """Depots [B, S, D] that vehicles have been at since the last client."""
    return (tried | (problem.each_depot == action[..., None])) & ~road[..., None]


def _all_agree(answers: Iterable[Tensor | None]) -> Tensor | bool:
    """Where all constraints say yes; None is yes everywhere."""
    agreed: Tensor | bool = True
    for answer in answers:
        if answer is not None:
            agreed = answer & agreed
    return agreed
