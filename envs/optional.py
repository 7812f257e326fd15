"""Clients that may be left out, at the price of their prize."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Fields, Move
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


def update(problem: Problem, before: Fields, after: Fields, move: Move) -> Fields:
    """The prize of the client visited; the end, where a vehicle at a depot chooses one and nobody must be served.

    Args:
        problem: the instances.
        before: fields before the move.
        after: fields after it, optional clients counted as required ones in ``to_serve``.
        move: of each row.
    """
    unasked = move.serves & ~problem.at(problem.batch["required"], move.action)
    idle = move.closes & ~before["on_road"]
    return {
        "cost": after["cost"] - problem.at(problem.batch["prize"], move.action),
        "to_serve": after["to_serve"] + unasked,
        "to_visit": before["to_visit"] - move.serves.to(torch.int64),
        "ended": before["ended"] | (idle & (move.action == 0) & before["satisfied"]),
    }
