"""Which clients, reloads and stations the constraints let come next."""

from torch import Tensor

from routewright.envs.constraints.base import Fields
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem
from routewright.envs.rules import Rules


def fitting_clients(problem: Problem, rules: Rules, fields: Fields, legs: Legs) -> tuple[Tensor, Tensor]:
    """[B, S, N] bool, fresh, and whether there is any, [B, S] bool; doors are left aside."""
    free = fields["free"]
    for constraint in rules.fitting:
        fits = constraint.fits(fields, legs)
        free = free if fits is None else free & fits.bool()
    said: dict[int, Tensor] = {}
    for constraint in rules.bounding:
        said |= constraint.bounds(fields)
    return problem.bounds.fitting(free, said, legs, fields["origin"])
