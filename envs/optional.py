"""Clients that may be left out, at the price of their prize."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Fields
from routewright.envs.problem import Problem


def start(problem: Problem) -> Fields:
    """What all prizes cost until they are collected, and that nobody has ended the episode.

    In single precision, a hundred prizes of one collected one by one leave a few hundred-thousandths.
    """
    prizes: Tensor = problem.batch["prize"].sum(-1, keepdim=True)
    return {
        "cost": problem.filled(prizes),
        "to_visit": problem.filled(problem.n_clients, dtype=torch.int64),
        "ended": problem.filled(0, dtype=torch.bool),
    }


def update(problem: Problem, before: Fields, after: Fields, action: Tensor) -> Fields:
    """The prize of the client visited; the end, where a vehicle at a depot chooses a depot and nobody must be served.

    Args:
        problem: the instances.
        before: fields before the action.
        after: fields after it, optional clients counted as required ones in ``to_serve``.
        action: [B, S].
    """
    unasked = after["on_road"] & ~problem.at(problem.batch["required"], action)
    idle = ~after["on_road"] & ~before["on_road"]
    return {
        "cost": after["cost"] - problem.at(problem.batch["prize"], action),
        "to_serve": after["to_serve"] + unasked,
        "to_visit": before["to_visit"] - after["on_road"].to(torch.int64),
        "ended": before["ended"] | (idle & (action == 0) & (before["to_serve"] <= 0)),
    }
