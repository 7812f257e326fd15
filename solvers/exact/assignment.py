"""A length that no tour can beat: each node gets another one to go on to, whether or not a single tour comes of it."""

import numpy as np

from routewright.data.instance import Instance


def assignment(instance: Instance) -> float:
    """Reported cost of the cheapest assignment of next nodes, good where ways differ there and back."""
    from scipy.optimize import linear_sum_assignment

    nodes = np.array([0, *instance.clients])
    vehicle = instance.vehicle_types[0]
    ways = np.array(instance.distance(nodes[:, None], nodes[None, :], vehicle.profile))
    np.fill_diagonal(ways, ways.sum() + 1.0)
    rows, columns = linear_sum_assignment(ways)
    return float(ways[rows, columns].sum() * vehicle.distance_cost / instance.scale)
