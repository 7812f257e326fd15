"""A length that no tour can beat: each node gets another one to go on to, whether or not a single tour comes of it."""

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.exact.kernel.labels import Floats


def costs(instance: Instance) -> Floats:
    """Raw cost of each way of a tour, [n, n], depot first."""
    nodes = np.array([0, *instance.clients])
    vehicle = instance.vehicle_types[0]
    ways = instance.distance(nodes[:, None], nodes[None, :], vehicle.profile)
    return np.asarray(ways * vehicle.distance_cost, dtype=np.float64)


def assignment(instance: Instance) -> float:
    """Reported cost of the cheapest assignment of next nodes, good where ways differ there and back."""
    from scipy.optimize import linear_sum_assignment

    if not instance.n_clients:
        return 0.0
    ways = costs(instance)
    np.fill_diagonal(ways, ways.sum() + 1.0)
    rows, columns = linear_sum_assignment(ways)
    return float(ways[rows, columns].sum() / instance.scale)
