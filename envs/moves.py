"""One step of every row, before the constraints hear of it."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Fields, Move
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem
from routewright.envs.rules import Rules


def move_to(problem: Problem, rules: Rules, fields: Fields, legs: Legs, action: Tensor) -> Move:
    """What choosing ``action`` [B, S] does."""
    closes = action < problem.n_doors
    before = fields["origin"]
    one_door = problem.n_doors == 1
    target = action if one_door else torch.where(closes, before, action)
    distance = legs.distance_to(target)
    duration = charged = None
    if rules.timed:
        duration = distance if legs.times_are_distances else legs.duration_to(target)
        if legs.charging is not None:
            charged = legs.charging.gather(-1, action[..., None])[..., 0]
    if problem.any_open:
        distance = distance.masked_fill(closes & problem.is_open.at(before), 0.0)
    serves, refills = ~closes, closes
    if problem.first_reload < problem.n_nodes:
        serves &= action < problem.first_reload
    if problem.n_reloads:
        refills = closes | ((action >= problem.first_reload) & (action < problem.first_station))
    for constraint in rules.serving:
        serves &= constraint.serves(fields, action)
    origin = before if one_door else torch.where(closes, action, before)
    return Move(action, closes, refills, serves, origin, distance, duration, charged, problem.look_up(action))
