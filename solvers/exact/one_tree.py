"""A length that no tour can beat: 1-trees whose penalties rise and fall (Held & Karp 1970, 1971)."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.exact.kernel.labels import Floats
from routewright.solvers.exact.kernel.one_tree import IS_TOUR, LONGEST, TRIED, Ascent, ascend, flat
from routewright.solvers.lk.problem import Problem, problem
from routewright.solvers.monitor import Monitor

FINEST = 1 << 50
"""Units that a whole tour of penalties may have, so that sums stay far from overflow."""
STEPS = 4
"""Trees between two looks at the clock, at most."""
LONG_ENOUGH = 28.0, 0.62
"""Trees that an ascent is worth: this times cities to this power (Volgenant & Jonker 1982)."""
FEWEST = 3
"""Cities of a 1-tree."""


@dataclass(frozen=True)
class Tree:
    """The longest of the shortest 1-trees.

    Attributes:
        cost: reported, of no tour less.
        penalty: [cities] raw, of each way that ends there.
        trees: that were tried.
    """

    cost: float
    penalty: Floats
    trees: int


def longest(instance: Instance, monitor: Monitor) -> Tree:
    """The longest 1-tree found until ``monitor.done``.

    Penalties move in steps that fall with the square of the time that is left, from half of the mean way.

    Args:
        instance: a tour, see ``lk.support``, of at least ``FEWEST`` nodes.
        monitor: an iteration is one tree.
    """
    asked = problem(instance)
    cities = len(asked.asked.near)
    precision = max(1, FINEST // (max(1, _longest_way(asked)) * cities * 16))
    tree = flat(cities)
    ascend(asked.asked, tree, 1, 0.0, precision)
    first = asked.driven(int(tree.tally[LONGEST]) // precision) * precision / (2.0 * cities)
    most = int(LONG_ENOUGH[0] * cities ** LONG_ENOUGH[1])
    while not (monitor.done(_tried(tree)) or tree.tally[IS_TOUR] or _tried(tree) >= most):
        left = 1.0 - max(_tried(tree) / most, monitor.share(_tried(tree)))
        ascend(asked.asked, tree, STEPS, first * left * left, precision)
    penalty = np.asarray(tree.best * (asked.price / precision), dtype=np.float64)
    return Tree(_cost(instance, asked, int(tree.tally[LONGEST]), precision), penalty, _tried(tree))


def _tried(tree: Ascent) -> int:
    return int(tree.tally[TRIED])


def _longest_way(asked: Problem) -> int:
    """A bound on every way in whole units."""
    if len(asked.asked.matrix):
        return int(np.abs(asked.asked.matrix).max())
    spread = np.ptp(asked.asked.places, axis=0)
    return ceil(float(np.hypot(*spread))) + 1


def _cost(instance: Instance, asked: Problem, length: int, precision: int) -> float:
    """Of a tour that is no shorter than a tree in units of penalties."""
    whole = -(-length // precision)
    exact = instance.exact and asked.price == instance.vehicle_types[0].distance_cost
    slack = 0.0 if exact else 0.5 * len(asked.nodes) + 1.0  # each way was rounded to whole units
    return float((asked.driven(whole) - slack) * asked.price / instance.scale)
