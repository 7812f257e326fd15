"""Clients anywhere in a square: the CVRP of Kool, van Hoof & Welling (2019), appendix C."""

import numpy as np

from routewright.data.generators.grid import placed, suffix
from routewright.data.generators.options import generator, whole
from routewright.data.instance import Instance

LARGEST_DEMAND = 9


def generate(*, n: int, seed: int, capacity: int | None = None, grid: int | None = None) -> Instance:
    """A CVRP with depot and clients uniform in the unit square and demands uniform in 1 … 9.

    Demands are whole and stand over the capacity (Kool et al. divide by it). Distances are
    unrounded unless a ``grid`` is given.

    Args:
        n: number of clients.
        seed: of the random stream.
        capacity: of a vehicle; None is ``usual_capacity(n)``.
        grid: None is the unit square; a number is whole coordinates 0 … grid, rounded distances.

    Returns:
        The instance, with an unlimited fleet.

    Raises:
        InstanceError: if an option is out of range.
    """
    whole("n", n, least=1)
    load = usual_capacity(n) if capacity is None else capacity
    whole("capacity", load, least=LARGEST_DEMAND)
    rng = generator(seed)
    points = rng.random((n + 1, 2))
    return Instance.build(
        **placed(points, grid),
        delivery=demands(rng, n),
        capacity=load,
        name=f"uniform-n{n}-q{load}{suffix(grid)}-s{seed}",
    )


def demands(rng: np.random.Generator, n: int) -> np.ndarray:
    """Demands [n + 1]: 0 for the depot, then whole numbers uniform in 1 … 9 (Kool et al. 2019)."""
    return np.concatenate([[0], rng.integers(1, LARGEST_DEMAND, size=n, endpoint=True)])


def usual_capacity(n: int) -> int:
    """Capacity that published results use for ``n`` clients.

    10, 20, 50 and 100 clients have 20, 30, 40 and 50 (Kool et al. 2019). In between and up to
    1,000 clients it is 30 + n // 5 (Zhou et al. 2023), above that one more for every 33.3 clients
    (Berto et al. 2024); 20 clients and fewer have 10 + n, the line through Kool's first two.
    Papers on large instances choose capacities of their own: give ``capacity`` to follow them.
    """
    if n <= 20:
        return 10 + n
    if n <= 1_000:
        return 30 + n // 5
    return 230 + 3 * (n - 1_000) // 100
