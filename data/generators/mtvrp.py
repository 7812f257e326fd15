"""Instances with any of the 48 combinations of attributes, for multi-task policies (Berto et al. 2024)."""

import numpy as np
from numpy.typing import NDArray

from routewright.data.distance import between
from routewright.data.generators.attributes import DEPOTS, Roads, drawn, frame
from routewright.data.generators.options import generator
from routewright.data.instance import Instance

Floats = NDArray[np.float64]


def generate(
    *, n: int, seed: int, variant: str = "CVRP", depots: int | None = None, capacity: int | None = None
) -> Instance:
    """Depots and clients uniform in the unit square, with the attributes of a variant; see ``attributes``.

    Args:
        n: number of clients.
        seed: of the random stream; variants of one seed share places, loads, times and limit.
        variant: one of ``attributes.VARIANTS``, or TSP.
        depots: where the variant has several; None is 3.
        capacity: of a vehicle; None is what papers use for n.

    Returns:
        The instance, with an unlimited fleet at each depot.

    Raises:
        InstanceError: if an option is out of range.
    """
    wanted, doors, load = frame(n, variant, depots, capacity)
    rng = generator(seed)
    clients, first = rng.random((n, 2)), rng.random((1, 2))
    others = rng.random(((depots or DEPOTS) - 1, 2))[: doors - 1]  # drawn in any case
    places = np.concatenate([first, others])
    home = between(places[:, None], clients[None, :], "euclidean", "none")
    return Instance.build(
        coords=np.concatenate([places, clients]),
        **drawn(rng, wanted, load, Roads(home, home, home, home, lambda: (_apart(clients),) * 2)),
        name=f"mtvrp-{wanted.name}-n{n}-s{seed}",
    )


def _apart(places: Floats) -> Floats:
    return between(places[:, None], places[None, :], "euclidean", "none")
