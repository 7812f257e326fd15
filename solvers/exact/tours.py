"""Lengths that no tour can beat, by whichever way proves more."""

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.exact import one_tree
from routewright.solvers.exact.assignment import assignment
from routewright.solvers.exact.one_tree import Tree
from routewright.solvers.monitor import Monitor
from routewright.solvers.tours import symmetric


def longest_tree(instance: Instance, monitor: Monitor) -> Tree:
    """The longest 1-tree, with the bound of an assignment where that is better; of a few nodes without penalties."""
    if instance.n_clients < one_tree.FEWEST - 1:
        return Tree(assignment(instance), np.zeros(instance.n_clients + 1), 0)
    assigned = -np.inf if symmetric(instance) else assignment(instance)
    tree = one_tree.longest(instance, monitor)
    return Tree(max(tree.cost, assigned), tree.penalty, tree.trees)
