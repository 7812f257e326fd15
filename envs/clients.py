"""Which clients and stations the constraints let come next."""

import torch
from torch import Tensor

from routewright.envs.constraints.base import Fields
from routewright.envs.legs import Legs
from routewright.envs.rules import Rules


def fitting_clients(rules: Rules, fields: Fields, legs: Legs) -> Tensor | None:
    """[B, S, N] 1 or 0, or None without any rule: free or not, and doors, are left aside.

    Limits on the leg itself are joined before they are compared with it, which is done once for
    distances and once for times, or once in all where times are distances.
    """
    fitting: Tensor | None = None
    longest: dict[bool, Tensor] = {}
    for constraint in rules.constraints:
        fitting = _both(fitting, constraint.fits(fields, legs))
        leg = constraint.longest_leg(fields, legs)
        if leg is not None:
            timed = constraint.timed and not legs.times_are_distances
            longest[timed] = torch.minimum(leg, longest[timed], out=leg) if timed in longest else leg
    for timed, most in longest.items():
        fitting = _both(fitting, torch.le(legs.durations if timed else legs.distances, most, out=most))
    return fitting


def _both(fitting: Tensor | None, part: Tensor | None) -> Tensor | None:
    if fitting is None or part is None:
        return part if fitting is None else fitting
    return fitting.mul_(part)
