"""Which clients lie close to which, with and without a matrix; and sets of clients that lie together."""

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.search.kernel.model import FAR, Int32, Int64, Nodes

NEIGHBOURS = 120
"""Neighbours that a ruin walks along."""
LINKS = 60
"""Neighbours that savings of a large instance look at."""
PIECE = 600
"""Clients of a piece of the plane."""
AROUND = 5
"""Neighbours of a piece are sought among so many times its clients."""


def neighbours(closeness: Int32 | Int64, first: int = 1, crowd: float = 1.0) -> Nodes:
    """For each node the clients, nodes from ``first`` on, by closeness [N, M], itself first.

    Args:
        closeness: [N, N], the smaller the closer.
        first: number of the first client.
        crowd: by so much more of them, where not all are visited.
    """
    size = len(closeness)
    key = closeness.astype(np.int64)
    key[:, :first] = FAR  # a depot is nobody's neighbour
    np.fill_diagonal(key, -1)
    return _nearest(key, min(int(NEIGHBOURS * crowd), size - first)).astype(np.uint16)


def near_clients(instance: Instance) -> Int64:
    """For each client, in order, the clients by distance [N-1, LINKS], itself first; no matrix is made."""
    clients = np.asarray(instance.clients)
    near = np.zeros((len(clients), min(LINKS, len(clients))), np.int64)
    for piece in pieces(instance, clients):
        middle = piece[len(piece) // 2]
        nearest = np.argsort(instance.distance(middle, clients), kind="stable")[: AROUND * len(piece)]
        around = np.union1d(piece, clients[nearest])
        distances = instance.distance(piece[:, None], around[None, :])
        distances[piece[:, None] == around[None, :]] = -1.0
        near[piece - instance.depots] = around[_nearest(distances, near.shape[1])]
    return near


def pieces(instance: Instance, clients: Int64) -> list[Int64]:
    """Cut clients into sets of at most PIECE that lie together."""
    if len(clients) <= PIECE:
        return [clients]
    if instance.coords is None:
        order = clients[along_a_tour(instance.distance(clients[:, None], clients[None, :]))]
    else:
        places = instance.coords[clients]
        axis = int(np.argmax(np.ptp(places, axis=0)))
        order = clients[np.argsort(places[:, axis], kind="stable")]
    half = len(order) // 2
    return pieces(instance, order[:half]) + pieces(instance, order[half:])


def along_a_tour(distances: NDArray[np.float64]) -> Int64:
    """Indices in the order of a nearest-neighbour tour from the first."""
    size = len(distances)
    tour = np.zeros(size, np.int64)
    left = np.zeros(size)
    for step in range(1, size):
        left[tour[step - 1]] = np.inf
        tour[step] = np.argmin(distances[tour[step - 1]] + left)
    return tour


def _nearest(key: NDArray[np.int64] | NDArray[np.float64], count: int) -> Int64:
    chosen = np.argpartition(key, count - 1, axis=1)[:, :count]
    by_distance = np.argsort(np.take_along_axis(key, chosen, axis=1), axis=1, kind="stable")
    return np.take_along_axis(chosen, by_distance, axis=1)
