"""When a door may be chosen, and when an episode is over."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Fields
from routewright.envs.problem import Problem
from routewright.envs.rules import Rules, all_agree


def admit_doors(problem: Problem, rules: Rules, fields: Fields, mask: Tensor, anyone: Tensor) -> Tensor:
    """Complete a mask with the doors that may come next; returns which rows are done.

    A route under way may end, unless a constraint forbids it while some client fits. A vehicle at a depot has to
    leave for a client; where none fits it makes room for vehicles at doors that have not been tried, and after them is
    stranded. The first route may begin at any door. The last one ends at door 0, which stands for the door it began at.
    Once nobody must be served any more, door 0 may be chosen at a depot, which is the end.

    Args:
        problem: the instances.
        rules: in force.
        fields: of the state, but for ``mask`` and ``done``.
        mask: [B, S, N] clients, reloads and stations that may come next; its columns of doors are written.
        anyone: [B, S] bool, whether any of them may.

    Returns:
        [B, S] bool.
    """
    on_road = fields["on_road"]
    everyone = fields["satisfied"]
    over = everyone & (fields["ended"] | (fields["to_visit"] <= 0)) if problem.any_optional else everyone
    done = torch.gt(over, on_road)  # over, and not on the road
    if rules.free_to_close:
        mask[..., 0] = on_road | everyone
        return done

    nobody = ~anyone
    closing = on_road & (nobody | all_agree(each.may_close(fields) for each in rules.constraints))
    if problem.n_doors == 1:
        done |= nobody & ~on_road
        mask[..., 0] = closing | done | (everyone & ~on_road)
        return done

    first = ~fields["tried"].any(-1)
    moving = ~on_road & (nobody | first)
    doors = problem.each_door
    elsewhere = (doors != fields["node"][..., None]) & ~fields["tried"]
    open_there = problem.real_door & all_agree(each.may_open(fields) for each in rules.constraints)
    columns = open_there & (closing[..., None] | (moving[..., None] & elsewhere))
    stuck = nobody & ~columns.any(-1)  # neither clients nor a door with a vehicle that has not been tried
    columns |= (everyone & (closing | ~on_road))[..., None] & (doors == 0)  # the end
    over = over | done | stuck
    mask[..., : problem.n_doors] = torch.where(over[..., None], doors == 0, columns)
    done |= stuck & ~on_road
    return done


def tried_doors(problem: Problem, tried: Tensor, action: Tensor, road: Tensor) -> Tensor:
    """Doors [B, S, D] that vehicles have been at since the last client."""
    return (tried | (problem.each_door == action[..., None])) & ~road[..., None]
